import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import type { User } from '../../src/mocks/exchange/directory.ts'
import { parseSettings } from '../../src/mocks/exchange/settings/parse-settings.ts'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import { type Download, TradeQueue } from '../../src/mocks/exchange/trade-queue.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'

const DAY_MS = 86_400_000
const START = Date.UTC(2025, 5, 11, 13)

const user = (name: string, org = 'OneOrg'): User => ({ name, org, password: 'x', mayTrade: true })
const ada = user('ada')
const ben = user('ben')
const cy = user('cy', 'OtherOrg')

class Desk {
  readonly clock = new VirtualClock(START)
  readonly queue: TradeQueue
  #done = 0

  constructor(settings: Partial<Settings> = {}) {
    this.queue = new TradeQueue(this.clock, new Chance('trades'), parseSettings(settings))
  }

  deal(count = 1, by = ada): void {
    for (let trade = 0; trade < count; trade++) {
      const number = ++this.#done
      this.queue.add({
        tradeId: `T${number}`,
        orderId: `O${number}`,
        coId: `C${number}`,
        user: by,
        side: 'Buy',
        symbol: 'EUR/USD',
        currency: 'EUR',
        dealt: '100',
        settled: '108',
        rate: '1.08',
        executedAt: this.clock.now(),
      })
    }
  }

  page(by: User, maxCount?: number): Download {
    const page = this.queue.download(by, maxCount)
    return page.ok ? page.value : assert.fail(page.refusal.detail)
  }

  /** What a download brings, as `T1 NEW`. */
  download(by: User, maxCount?: number): readonly string[] {
    return this.page(by, maxCount).deliveries.map(
      ({ record, event }) => `${record.tradeId} ${event}`,
    )
  }

  resend(by: User, start: string, end: string): number | string {
    const resent = this.queue.resend(by, start, end)
    return resent.ok ? resent.value : resent.refusal.reason
  }
}

const TODAY = ['2025-06-11 00:00:00,000 +0000', '2025-06-11 23:59:59,999 +0000'] as const

