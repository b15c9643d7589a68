import type { Answer } from '../../src/api/client/answer.ts'
import type { Order } from '../../src/api/contract/orders.ts'
import type { Allowance, Patience } from '../../src/backends/backend.ts'
import { NotVerifiedError } from '../../src/backends/not-verified-error.ts'
import { PlacedOrder, type Placing } from '../../src/steps/placed-order.ts'
import { TradingFlow } from '../../src/steps/trading-flow.ts'
import type { TradingWorld } from '../../src/steps/world.ts'
import { ORDER } from '../api/stub.ts'
import { SteppingClock } from '../backends/stepping-clock.ts'

const told = { operation: 'placeOrder', raw: '', requestId: '1' } as const

/** A placing that was accepted. */
export function acceptance(orderId: string, more: Partial<Order> = {}): Placing {
  const value = { ...ORDER, orderId, status: 'RECEIVED', ...more }
  return { kind: 'success', httpStatus: 202, value, ...told }
}

export function refusal(httpStatus: number): Answer<Order> {
  return { kind: 'refusal', httpStatus, ...told }
}

/** What a scenario on an endpoint waits with, where the queries of each order see these statuses. */
export class FakeWorld {
  readonly clock = new SteppingClock(0)
  readonly breaches: string[] = []
  readonly asked: { readonly kind: string; readonly withinMs: number }[] = []
  readonly queried: string[] = []
  readonly placed: PlacedOrder[] = []
  /** How long waits may take, whatever they ask for. */
  cut: Allowance | undefined
  furtherAttempts = 2
  readonly #seen: Readonly<Record<string, readonly string[]>>

  /** @param seen - Statuses by order id; the last one goes on for ever. */
  constructor(seen: Readonly<Record<string, readonly string[]>>) {
    this.#seen = seen
  }

  get patience(): Patience {
    return {
      poll: { firstMs: 100, factor: 2, mostMs: 1_000 },
      limitsMs: {
        ...{
          'order to end': 15_000,
          'order to be NEW': 15_000,
          cancellation: 5_000,
          trade: 10_000,
        },
      },
      ...{
        expiryWithinMs: 5_000,
        doubtWithinMs: 5_000,
        tokenWaitMs: 45_000,
        furtherAttempts: this.furtherAttempts,
      },
      allow: async (kind, withinMs) => {
        this.asked.push({ kind, withinMs })
        return this.cut ?? { withinMs, isFull: true }
      },
      breach: async (kind) => void this.breaches.push(kind),
    }
  }

  /** An order as it is after its placing; `again` places the next one of these. */
  order(
    placings: readonly Placing[],
    sent: Record<string, unknown> = { type: 'Limit' },
    attempt = 0,
  ): PlacedOrder {
    const [first, ...rest] = placings
    if (!first) throw new Error('There is nothing to place.')
    const order = new PlacedOrder(sent, first, new TradingFlow())
    order.attempt = attempt
    if (rest.length > 0) order.again = async () => this.order(rest, sent, attempt + 1)
    this.placed.push(order)
    return order
  }

  /** As much of the World as waiting takes. */
  get world(): TradingWorld {
    const trader = {
      orders: this.placed,
      query: async (order: PlacedOrder) => {
        this.queried.push(order.id)
        const statuses = this.#seen[order.id] ?? ['NEW']
        const times = this.queried.filter((id) => id === order.id).length
        const status = statuses[Math.min(times, statuses.length) - 1] ?? 'NEW'
        order.see({ ...ORDER, orderId: order.id, status })
      },
    }
    const replaced: PlacedOrder[] = []
    return {
      backend: { clock: this.clock, patience: this.patience },
      traders: [trader],
      replaceOrder: (...pair: PlacedOrder[]) => void replaced.push(...pair),
      notVerified: (why: string) => {
        throw new NotVerifiedError(why)
      },
    } as unknown as TradingWorld
  }
}
