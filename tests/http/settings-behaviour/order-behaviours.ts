import { at, orderIdOf, type Trader } from '../driver.ts'
import { behaviour, fate, type Open } from './behaviour.ts'

const HOUR_MS = 3_600_000
/** A limit that the market is nowhere near. */
const FAR = { price: 0.5, timeInForce: 'GTC' } as const

type Terms = Readonly<Record<string, unknown>>

/** The fates of limit orders that differ from an ordinary one by these terms. */
const fatesOf =
  (...orders: readonly Terms[]) =>
  async (open: Open) => {
    const trader = await open().trader()
    const fates: unknown[] = []
    for (const terms of orders) fates.push(await fate(trader, await trader.placeLimit(terms)))
    return fates
  }

const validation = (code: string, fates: number) => ({
  byDefault: Array.from({ length: fates }, () => [400, code]),
  rejected: Array.from({ length: fates }, () => [202, 'REJECTED', code]),
})
const missing = validation('MISSING_FIELD', 6)
const illTyped = validation('ILL_TYPED', 4)
const badEnum = validation('BAD_VALUE', 2)
const badNumber = validation('BAD_NUMBER', 4)

const statusesOf = (queries: number) => async (open: Open) => {
  const trader = await open().trader()
  return trader.statuses(orderIdOf(await trader.placeLimit()), queries)
}

const partly = async (trader: Trader, timeInForce: string) => {
  const orderId = orderIdOf(await trader.placeLimit({ size: 8_000_000, timeInForce }))
  await trader.query(orderId)
  const { status, cumQty, leavesQty } = await trader.query(orderId)
  return [status, cumQty, leavesQty]
}