describe('the trade queue', () => {
  it('hands each trade out once', () => {
    const desk = new Desk()
    assert.deepEqual(desk.download(ada), [])
    desk.deal(2)
    assert.deepEqual(desk.download(ada), ['T1 NEW', 'T2 NEW'])
    assert.deepEqual(desk.download(ada), [])
    desk.deal()
    assert.deepEqual(desk.download(ada), ['T3 NEW'])
  })

  it('hands out 50 at a time, or as many as were asked for', () => {
    const desk = new Desk()
    desk.deal(173)
    assert.lengthOf(desk.download(ada), 50)
    assert.lengthOf(desk.download(ada, 20), 20)
    assert.deepEqual(desk.download(ada, 1), ['T71 NEW'])
    assert.lengthOf(desk.download(ada, 100), 100)
    assert.lengthOf(desk.download(ada), 2)
    assert.lengthOf(desk.download(ada), 0)
  })

  it('never hands out more than its cap', () => {
    const desk = new Desk({ 'stp.cap': 60 })
    desk.deal(100)
    assert.lengthOf(desk.download(ada, 1_000), 60)
  })

  it('refuses a count that is none, and loses nothing by it', () => {
    const desk = new Desk()
    desk.deal()
    for (const count of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY]) {
      const page = desk.queue.download(ada, count)
      assert.equal(page.ok ? 'none' : page.refusal.reason, 'bad-max-count')
    }
    assert.lengthOf(desk.download(ada), 1)
  })

  it('has the users of an organisation compete, and keeps organisations apart', () => {
    const desk = new Desk()
    desk.deal(4)
    desk.deal(1, cy)
    assert.deepEqual(desk.download(ben, 1), ['T1 NEW'])
    assert.deepEqual(desk.download(ada, 2), ['T2 NEW', 'T3 NEW'])
    assert.deepEqual(desk.download(cy), ['T5 NEW'])
    assert.deepEqual(desk.download(ben), ['T4 NEW'])
    assert.deepEqual([desk.download(ada), desk.download(cy)], [[], []])
  })

  it('hands each user every trade of the organisation, where each counts for himself', () => {
    const desk = new Desk({ 'stp.scope': 'user' })
    desk.deal()
    assert.deepEqual(desk.download(ada), ['T1 NEW'])
    desk.deal(1, ben)
    desk.deal(1, cy)
    assert.deepEqual(desk.download(ben), ['T1 NEW', 'T2 NEW'])
    assert.deepEqual(desk.download(ada), ['T2 NEW'])
    assert.deepEqual(desk.download(cy), ['T3 NEW'])
  })

  it('hands out again, as RESEND, what was downloaded and lies in the range', () => {
    const desk = new Desk()
    desk.deal()
    desk.clock.advance(1)
    desk.deal()
    desk.download(ada, 1)
    assert.equal(desk.resend(ada, ...TODAY), 1)
    assert.deepEqual(desk.download(ada), ['T1 RESEND', 'T2 NEW'])
    assert.deepEqual(desk.download(ada), [])
    assert.equal(desk.resend(ben, ...TODAY), 2)
    assert.deepEqual(desk.download(ben), ['T1 RESEND', 'T2 RESEND'])
  })

  it('hands a trade out once for a resend, however often it was asked', () => {
    const desk = new Desk()
    desk.deal()
    desk.download(ada)
    assert.deepEqual(
      [desk.resend(ada, ...TODAY), desk.resend(ada, ...TODAY)],
      [1, 'no-trades-in-range'],
    )
    assert.deepEqual(desk.download(ada), ['T1 RESEND'])
    assert.deepEqual(desk.download(ada), [])
  })

  it('does not resend what belongs to others or was never downloaded', () => {
    const desk = new Desk()
    desk.deal()
    assert.equal(desk.resend(ada, ...TODAY), 'no-trades-in-range')
    desk.download(ada)
    assert.equal(desk.resend(cy, ...TODAY), 'no-trades-in-range')
  })

  it('resends by trade date, both ends included', () => {
    const desk = new Desk()
    for (let day = 0; day < 4; day++) {
      desk.deal()
      desk.clock.advance(DAY_MS)
    }
    desk.download(ada)
    // From late on the 12th to early on the 13th: the days count, not the hours.
    const range = ['2025-06-12 23:00:00,000 +0000', '2025-06-13 01:00:00,000 +0000'] as const
    assert.equal(desk.resend(ada, ...range), 2)
    assert.deepEqual(desk.download(ada), ['T2 RESEND', 'T3 RESEND'])
    assert.equal(
      desk.resend(ada, '2025-06-15 00:00:00,000 +0000', '2025-06-30 00:00:00,000 +0000'),
      'no-trades-in-range',
    )
    assert.equal(
      desk.resend(ada, '2025-06-01 00:00:00,000 +0000', '2025-06-10 23:59:59,999 +0000'),
      'no-trades-in-range',
    )
  })

  it('refuses a range that is none, but takes one of a single instant', () => {
    const desk = new Desk()
    desk.deal()
    desk.download(ada)
    const [start, end] = TODAY
    assert.equal(desk.resend(ada, end, start), 'bad-range')
    assert.equal(desk.resend(ada, '2025-06-11', end), 'bad-range')
    assert.equal(desk.resend(ada, start, 'now'), 'bad-range')
    assert.equal(desk.resend(ada, start, start), 1)
  })

  it('holds a trade back for a time, or for some downloads, but never a resent one', () => {
    const desk = new Desk({ 'stp.delayMs': 100, 'stp.delayPolls': 1 })
    desk.deal()
    desk.clock.advance(99)
    assert.deepEqual(desk.download(ada), [])
    assert.deepEqual(desk.download(ada), [])
    desk.clock.advance(1)
    assert.deepEqual(desk.download(ada), ['T1 NEW'])
    assert.equal(desk.resend(ada, ...TODAY), 1)
    assert.deepEqual(desk.download(ada), ['T1 RESEND'])
    desk.deal()
    desk.clock.advance(100)
    assert.deepEqual(desk.download(ada), [])
    assert.deepEqual(desk.download(ada), ['T2 NEW'])
  })

  it('hands out again what did not get through, where it is consumed on flush', () => {
    const desk = new Desk({ 'stp.consumeOn': 'flush' })
    desk.deal(3)
    desk.page(ada, 2).settle(false)
    const page = desk.page(ada, 2)
    assert.deepEqual(
      page.deliveries.map(({ record }) => record.tradeId),
      ['T1', 'T2'],
    )
    page.settle(true)
    assert.deepEqual(desk.download(ada), ['T3 NEW'])
    const lost = desk.page(ada)
    lost.settle(false)
    assert.equal(desk.resend(ada, ...TODAY), 3)
  })

  it('has a lost trade not count as downloaded', () => {
    const desk = new Desk({ 'stp.consumeOn': 'flush' })
    desk.deal()
    desk.page(ada).settle(false)
    assert.equal(desk.resend(ada, ...TODAY), 'no-trades-in-range')
    assert.deepEqual(desk.download(ada), ['T1 NEW'])
  })

  it('loses what did not get through, where it is consumed on sending', () => {
    const desk = new Desk()
    desk.deal()
    desk.page(ada).settle(false)
    assert.deepEqual(desk.download(ada), [])
    assert.equal(desk.resend(ada, ...TODAY), 1)
  })

  it('orders by execution time, across pages and in either direction', () => {
    for (const [order, first, second] of [
      ['asc', 'T1 NEW', 'T2 NEW'],
      ['desc', 'T3 NEW', 'T2 NEW'],
    ] as const) {
      const desk = new Desk({ 'stp.order': order })
      for (let trade = 0; trade < 3; trade++) {
        desk.deal()
        desk.clock.advance(1)
      }
      assert.deepEqual([desk.download(ada, 1), desk.download(ada, 1)], [[first], [second]])
    }
  })

  it('orders at random by seed and trade, not by who asks when', () => {
    const course = (settings: Partial<Settings>, pages: readonly number[]) => {
      const desk = new Desk(settings)
      desk.deal(20)
      return pages.flatMap((count) => desk.download(ada, count)).join()
    }
    const random = { 'stp.order': 'random' } as const
    assert.equal(course(random, [20]), course(random, [3, 10, 7]))
    assert.notEqual(course(random, [20]), course({}, [20]))
  })

  it('hands everything to somebody, and nothing twice, whoever asks for how much and when', () => {
    const step = fc.oneof(
      fc.record({ deal: fc.nat(30), by: fc.constantFrom(ada, ben) }),
      fc.record({
        maxCount: fc.option(fc.integer({ min: 1, max: 60 }), { nil: undefined }),
        by: fc.constantFrom(ada, ben),
      }),
    )
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        const desk = new Desk()
        const got: string[] = []
        for (const each of steps) {
          if ('deal' in each) desk.deal(each.deal, each.by)
          else {
            const page = desk.download(each.by, each.maxCount)
            assert.isAtMost(page.length, each.maxCount ?? 50)
            got.push(...page)
          }
        }
        for (let page = desk.download(ada); page.length > 0; page = desk.download(ada))
          got.push(...page)
        assert.sameMembers(
          got,
          desk.queue.all.map(({ tradeId }) => `${tradeId} NEW`),
        )
      }),
      { seed: 1 },
    )
  })
})
