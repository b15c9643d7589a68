import { Big } from 'big.js'
import type { Chance } from './chance.ts'
import type { DeskOrder } from './desk-order.ts'
import { settledAmount, split } from './matching.ts'
import type { OrderTerms } from './order-terms.ts'
import { OrderTrade } from './order-trade.ts'
import { minorUnits } from './pairs.ts'
import type { Settings } from './settings/settings.ts'
import type { TradeQueue } from './trade-queue.ts'

const NOTHING = new Big(0)

/** Deals on orders: makes the fills, books the trades, and tells the lifecycle. */
export class Execution {
  readonly #settings: Settings
  readonly #trades: TradeQueue
  readonly #firstId: number
  #executed = 0

  constructor(settings: Settings, chance: Chance, trades: TradeQueue) {
    this.#settings = settings
    this.#trades = trades
    this.#firstId = 10 ** 9 + chance.below(8 * 10 ** 9, 'trade')
  }

  /**
   * Deals `quantity` of an order at `rate`.
   *
   * @throws {Error} Nothing, or more than is open: a fault of the desk.
   */
  deal(order: DeskOrder, terms: OrderTerms, quantity: Big, rate: Big, at: number): void {
    if (quantity.lte(0) || quantity.gt(order.open)) {
      throw new Error(
        `Failed to deal ${quantity} on order ${order.orderId}: ${order.open} are open.`,
      )
    }
    const whole = quantity.eq(order.open)
    const decimals = minorUnits(String(order.echo.currency))
    const trades: OrderTrade[] = []
    let dealt = NOTHING
    let settled = NOTHING
    for (const part of split(quantity, this.#settings['fills.perOrder'], decimals)) {
      // What the parts settle adds up to what the whole would, whatever each is rounded to.
      const before = settled
      dealt = dealt.plus(part)
      settled = settledAmount(terms, dealt, rate)
      const trade = new OrderTrade(order, {
        tradeId: this.#tradeId(),
        dealt: part.toString(),
        settled: settled.minus(before).toString(),
        rate: rate.toString(),
        executedAt: at,
      })
      trades.push(trade)
      this.#trades.add(trade)
    }
    order.fill(trades)
    order.apply(whole ? 'market.dealtWhole' : 'market.dealtPart', at)
  }

  /** Trades done so far. */
  get executed(): number {
    return this.#executed
  }

  /** Goes on as if so many trades had been done. */
  resume(executed: number): void {
    this.#executed = executed
  }

  /** `FXI` and ten digits, as in the samples. Fact sheet 6, row 50. */
  #tradeId(): string {
    return `FXI${this.#firstId + this.#executed++}`
  }
}
