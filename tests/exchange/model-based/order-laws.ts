import { Big } from 'big.js'
import { assert } from 'chai'
import type { Order } from '../../../src/api/contract/orders.ts'
import { documentedEnds, mayFollow } from '../../machines/documented-arrows.ts'

/** What was asked for when an order was placed, and whether it must not be dealt. */
export interface Placed {
  readonly org: string
  readonly kind: 'PQ' | 'Limit'
  readonly placedAt: number
  /** Epoch milliseconds at which its time in force ends; for GTT and DAY orders. */
  readonly deadline?: number
  /** PQ: why its rate must not be dealt on. */
  readonly doomed?: string
  /** PQ: the price it must be dealt at. */
  readonly quoted?: number
}

interface Watched {
  readonly placed: Placed
  status: string
  cumQty: number
  averagePrice: number | undefined
}

/** Keeps watch over orders: whatever is seen of one must be lawful after what was seen before. */
export class OrderLaws {
  readonly #watched = new Map<string, Watched>()

  /** The first that is seen of an order: the answer to its placing. */
  begin(order: Order, placed: Placed): void {
    assert.equal(order.status, 'RECEIVED')
    assert.isFalse(this.#watched.has(order.orderId), 'a server id given twice')
    const { status } = order
    this.#watched.set(order.orderId, { placed, status, cumQty: 0, averagePrice: undefined })
  }

  placed(orderId: string): Placed {
    return this.#known(orderId).placed
  }

  isFinal(orderId: string): boolean {
    const { placed, status } = this.#known(orderId)
    return documentedEnds[placed.kind].includes(status)
  }

  /** One more sight of an order, at `now`. */
  see(order: Order, now: number): void {
    const watched = this.#known(order.orderId)
    const { placed } = watched
    const { status, cumQty = 0, averagePrice } = order
    assert.isTrue(
      mayFollow(placed.kind, watched.status, status),
      `${placed.kind} order went from ${watched.status} to ${status}`,
    )
    assert.isAtLeast(cumQty, watched.cumQty, 'something dealt was taken back')
    if (this.isFinal(order.orderId)) {
      assert.deepEqual(
        [cumQty, averagePrice],
        [watched.cumQty, watched.averagePrice],
        'changed after its end',
      )
    }
    Object.assign(watched, { status, cumQty, averagePrice })
    quantityLaws(order, placed, this.isFinal(order.orderId))
    priceLaws(order, placed)
    timeLaws(order, placed, now, this.isFinal(order.orderId))
  }

  #known(orderId: string): Watched {
    return this.#watched.get(orderId) ?? assert.fail(`order ${orderId} came from nowhere`)
  }
}

function quantityLaws(order: Order, placed: Placed, final: boolean): void {
  const { size, cumQty = 0, leavesQty = 0, status, timeInForce, type } = order
  assert.isTrue(cumQty >= 0 && cumQty <= size, 'dealt beyond the size')
  assert.equal(status === 'FILLED', cumQty === size, 'FILLED must mean dealt whole')
  assert.isFalse(status === 'REJECTED' && cumQty > 0, 'dealt and rejected')
  const open = new Big(size).minus(cumQty).toNumber()
  assert.equal(leavesQty, final ? 0 : open, 'leavesQty')
  const whole = placed.kind === 'PQ' || type === 'AtBest' || timeInForce === 'FOK'
  assert.isFalse(whole && cumQty > 0 && cumQty < size, 'all or nothing, dealt in part')
  assert.isFalse(placed.doomed !== undefined && cumQty > 0, `dealt, though ${placed.doomed}`)
}

/** Whether a rate is at the limit or better: buying base wants it low, selling base high. */
export function isWithin(order: Order, rate: number): boolean {
  const { price, side, currency, symbol } = order
  if (price === undefined) return true
  const buysBase = (side === 'Buy') === symbol.startsWith(currency)
  return buysBase ? rate <= price : rate >= price
}

function priceLaws(order: Order, placed: Placed): void {
  const { averagePrice, lastPrice, cumQty = 0 } = order
  assert.equal(averagePrice !== undefined, cumQty > 0, 'averagePrice')
  for (const rate of [averagePrice, lastPrice]) {
    if (rate === undefined) continue
    assert.isTrue(isWithin(order, rate), `dealt at ${rate}, beyond ${order.price}`)
    if (placed.quoted !== undefined) assert.equal(rate, placed.quoted, 'dealt off the quote')
  }
}

function timeLaws(order: Order, { deadline }: Placed, now: number, final: boolean): void {
  const { status, timeInForce } = order
  if (deadline !== undefined && now >= deadline) assert.isTrue(final, 'outlived its time in force')
  if (status !== 'EXPIRED') return
  assert.notEqual(timeInForce, 'GTC', 'GTC expired')
  if (deadline !== undefined) assert.isAtLeast(now, deadline, 'expired early')
}
