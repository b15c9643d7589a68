import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import { stamp } from '../../src/mocks/exchange/dates.ts'
import { parseSettings } from '../../src/mocks/exchange/settings/parse-settings.ts'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import { TradeQueue } from '../../src/mocks/exchange/trade-queue.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { PlainTradeQueue } from './plain-trade-queue.ts'

const DAY_MS = 86_400_000
const ada = { name: 'ada', org: 'OneOrg', password: 'x', mayTrade: true }
const TRADE = {
  ...{ orderId: 'O', coId: 'C', user: ada, side: 'Buy', symbol: 'EUR/USD', currency: 'EUR' },
  ...{ dealt: '100', settled: '108', rate: '1.08' },
}

/** The trade queue and the plain one, told the same. */
class Both {
  readonly clock = new VirtualClock(Date.UTC(2025, 5, 11))
  readonly #queue: TradeQueue
  readonly #plain: PlainTradeQueue
  #done = 0

  constructor(given: Partial<Settings>, most: number) {
    const settings = parseSettings(given)
    this.#queue = new TradeQueue(this.clock, new Chance('both'), settings, most)
    this.#plain = new PlainTradeQueue(settings, most)
  }

  deal(count: number): void {
    for (let left = count; left > 0; left--) {
      const [id, at] = [`T${++this.#done}`, this.clock.now()]
      this.#queue.add({ ...TRADE, tradeId: id, executedAt: at })
      this.#plain.add({ id, at })
    }
  }

  download(count: number, delivered: boolean): void {
    const page = this.#queue.download(ada, count)
    if (!page.ok) assert.fail(page.refusal.detail)
    page.value.settle(delivered)
    assert.deepEqual(
      page.value.deliveries.map(({ record, event }) => `${record.tradeId} ${event}`),
      this.#plain.download(count, this.clock.now(), delivered),
    )
  }

  resend(daysAgo: number): void {
    const day = (Math.floor(this.clock.now() / DAY_MS) - daysAgo) * DAY_MS
    const again = this.#queue.resend(ada, stamp(day), stamp(day))
    assert.equal(again.ok ? again.value : 0, this.#plain.resend(day, day + DAY_MS - 1))
  }

  compare(): void {
    assert.deepEqual(
      this.#queue.all.map(({ tradeId }) => tradeId),
      this.#plain.kept,
    )
  }
}

type Step = (both: Both) => void

const step: fc.Arbitrary<Step> = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map(
    (count): Step =>
      (both) =>
        both.deal(count),
  ),
  fc.tuple(fc.integer({ min: 1, max: 8 }), fc.boolean()).map(
    ([count, delivered]): Step =>
      (both) =>
        both.download(count, delivered),
  ),
  fc.constant<Step>((both) => both.download(50, true)),
  fc.nat(2).map(
    (daysAgo): Step =>
      (both) =>
        both.resend(daysAgo),
  ),
  fc.constantFrom(1, 999, DAY_MS / 2).map(
    (ms): Step =>
      (both) =>
        both.clock.advance(ms),
  ),
)

const settings = fc.record({
  'stp.order': fc.constantFrom('asc' as const, 'desc' as const),
  'stp.consumeOn': fc.constantFrom('send' as const, 'flush' as const),
  'stp.delayMs': fc.constantFrom(0, 1_000),
  'stp.delayPolls': fc.nat(2),
})
const steps = fc.array(step, { maxLength: 80, size: 'max' })

describe('the trade queue', () => {
  it('does what a plain one does, whatever is dealt, downloaded, sent again and forgotten', () => {
    fc.assert(
      fc.property(settings, fc.constantFrom(1, 5, 40, 1_000), steps, (given, most, acts) => {
        const both = new Both(given, most)
        for (const act of acts) {
          act(both)
          both.compare()
        }
      }),
      { seed: 5, numRuns: 1_000 },
    )
  })
})
