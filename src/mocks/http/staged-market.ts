import { Big } from 'big.js'
import type { Market } from '../exchange/market.ts'
import { toNumber } from '../exchange/order-view.ts'

/** The best prices of a symbol, in term per base, and the amounts of base that stand there. */
export interface TopOfBook {
  readonly bid: number
  readonly offer: number
  readonly bidLimit: number
  readonly offerLimit: number
}

/** The market, to look at and to stage. What is staged may fill orders that rest. */
export interface StagedMarket {
  readonly symbols: readonly string[]
  /** `undefined` for an unknown symbol, or one that no provider streams. Asking changes nothing. */
  top(symbol: string): TopOfBook | undefined
  /** Stops the walk of the prices; they stay until moved, set or thawed. */
  freeze(): void
  thaw(): void
  /** Moves a symbol, or all, by pips; down when negative. */
  move(pips: number, symbol?: string): void
  /** Sets the mid of a symbol, in term per base, rounded to a tenth of a pip. */
  set(symbol: string, mid: number): void
  /** Sets the amount of base, above 0, at the top of the book. */
  offerSize(symbol: string, amount: number): void
  /** Ends the stream of prices for a symbol, or all. */
  withdraw(symbol?: string): void
  /** Takes the stream up again. */
  restore(symbol?: string): void
}

/** The market that is current whenever it is asked. */
export function lateMarket(current: () => Market): StagedMarket {
  return {
    get symbols() {
      return current().symbols
    },
    top: (symbol) => {
      const level = current().top(symbol)
      return (
        level && {
          bid: toNumber(level.bid),
          offer: toNumber(level.offer),
          bidLimit: toNumber(level.bidLimit),
          offerLimit: toNumber(level.offerLimit),
        }
      )
    },
    freeze: () => current().freeze(),
    thaw: () => current().thaw(),
    move: (pips, symbol) => current().move(finite('pips', pips), symbol),
    set: (symbol, mid) => current().set(symbol, new Big(above0('mid', mid))),
    offerSize: (symbol, amount) => current().offerSize(symbol, above0('amount', amount)),
    withdraw: (symbol) => current().withdraw(symbol),
    restore: (symbol) => current().restore(symbol),
  }
}

function finite(name: string, value: number): number {
  if (Number.isFinite(value)) return value
  throw new RangeError(`Failed to stage the market: ${name} is ${value}, no number.`)
}

function above0(name: string, value: number): number {
  if (finite(name, value) > 0) return value
  throw new RangeError(`Failed to stage the market: ${name} is ${value}, not above 0.`)
}