/** Fact sheet 6, rows 17 to 32 and 47 to 50. */
export const orderBehaviours = [
  behaviour('limit.oversize', {
    probe: async (open) => {
      const trader = await open().trader()
      return [
        await partly(trader, 'IOC'),
        await partly(trader, 'FOK'),
        (await trader.fill({ size: 5_000_000 })).cumQty,
      ]
    },
    byDefault: [['EXPIRED', 5_000_000, 0], ['EXPIRED', 0, 0], 5_000_000],
    otherwise: [['expire', [['EXPIRED', 0, 0], ['EXPIRED', 0, 0], 5_000_000]]],
  }),
  behaviour('validation.missingField', {
    probe: fatesOf(
      { side: undefined },
      { symbol: undefined },
      { currency: undefined },
      { size: undefined },
      { timeInForce: undefined },
      { price: undefined },
    ),
    byDefault: missing.byDefault,
    otherwise: [['rejectOnQuery', missing.rejected]],
  }),
  behaviour('validation.illTyped', {
    probe: fatesOf({ size: '1000' }, { price: true }, { symbol: 7 }, { currency: {} }),
    byDefault: illTyped.byDefault,
    otherwise: [['rejectOnQuery', illTyped.rejected]],
  }),
  behaviour('validation.badEnum', {
    probe: fatesOf({ side: 'BUY' }, { timeInForce: 'GFD' }),
    byDefault: badEnum.byDefault,
    otherwise: [['rejectOnQuery', badEnum.rejected]],
  }),
  behaviour('validation.badNumber', {
    probe: fatesOf({ size: 0 }, { size: -1 }, { price: 0 }, { price: 1.123456789 }),
    byDefault: badNumber.byDefault,
    otherwise: [['rejectOnQuery', badNumber.rejected]],
  }),
  behaviour('validation.unknownSymbol', {
    probe: fatesOf({ symbol: 'XXX/YYY', currency: 'XXX' }),
    byDefault: [[400, 'UNKNOWN_SYMBOL']],
    otherwise: [['rejectOnQuery', [[202, 'REJECTED', 'UNKNOWN_SYMBOL']]]],
  }),
  behaviour('validation.currency', {
    probe: fatesOf({ currency: 'GBP' }),
    byDefault: [[400, 'BAD_CURRENCY']],
    otherwise: [['rejectOnQuery', [[202, 'REJECTED', 'BAD_CURRENCY']]]],
  }),
  behaviour('validation.credit', {
    given: { 'credit.maxOrderSize': 999_999 },
    probe: fatesOf({}),
    byDefault: [[202, 'REJECTED', 'CREDIT_EXCEEDED']],
    otherwise: [['http400', [[400, 'CREDIT_EXCEEDED']]]],
  }),
  behaviour('validation.marketClosed', {
    given: { 'market.hours': 'fx' },
    probe: async (open) => {
      const trader = await open({ startAt: Date.UTC(2025, 5, 14, 13) }).trader()
      return fate(trader, await trader.placeLimit())
    },
    byDefault: [202, 'REJECTED', 'MARKET_CLOSED'],
    otherwise: [['http400', [400, 'MARKET_CLOSED']]],
  }),
  behaviour('credit.maxOrderSize', {
    probe: fatesOf({ size: 100_000 }, { size: 100_001 }),
    byDefault: [
      [202, 'FILLED'],
      [202, 'FILLED'],
    ],
    otherwise: [
      [
        100_000,
        [
          [202, 'FILLED'],
          [202, 'REJECTED', 'CREDIT_EXCEEDED'],
        ],
      ],
    ],
  }),
  behaviour('coId.duplicate', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      const colleague = await venue.trader('ben')
      const stranger = await venue.trader('cy', { org: 'ElsewhereOrg' })
      const fates: unknown[] = []
      for (const each of [trader, trader, colleague, stranger]) {
        fates.push(await fate(each, await each.placeLimit({ coId: 'one' })))
      }
      return fates
    },
    byDefault: [
      [202, 'FILLED'],
      [400, 'DUPLICATE_CO_ID'],
      [400, 'DUPLICATE_CO_ID'],
      [202, 'FILLED'],
    ],
    otherwise: [
      [
        'accept',
        [
          [202, 'FILLED'],
          [202, 'FILLED'],
          [202, 'FILLED'],
          [202, 'FILLED'],
        ],
      ],
      [
        'reject',
        [
          [202, 'FILLED'],
          [202, 'REJECTED', 'DUPLICATE_CO_ID'],
          [202, 'REJECTED', 'DUPLICATE_CO_ID'],
          [202, 'FILLED'],
        ],
      ],
    ],
  }),
  behaviour('coId.duplicateScope', {
    probe: async (open) => {
      const trader = await open().trader()
      await trader.placeLimit({ coId: 'working' })
      const whileWorking = (await trader.placeLimit({ coId: 'working' })).status
      await trader.fill({ coId: 'done' })
      return [whileWorking, (await trader.placeLimit({ coId: 'done' })).status]
    },
    byDefault: [400, 400],
    otherwise: [['active', [400, 202]]],
  }),
  behaviour('query.shape', {
    probe: async (open) => {
      const trader = await open().trader()
      const placed = await trader.placeLimit({ coId: 'one' })
      const { body } = await trader.askOrder(orderIdOf(placed))
      const byCoId = (await trader.askByCoId('one')).body
      return [Array.isArray(body), at(body, 'coId'), at(body, 0, 'coId'), at(byCoId, 0, 'coId')]
    },
    byDefault: [true, undefined, 'one', 'one'],
    otherwise: [['object', [false, 'one', undefined, 'one']]],
  }),
  behaviour('query.unknown', {
    probe: async (open) => {
      const trader = await open().trader()
      const answers = [await trader.askOrder('1'), await trader.askByCoId('nobody')]
      return answers.map(({ status, body }) => [status, at(body, 'errorCode') ?? body])
    },
    byDefault: [
      [404, 'UNKNOWN_ORDER'],
      [404, 'UNKNOWN_ORDER'],
    ],
    otherwise: [
      [
        200,
        [
          [200, []],
          [200, []],
        ],
      ],
    ],
  }),
  behaviour('paths.queryByClient', {
    probe: async (open) => {
      const trader = await open().trader()
      const orderId = orderIdOf(await trader.placeLimit({ coId: 'a b/c', ...FAR }))
      const paths = [
        '/v2/orders?coId=a%20b%2Fc',
        '/v2/orders',
        '/v2/orders/client/a%20b%2Fc',
        '/v2/orders/client',
        '/v2/orders/a%20b%2Fc?by=client',
        '/v2/orders?by=client',
        `/v2/orders/${orderId}`,
      ]
      const answers = paths.map(async (path) => {
        const { status, body } = await trader.call('GET', path)
        return status === 200 ? at(body, 0, 'coId') : status
      })
      return Promise.all(answers)
    },
    byDefault: ['a b/c', 'a b/c', 404, 404, 404, 'a b/c', 'a b/c'],
    otherwise: [
      ['/v2/orders/client/{coId}', [404, 404, 'a b/c', 'a b/c', 404, 404, 'a b/c']],
      ['/v2/orders/{coId}?by=client', [404, 404, 404, 404, 'a b/c', 'a b/c', 'a b/c']],
    ],
  }),
  behaviour('active.includesTerminal', {
    probe: async (open) => {
      const trader = await open().trader()
      await trader.fill({ coId: 'done' })
      await trader.placeLimit({ coId: 'working', ...FAR })
      const { body } = await trader.active()
      return [at(body, 0, 'coId'), at(body, 1, 'coId')]
    },
    byDefault: ['working', undefined],
    otherwise: [[true, ['done', 'working']]],
  }),
  behaviour('order.retentionMs', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      const { orderId } = await trader.fill({ coId: 'one' })
      const codes: number[] = []
      for (const ms of [999, 1, 100 * 24 * HOUR_MS]) {
        venue.clock.advance(ms)
        await trader.login()
        codes.push((await trader.askOrder(orderId)).status, (await trader.askByCoId('one')).status)
      }
      return codes
    },
    byDefault: [200, 200, 200, 200, 200, 200],
    otherwise: [[1_000, [200, 200, 404, 404, 404, 404]]],
  }),
  behaviour('advance', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      const queried = await trader.statuses(orderIdOf(await trader.placeLimit()), 3)
      const waiting = orderIdOf(await trader.placeLimit())
      venue.clock.advance(10_000)
      const waited = await trader.status(waiting)
      const told = orderIdOf(await trader.placeLimit())
      for (let step = 0; step < 2; step++) venue.exchange.desk.proceed(told)
      return { queried, waited, told: await trader.status(told) }
    },
    byDefault: { queried: ['NEW', 'FILLED', 'FILLED'], waited: 'NEW', told: 'FILLED' },
    otherwise: [
      [
        'afterMs',
        { queried: ['RECEIVED', 'RECEIVED', 'RECEIVED'], waited: 'FILLED', told: 'FILLED' },
      ],
      [
        'scripted',
        { queried: ['RECEIVED', 'RECEIVED', 'RECEIVED'], waited: 'RECEIVED', told: 'FILLED' },
      ],
    ],
  }),
  behaviour('advance.queriesPerStep', {
    given: { advance: 'perQuery' },
    probe: statusesOf(6),
    byDefault: ['NEW', 'FILLED', 'FILLED', 'FILLED', 'FILLED', 'FILLED'],
    otherwise: [[2, ['RECEIVED', 'NEW', 'NEW', 'FILLED', 'FILLED', 'FILLED']]],
  }),
  behaviour('advance.afterMs', {
    given: { advance: 'afterMs' },
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      const orderId = orderIdOf(await trader.placeLimit())
      const seen: string[] = []
      for (const ms of [49, 1, 49, 1, 99, 1]) {
        venue.clock.advance(ms)
        seen.push(await trader.status(orderId))
      }
      return seen
    },
    byDefault: ['RECEIVED', 'RECEIVED', 'RECEIVED', 'NEW', 'NEW', 'FILLED'],
    otherwise: [
      [50, ['RECEIVED', 'NEW', 'NEW', 'FILLED', 'FILLED', 'FILLED']],
      [101, ['RECEIVED', 'RECEIVED', 'RECEIVED', 'RECEIVED', 'NEW', 'NEW']],
    ],
  }),
  behaviour('advance.skipNew', {
    probe: statusesOf(2),
    byDefault: ['NEW', 'FILLED'],
    otherwise: [[true, ['FILLED', 'FILLED']]],
  }),
  behaviour('advance.receivedQueries', {
    probe: statusesOf(4),
    byDefault: ['NEW', 'FILLED', 'FILLED', 'FILLED'],
    otherwise: [[2, ['RECEIVED', 'RECEIVED', 'NEW', 'FILLED']]],
  }),
  behaviour('ioc.unfilledStatus', {
    probe: fatesOf({ price: 0.5, timeInForce: 'IOC' }, { price: 0.5, timeInForce: 'FOK' }),
    byDefault: [
      [202, 'EXPIRED'],
      [202, 'EXPIRED'],
    ],
    otherwise: [
      [
        'CANCELED',
        [
          [202, 'CANCELED'],
          [202, 'CANCELED'],
        ],
      ],
    ],
  }),
  behaviour('partial.workingStatus', {
    probe: async (open) => {
      const trader = await open().trader()
      const undealt = await trader.status(orderIdOf(await trader.placeLimit(FAR)))
      return [undealt, await partly(trader, 'GTC')]
    },
    byDefault: ['NEW', ['NEW', 5_000_000, 3_000_000]],
    otherwise: [['PARTIALLY_FILLED', ['NEW', ['PARTIALLY_FILLED', 5_000_000, 3_000_000]]]],
  }),
  behaviour('partial.finalStatus', {
    probe: async (open) => {
      const trader = await open().trader()
      return [await partly(trader, 'IOC'), (await trader.trades()).length]
    },
    byDefault: [['EXPIRED', 5_000_000, 0], 1],
    otherwise: [['CANCELED', [['CANCELED', 5_000_000, 0], 1]]],
  }),
  behaviour('cancel.status', {
    probe: async (open) => {
      const trader = await open().trader()
      const orderId = orderIdOf(await trader.placeLimit(FAR))
      await trader.cancel(orderId)
      return trader.status(orderId)
    },
    byDefault: 'CANCELED',
    otherwise: [['CANCELLED', 'CANCELLED']],
  }),
  behaviour('cancel.successStatus', {
    probe: async (open) => {
      const trader = await open().trader()
      const { status, body } = await trader.cancel(orderIdOf(await trader.placeLimit(FAR)))
      return [status, at(body, 'status')]
    },
    byDefault: [202, 'CANCELED'],
    otherwise: [
      [200, [200, 'CANCELED']],
      [204, [204, undefined]],
    ],
  }),
  behaviour('cancel.tooLate', {
    probe: async (open) => {
      const trader = await open().trader()
      const { orderId } = await trader.fill()
      return [(await trader.cancel(orderId)).status, (await trader.cancel('1')).status]
    },
    byDefault: [400, 404],
    otherwise: [[409, [409, 404]]],
  }),
  behaviour('day.cutoff', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      const orderId = orderIdOf(await trader.placeLimit({ ...FAR, timeInForce: 'DAY' }))
      const seen: string[] = []
      // From 09:00 to 15:00 and to 17:00 in New York.
      for (const ms of [6 * HOUR_MS - 1, 1, 2 * HOUR_MS - 1, 1]) {
        venue.clock.advance(ms)
        await trader.login()
        seen.push(await trader.status(orderId))
      }
      return seen
    },
    byDefault: ['NEW', 'NEW', 'NEW', 'EXPIRED'],
    otherwise: [['15:00', ['NEW', 'EXPIRED', 'EXPIRED', 'EXPIRED']]],
  }),
  behaviour('gtt.invalid', {
    probe: fatesOf(
      { timeInForce: 'GTT' },
      { timeInForce: 'GTT', expiryTime: 86_400 },
      { timeInForce: 'GTT', expiryTime: 86_399 },
    ),
    byDefault: [
      [400, 'BAD_TIME_IN_FORCE'],
      [400, 'BAD_TIME_IN_FORCE'],
      [202, 'FILLED'],
    ],
    otherwise: [
      [
        'rejectOnQuery',
        [
          [202, 'REJECTED', 'BAD_TIME_IN_FORCE'],
          [202, 'REJECTED', 'BAD_TIME_IN_FORCE'],
          [202, 'FILLED'],
        ],
      ],
    ],
  }),
  behaviour('reject.fields', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      const { outcomes } = venue.exchange
      outcomes.script('told', { kind: 'reject before NEW', reason: 'No appetite' })
      outcomes.script('untold', { kind: 'reject before NEW' })
      const told = await trader.fill({ coId: 'told' })
      const untold = await trader.fill({ coId: 'untold' })
      const names = ['reason', 'reasonCode', 'text', 'rejectCode']
      return [told, untold].map((order) => names.map((name) => order[name]))
    },
    byDefault: [
      ['No appetite', 'LAST_LOOK', undefined, undefined],
      [undefined, undefined, undefined, undefined],
    ],
    otherwise: [
      [
        { reason: 'text', code: 'rejectCode' },
        [
          [undefined, undefined, 'No appetite', 'LAST_LOOK'],
          [undefined, undefined, undefined, undefined],
        ],
      ],
    ],
  }),
  behaviour('fault.place5xx', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      venue.simulation.faults.stage({ operation: 'placeOrder', status: 503 })
      const placed = await trader.placeLimit({ coId: 'lost' })
      return [placed.status, (await trader.askByCoId('lost')).status]
    },
    byDefault: [503, 404],
    otherwise: [['accepted', [503, 200]]],
  }),
  behaviour('strict.unknownFields', {
    probe: fatesOf({ colour: 'red' }, { tradeChannel: 'red' }),
    byDefault: [
      [202, 'FILLED'],
      [202, 'FILLED'],
    ],
    otherwise: [
      [
        'http400',
        [
          [400, 'UNKNOWN_FIELD'],
          [202, 'FILLED'],
        ],
      ],
    ],
  }),
  behaviour('strict.types', {
    probe: fatesOf({ size: '1000000' }, { price: '1.5' }, { size: 'many' }),
    byDefault: [
      [400, 'ILL_TYPED'],
      [400, 'ILL_TYPED'],
      [400, 'ILL_TYPED'],
    ],
    otherwise: [
      [
        'ignore',
        [
          [202, 'FILLED'],
          [202, 'FILLED'],
          [400, 'ILL_TYPED'],
        ],
      ],
    ],
  }),
  behaviour('strict.contentType', {
    probe: async (open) => {
      const trader = await open().trader()
      const codes: number[] = []
      for (const type of [
        'text/plain',
        'application/json',
        'application/vnd.a+json;charset=utf-8',
      ]) {
        const body = {
          coId: type,
          type: 'Limit',
          side: 'Buy',
          symbol: 'EUR/USD',
          currency: 'EUR',
          size: 1_000,
          price: 1.5,
          timeInForce: 'IOC',
        }
        codes.push((await trader.place(body, { 'Content-Type': type })).status)
      }
      return codes
    },
    byDefault: [400, 202, 202],
    otherwise: [['ignore', [202, 202, 202]]],
  }),
  behaviour('price.maxDecimals', {
    probe: async (open) => {
      const trader = await open().trader()
      const codes: number[] = []
      for (const price of [1.5, 1.50001, 1.500001, 1.50000001, 1.500000001]) {
        codes.push((await trader.placeLimit({ price })).status)
      }
      return codes
    },
    byDefault: [202, 202, 202, 202, 400],
    otherwise: [
      [5, [202, 202, 400, 400, 400]],
      [9, [202, 202, 202, 202, 202]],
    ],
  }),
  behaviour('id.orderDigits', {
    probe: async (open) => {
      const trader = await open().trader()
      const ids = [orderIdOf(await trader.placeLimit()), orderIdOf(await trader.placeLimit())]
      return ids.map((id) => id.replace(/^[1-9]\d*$/, `${id.length} digits`))
    },
    byDefault: ['10 digits', '10 digits'],
    otherwise: [[11, ['11 digits', '11 digits']]],
  }),
]
