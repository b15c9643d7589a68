import type { Answer } from '../../../src/api/client/answer.ts'
import type { IntegralClient } from '../../../src/api/client/integral-client.ts'
import type { Clock } from '../../../src/api/clock.ts'
import type { PlaceOrderRequest } from '../../../src/api/contract/orders.ts'
import { lifecycles } from '../../../src/machines/lifecycle.ts'
import { stamp } from '../../../src/mocks/exchange/dates.ts'

const POLL_MS = 250
const RETRY_MS = 500
const MOST_TRIES = 20
const MOST_POLLS = 1_000
const DAY_MS = 86_400_000

/** A trading app as it should be, over the typed client. */
export class GoodApp {
  readonly client: IntegralClient
  readonly #clock: Clock

  constructor(client: IntegralClient, clock: Clock) {
    this.client = client
    this.#clock = clock
  }

  /** Buys at the offer, whole or not at all. */
  async buyQuoted(coId: string, size = 1_000): Promise<string | undefined> {
    const { rateId, offer: price } = await this.#insist(() => this.client.spotRate('EUR/USD'))
    const terms = { side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size, price } as const
    return this.place({ coId, type: 'PQ', timeInForce: 'FOK', rateId, ...terms })
  }

  /** Places an order once. @returns Its id; `undefined` where it was refused. */
  async place(order: PlaceOrderRequest): Promise<string | undefined> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const answer = await quietly(() => this.client.placeOrder(order))
      if (answer?.kind === 'success') return answer.value.orderId
      if (answer?.kind === 'refusal' && answer.httpStatus === 400) return undefined
      const isRefused = answer?.kind === 'refusal' && answer.raw.startsWith('{')
      const found = isRefused ? undefined : await this.#lookUp(order.coId)
      if (found !== undefined) return found
      await this.#clock.sleep(RETRY_MS)
    }
    throw new Error(`Failed to place ${order.coId}.`)
  }

  async follow(orderId: string): Promise<string> {
    for (let polls = 0; polls < MOST_POLLS; polls++) {
      const { status } = await this.#insist(() => this.client.queryOrder(orderId))
      if (lifecycles.some((each) => each.statuses.some((s) => s === status && each.isFinal(s))))
        return status
      await this.#clock.sleep(POLL_MS)
    }
    throw new Error(`Failed to follow ${orderId} to its end.`)
  }

  /** Cancels an order, again where that got no answer, and follows it. */
  async cancelUntilOver(orderId: string): Promise<string> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const answer = await quietly(() => this.client.cancelOrder(orderId))
      if (answer?.kind === 'success' || answer?.httpStatus === 400) break
      await this.#clock.sleep(RETRY_MS)
    }
    return this.follow(orderId)
  }

  /** Downloads until the empty list; what a lost download consumed is asked for again. */
  async downloadAll(): Promise<void> {
    for (let tries = 0; tries < MOST_POLLS; tries++) {
      const answer = await quietly(() => this.client.downloadTrades({}))
      if (answer?.kind === 'success' && answer.value.length === 0) return
      if (answer?.kind !== 'success') {
        await this.#clock.sleep(RETRY_MS)
        if (answer?.httpStatus !== 401) await this.#resend()
      }
    }
    throw new Error('Failed to download all trades.')
  }

  async #resend(): Promise<void> {
    const now = this.#clock.now()
    const range = { startDate: stamp(now - DAY_MS), endDate: stamp(now) }
    await quietly(() => this.client.resendTrades(range))
  }

  async #lookUp(coId: string): Promise<string | undefined> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      await this.#clock.sleep(RETRY_MS)
      const answer = await quietly(() => this.client.queryOrdersByCoId(coId))
      if (answer?.kind === 'success') return answer.value[0]?.orderId
      if (answer?.kind === 'refusal' && answer.httpStatus === 404) return undefined
    }
    throw new Error(`Failed to look up ${coId}.`)
  }

  /** For what may be asked as often as one likes. */
  async #insist<T>(call: () => Promise<Answer<T>>): Promise<NonNullable<T>> {
    for (let tries = 0; tries < MOST_TRIES; tries++) {
      const answer = await quietly(call)
      if (answer?.kind === 'success' && answer.value) return answer.value
      await this.#clock.sleep(RETRY_MS)
    }
    throw new Error('Failed to get an answer.')
  }
}

async function quietly<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch {
    return undefined
  }
}
