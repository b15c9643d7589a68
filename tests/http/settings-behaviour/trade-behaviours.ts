import { at, type Trader } from '../driver.ts'
import { behaviour, type Open } from './behaviour.ts'

const TODAY = ['2025-06-11 00:00:00,000 +0000', '2025-06-11 23:59:59,999 +0000'] as const

/** How many trades the next downloads hold. */
const downloads = async (trader: Trader, times: number) => {
  const counts: number[] = []
  for (let time = 0; time < times; time++) counts.push((await trader.trades()).length)
  return counts
}

const dealt = async (open: Open) => {
  const trader = await open().trader()
  await trader.fill()
  return trader
}

const trendOf = (ids: readonly string[]) => {
  const sorted = [...ids].sort()
  if (ids.join() === sorted.join()) return 'rising'
  return ids.join() === sorted.reverse().join() ? 'falling' : 'mixed'
}

/** Fact sheet 6, rows 33 to 42. */
export const tradeBehaviours = [
  behaviour('stp.delayMs', {
    probe: async (open) => {
      const trader = await dealt(open)
      const counts = await downloads(trader, 1)
      for (const ms of [999, 1]) {
        trader.venue.clock.advance(ms)
        counts.push(...(await downloads(trader, 1)))
      }
      return counts
    },
    byDefault: [1, 0, 0],
    otherwise: [
      [1_000, [0, 0, 1]],
      [999, [0, 1, 0]],
    ],
  }),
  behaviour('stp.delayPolls', {
    probe: async (open) => downloads(await dealt(open), 4),
    byDefault: [1, 0, 0, 0],
    otherwise: [[2, [0, 0, 1, 0]]],
  }),
  behaviour('stp.scope', {
    probe: async (open) => {
      const trader = await dealt(open)
      const colleague = await trader.venue.trader('ben')
      const stranger = await trader.venue.trader('cy', { org: 'ElsewhereOrg' })
      const counts: unknown[] = []
      for (const each of [trader, colleague, stranger]) counts.push(await downloads(each, 2))
      return counts
    },
    byDefault: [
      [1, 0],
      [0, 0],
      [0, 0],
    ],
    otherwise: [
      [
        'user',
        [
          [1, 0],
          [1, 0],
          [0, 0],
        ],
      ],
    ],
  }),
  behaviour('stp.consumeOn', {
    probe: async (open) => {
      const trader = await dealt(open)
      await trader.loseDownload()
      return downloads(trader, 2)
    },
    byDefault: [0, 0],
    otherwise: [['flush', [1, 0]]],
  }),
  behaviour('stp.order', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      for (let order = 1; order <= 9; order++) {
        await trader.fill({ coId: `order-${order}` })
        venue.clock.advance(1_000)
      }
      return trendOf((await trader.trades()).map(({ coId }) => coId))
    },
    byDefault: 'rising',
    otherwise: [
      ['desc', 'falling'],
      ['random', 'mixed'],
    ],
  }),
  behaviour('stp.maxCountInvalid', {
    given: { 'fills.perOrder': 60 },
    probe: async (open) => {
      const answers: unknown[] = []
      for (const maxCount of ['0', '-1', 'many', '2.5', '']) {
        const { status, body } = await (await dealt(open)).download(maxCount)
        answers.push(status === 200 ? at(body, 'length') : status)
      }
      return answers
    },
    byDefault: [400, 400, 400, 400, 400],
    otherwise: [['default', [50, 50, 50, 50, 50]]],
  }),
  behaviour('stp.cap', {
    given: { 'fills.perOrder': 1_002, 'stp.defaultCount': 10 },
    probe: async (open) => at((await (await dealt(open)).download(5_000)).body, 'length'),
    byDefault: 1_000,
    otherwise: [
      [10, 10],
      [1_001, 1_001],
    ],
  }),
  behaviour('stp.defaultCount', {
    given: { 'fills.perOrder': 120 },
    probe: async (open) => downloads(await dealt(open), 4),
    byDefault: [50, 50, 20, 0],
    otherwise: [[100, [100, 20, 0, 0]]],
  }),
  behaviour('stp.empty', {
    probe: async (open) => {
      const { status, text } = await (await open().trader()).download()
      return [status, text]
    },
    byDefault: [200, '[]'],
    otherwise: [
      ['204', [204, '']],
      ['blank', [200, '']],
    ],
  }),
  behaviour('stp.extraFields', {
    probe: async (open) => {
      const trader = await open().trader()
      const { averagePrice, settlCurrAmt } = await trader.fill()
      const [trade] = await trader.trades()
      const names = ['settledAmount', 'spotRate', 'rate', 'contraAmount']
      return names.map((name) => {
        const value = trade?.[name]
        if (value === undefined) return 'absent'
        return value === averagePrice ? 'rate' : value === settlCurrAmt && 'settled amount'
      })
    },
    byDefault: ['settled amount', 'rate', 'rate', 'absent'],
    otherwise: [
      [{ contraAmount: 'settledAmount' }, ['absent', 'absent', 'absent', 'settled amount']],
    ],
  }),
  behaviour('stp.omitEvent', {
    probe: async (open) => {
      const [trade] = await (await dealt(open)).trades()
      return [trade?.tradeType, trade?.event]
    },
    byDefault: ['Spot', 'NEW'],
    otherwise: [[true, ['Spot', undefined]]],
  }),
  behaviour('fills.perOrder', {
    probe: async (open) => {
      const trades = await (await dealt(open)).trades()
      return trades.map(({ dealtAmount }) => dealtAmount)
    },
    byDefault: [1_000_000],
    otherwise: [[3, [333_333.33, 333_333.33, 333_333.34]]],
  }),
  behaviour('resend.empty', {
    probe: async (open) => {
      const trader = await dealt(open)
      const beforeDownload = (await trader.resend(...TODAY)).status
      await trader.download()
      return [beforeDownload, (await trader.resend(...TODAY)).status]
    },
    byDefault: [200, 200],
    otherwise: [[404, [404, 200]]],
  }),
  behaviour('resend.invalid', {
    probe: async (open) => {
      const trader = await open().trader()
      const [start, end] = TODAY
      const answers = [
        await trader.resend(end, start),
        await trader.resend('2025-06-11', end),
        await trader.resend('2025-02-30 00:00:00,000 +0000', end),
        await trader.call('POST', '/v2/trades/stp/resend', { body: {} }),
        await trader.resend(start, start),
      ]
      return answers.map(({ status }) => status)
    },
    byDefault: [400, 400, 400, 400, 200],
    otherwise: [[422, [422, 422, 422, 422, 200]]],
  }),
  behaviour('resend.tz', {
    probe: async (open) => {
      const trader = await dealt(open)
      await trader.download()
      // Still the day of the trade in UTC, the day after in Tokyo.
      await trader.resend('2025-06-11 22:00:00,000 +0000', '2025-06-11 23:00:00,000 +0000')
      return downloads(trader, 1)
    },
    byDefault: [1],
    otherwise: [['Asia/Tokyo', [0]]],
  }),
]
