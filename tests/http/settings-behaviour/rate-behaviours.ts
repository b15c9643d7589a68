import { at, type Trader } from '../driver.ts'
import { behaviour, fate, type Open } from './behaviour.ts'

const dealOn = async (trader: Trader, terms: Readonly<Record<string, unknown>>) =>
  fate(trader, await trader.placePq(await trader.rate(), terms))

/** 21:00 UTC is 17:00 in New York in June. */
const HOURS = {
  wednesday: Date.UTC(2025, 5, 11, 13),
  beforePause: Date.UTC(2025, 5, 11, 20, 59, 59, 999),
  pause: Date.UTC(2025, 5, 11, 21),
  endOfPause: Date.UTC(2025, 5, 11, 21, 0, 9, 999),
  afterPause: Date.UTC(2025, 5, 11, 21, 0, 10),
  saturday: Date.UTC(2025, 5, 14, 13),
}

const keysOf = (value: unknown) => Object.keys(Object(value))

const mdsPath = '/marketdataset?id=4HProduct&symbol=EUR%2FUSD'

const badRate = async (
  open: Open,
  spoil: (trader: Trader, other: Trader) => Promise<unknown[]>,
) => {
  const venue = open()
  return spoil(await venue.trader(), await venue.trader('ben'))
}

/** Fact sheet 6, rows 13 to 18, 43 to 46 and 52. */
export const rateBehaviours = [
  behaviour('rate.ttlMs', {
    probe: async (open) => {
      const fates: unknown[] = []
      for (const age of [999, 1_000, 4_999, 5_000]) {
        const venue = open()
        const trader = await venue.trader()
        const rate = await trader.rate()
        venue.clock.advance(age)
        fates.push((await fate(trader, await trader.placePq(rate))).at(1))
      }
      return fates
    },
    byDefault: ['FILLED', 'FILLED', 'FILLED', 'REJECTED'],
    otherwise: [
      [1_000, ['FILLED', 'REJECTED', 'REJECTED', 'REJECTED']],
      [5_001, ['FILLED', 'FILLED', 'FILLED', 'FILLED']],
    ],
  }),
  behaviour('rate.singleUse', {
    probe: async (open) => {
      const trader = await open().trader()
      const rate = await trader.rate()
      const first = await fate(trader, await trader.placePq(rate))
      return [first, await fate(trader, await trader.placePq(rate))]
    },
    byDefault: [
      [202, 'FILLED'],
      [202, 'FILLED'],
    ],
    otherwise: [
      [
        true,
        [
          [202, 'FILLED'],
          [202, 'REJECTED', 'EXPIRED_RATE'],
        ],
      ],
    ],
  }),
  behaviour('pq.badRate.unknown', {
    probe: async (open) => dealOn(await open().trader(), { rateId: 'nobody-issued-this' }),
    byDefault: [400, 'UNKNOWN_RATE'],
    otherwise: [['rejectOnQuery', [202, 'REJECTED', 'UNKNOWN_RATE']]],
  }),
  behaviour('pq.badRate.expired', {
    probe: (open) =>
      badRate(open, async (trader) => {
        const rate = await trader.rate()
        trader.venue.clock.advance(5_000)
        return [...(await fate(trader, await trader.placePq(rate)))]
      }),
    byDefault: [202, 'REJECTED', 'EXPIRED_RATE'],
    otherwise: [['http400', [400, 'EXPIRED_RATE']]],
  }),
  behaviour('pq.badRate.otherUser', {
    probe: (open) =>
      badRate(open, async (trader, other) => [
        ...(await fate(trader, await trader.placePq(await other.rate()))),
      ]),
    byDefault: [202, 'REJECTED', 'FOREIGN_RATE'],
    otherwise: [['http400', [400, 'FOREIGN_RATE']]],
  }),
  behaviour('pq.badRate.otherSymbol', {
    probe: async (open) => dealOn(await open().trader(), { symbol: 'GBP/USD', currency: 'GBP' }),
    byDefault: [202, 'REJECTED', 'OTHER_SYMBOL_RATE'],
    otherwise: [['http400', [400, 'OTHER_SYMBOL_RATE']]],
  }),
  behaviour('pq.priceMismatch', {
    probe: async (open) => {
      const trader = await open().trader()
      const rate = await trader.rate()
      // A better price than quoted is as wrong as a worse one.
      const price = (points: number) => Number((rate.offer + points / 1e5).toFixed(5))
      const above = await fate(trader, await trader.placePq(rate, { price: price(1) }))
      return [above, await fate(trader, await trader.placePq(rate, { price: price(-1) }))]
    },
    byDefault: [
      [202, 'REJECTED', 'PRICE_MISMATCH'],
      [202, 'REJECTED', 'PRICE_MISMATCH'],
    ],
    otherwise: [
      [
        'ignore',
        [
          [202, 'FILLED'],
          [202, 'FILLED'],
        ],
      ],
      [
        'http400',
        [
          [400, 'PRICE_MISMATCH'],
          [400, 'PRICE_MISMATCH'],
        ],
      ],
    ],
  }),
  behaviour('pq.priceTolerance', {
    probe: async (open) => {
      const trader = await open().trader()
      const rate = await trader.rate()
      const fates: unknown[] = []
      for (const points of [0, 1, 2, 3]) {
        const price = Number((rate.offer + points / 1e5).toFixed(5))
        fates.push((await fate(trader, await trader.placePq(rate, { price }))).at(1))
      }
      return fates
    },
    byDefault: ['FILLED', 'REJECTED', 'REJECTED', 'REJECTED'],
    otherwise: [[0.00002, ['FILLED', 'FILLED', 'FILLED', 'REJECTED']]],
  }),
  behaviour('pq.oversize', {
    probe: async (open) => {
      const trader = await open().trader()
      const whole = await dealOn(trader, { size: 5_000_000 })
      return [whole, await dealOn(trader, { size: 5_000_000.01 })]
    },
    byDefault: [
      [202, 'FILLED'],
      [202, 'REJECTED', 'OVERSIZE'],
    ],
    otherwise: [
      [
        'fill',
        [
          [202, 'FILLED'],
          [202, 'FILLED'],
        ],
      ],
    ],
  }),
  behaviour('pq.tifStrict', {
    probe: async (open) => {
      const trader = await open().trader()
      const fates: unknown[] = []
      for (const timeInForce of ['FOK', 'IOC', 'GTT', undefined]) {
        fates.push(await dealOn(trader, { timeInForce }))
      }
      return fates
    },
    byDefault: [
      [202, 'FILLED'],
      [400, 'BAD_TIME_IN_FORCE'],
      [400, 'BAD_TIME_IN_FORCE'],
      [400, 'MISSING_FIELD'],
    ],
    otherwise: [
      [
        false,
        [
          [202, 'FILLED'],
          [202, 'FILLED'],
          [202, 'FILLED'],
          [202, 'FILLED'],
        ],
      ],
    ],
  }),
  behaviour('rate.unknownSymbol', {
    probe: async (open) => {
      const trader = await open().trader()
      return [
        (await trader.askRate('XXX/YYY')).status,
        (await trader.askRate('XXX/YYY', '/FULL')).status,
      ]
    },
    byDefault: [404, 404],
    otherwise: [[400, [400, 400]]],
  }),
  behaviour('rate.noLiquidity', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      venue.market.withdraw('EUR/USD')
      const codes = [
        (await trader.askRate()).status,
        (await trader.askRate('EUR/USD', '/TOB')).status,
        (await trader.askRate('GBP/USD')).status,
      ]
      venue.market.restore('EUR/USD')
      return [...codes, (await trader.askRate()).status]
    },
    byDefault: [404, 404, 200, 200],
    otherwise: [[422, [422, 422, 200, 200]]],
  }),
  behaviour('rates.fullShape', {
    probe: async (open) => {
      const trader = await open().trader()
      const shapes: unknown[] = []
      for (const type of ['/TOB', '/FULL', '/RAW', '/FULL/AnyOrg']) {
        const { body } = await trader.askRate('EUR/USD', type)
        const bids = Array.isArray(body) ? body : at(body, 'bid')
        shapes.push([Array.isArray(body), Array.isArray(bids) && bids.length])
      }
      return shapes
    },
    byDefault: [
      [false, 1],
      [false, 3],
      [false, 3],
      [false, 3],
    ],
    otherwise: [
      [
        'objects',
        [
          [true, 1],
          [true, 3],
          [true, 3],
          [true, 3],
        ],
      ],
    ],
  }),
  behaviour('mds.rateFields', {
    probe: async (open) => {
      const { body } = await (await open().trader()).call('GET', mdsPath)
      return keysOf(at(body, 0, 'rates', 0))
    },
    byDefault: ['rateId', 'symbol', 'tenor', 'bid', 'offer'],
    otherwise: [
      [{ rateId: 'rateId', ask: 'offer', askSize: 'offerLimit' }, ['rateId', 'ask', 'askSize']],
    ],
  }),
  behaviour('mds.invalidStatus', {
    probe: async (open) => {
      const trader = await open().trader()
      const queries = [
        '',
        '?id=NoSuchMDS&symbol=EUR%2FUSD',
        '?id=4HProduct',
        '?id=4HProduct&org=A&symbol=X',
      ]
      const codes = queries.map(
        async (query) => (await trader.call('GET', `/marketdataset${query}`)).status,
      )
      return [...(await Promise.all(codes)), (await trader.call('GET', mdsPath)).status]
    },
    byDefault: [400, 400, 400, 400, 200],
    otherwise: [[422, [422, 422, 422, 422, 200]]],
  }),
  behaviour('rateLimit', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      const colleague = await venue.trader('ben')
      const stranger = await venue.trader('cy', { org: 'ElsewhereOrg' })
      const codes: number[] = []
      for (const each of [trader, trader, colleague, trader, stranger])
        codes.push(await each.probe())
      venue.clock.advance(1_000)
      return [...codes, await trader.probe()]
    },
    byDefault: [200, 200, 200, 200, 200, 200],
    otherwise: [
      [3, [200, 200, 200, 429, 200, 200]],
      [2, [200, 200, 429, 429, 200, 200]],
    ],
  }),
  behaviour('market.hours', {
    probe: async (open) => {
      const fates: unknown[] = []
      for (const startAt of Object.values(HOURS)) {
        const trader = await open({ startAt }).trader()
        fates.push((await fate(trader, await trader.placeLimit())).slice(1).join(' '))
      }
      return fates
    },
    byDefault: ['FILLED', 'FILLED', 'FILLED', 'FILLED', 'FILLED', 'FILLED'],
    otherwise: [
      [
        'fx',
        [
          'FILLED',
          'FILLED',
          'REJECTED MARKET_CLOSED',
          'REJECTED MARKET_CLOSED',
          'FILLED',
          'REJECTED MARKET_CLOSED',
        ],
      ],
    ],
  }),
]
