import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type Fields, Talk } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified, toldOf } from './verdicts.ts'

const AT = Date.UTC(2026, 0, 5, 9)

const rateOf = (fields: Fields = {}) => ({
  ...{ symbol: 'EUR/USD', bid: 1.1, offer: 1.2, bidLimit: 1_000, offerLimit: 1_000 },
  ...{ time: AT, rateId: 'r' },
  ...fields,
})
const bookOf = (fields: Fields = {}) => ({
  ...{ symbol: 'EUR/USD', bid: [1.1, 1.09], offer: [1.2, 1.21] },
  ...{ bidLimit: [1_000, 2_000], offerLimit: [1_000, 2_000] },
  ...fields,
})
const levelOf = (fields: Fields = {}) => ({ symbol: 'EUR/USD', bid: 1.1, offer: 1.2, ...fields })

const QUERY = '?symbol=EUR%2FUSD'
const rate = (talk: Talk, body: unknown, query = QUERY, status = 200) =>
  talk.call('GET', `/v2/rates/spot${query}`, Response.json(body, { status }))
const book = (talk: Talk, body: unknown, type = 'FULL') =>
  talk.call('GET', `/v2/rates/spot/${type}${QUERY}`, Response.json(body))
const sets = (talk: Talk, body: unknown, query = '?id=X&symbol=EUR%2FUSD', status = 200) =>
  talk.call('GET', `/marketdataset${query}`, Response.json(body, { status }))

type Ask = (talk: Talk) => Promise<unknown>

const after = async (...asks: readonly Ask[]) => {
  const talk = new Talk()
  for (const ask of asks) await ask(talk)
  return talk
}
const found = (code: string, rule: string, detail: string, ...exchanges: readonly number[]) => [
  { code, rule, orderId: '', detail, exchanges },
]

describe('a rate is of the symbol asked for', () => {
  const rule = 'rate.of-symbol'
  const detail = 'asked for EUR/USD, answered about GBP/USD'
  const symbol = 'GBP/USD'

  for (const [what, right, wrong] of [
    [
      'a rate',
      (talk) => rate(talk, rateOf()),
      (talk) => rate(talk, rateOf({ symbol, rateId: 's' })),
    ],
    ['arrays', (talk) => book(talk, bookOf()), (talk) => book(talk, bookOf({ symbol }))],
    ['levels', (talk) => book(talk, [levelOf()]), (talk) => book(talk, [levelOf({ symbol })])],
    [
      'rates of a data set',
      (talk) => sets(talk, [{ id: 'X', rates: [{ symbol: 'EURUSD' }, {}] }]),
      (talk) => sets(talk, [{ id: 'X', rates: [{ symbol }] }]),
    ],
  ] as readonly (readonly [string, Ask, Ask])[]) {
    it(`${what}, and of no other`, async () => {
      assertHeld(await after(right), rule)
      assertFindings(await after(right, wrong), found('foreign-rate', rule, detail, 2))
    })
  }

  it('or of one of several, where several were asked for', async () => {
    const query = '?id=X&symbols=EUR%2FUSD,GBP%2FUSD'
    const answer = [{ id: 'X', rates: [{ symbol }, { symbol: 'EUR/USD' }] }]
    assertHeld(await after((talk) => sets(talk, answer, query)), rule)
  })

  it('what has no symbol shows nothing', async () => {
    assertNotVerified(await after((talk) => sets(talk, [{ id: 'X', rates: [{}] }])), rule)
  })
})

describe('a rate is of some symbol', () => {
  const rule = 'rate.symbol-needed'

  for (const query of ['', '?symbol=']) {
    it(`and without one ("${query}") refused, or it is a finding`, async () => {
      assertHeld(await after((talk) => rate(talk, {}, query, 400)), rule)
      const detail = 'a request without symbol was answered with 200'
      const talk = await after((each) => rate(each, rateOf(), query))
      assertFindings(talk, found('rate-without-symbol', rule, detail, 1))
    })
  }

  it('trouble of the host, or of who asks, shows nothing', async () => {
    for (const status of [401, 403, 408, 429, 503]) {
      assertNotVerified(await after((talk) => rate(talk, {}, '', status)), rule)
    }
    assertNotVerified(await after((talk) => rate(talk, rateOf())), rule)
  })
})

describe('a price is above 0', () => {
  const rule = 'rate.sides'

  it('on both sides of a rate', async () => {
    assertHeld(await after((talk) => rate(talk, rateOf())), rule)
    const talk = await after((each) => rate(each, rateOf({ bid: -1.2 })))
    const findings = talk.evidence().findings.filter((finding) => finding.rule === rule)
    const detail = 'bid -1.2, offer 1.2'
    assert.deepEqual(findings.map(toldOf), found('price-not-positive', rule, detail, 1))
  })

  it('but what several providers quote may be locked or crossed', async () => {
    assertHeld(await after((talk) => rate(talk, rateOf({ offer: 1.1 }))), rule)
    assertHeld(await after((talk) => rate(talk, rateOf({ bid: 1.2001 }))), rule)
  })
})

describe('the offer of a provider is not below its bid', () => {
  const rule = 'rate.book-sides'
  const of = (fields: Fields, ...providers: readonly string[]) =>
    bookOf({
      ...{ bid: [1.2], offer: [1.1], bidLimit: [1], offerLimit: [1] },
      ...(providers.length > 0 && {
        ...{ bidProviders: [providers[0]], offerProviders: [providers[1]] },
      }),
      ...fields,
    })

  for (const type of ['FULL', 'RAW', 'TOB']) {
    it(`in ${type} rates, where both sides are of one provider`, async () => {
      assertHeld(await after((talk) => book(talk, of({ offer: [1.2] }, 'LP1', 'LP1'), type)), rule)
      const talk = await after((each) => book(each, of({}, 'LP1', 'LP1'), type))
      assertFindings(talk, found('crossed-rate', rule, 'level 1: bid 1.2, offer 1.1', 1))
      for (const providers of [['LP1', 'LP2'], []]) {
        const free = await after((each) => book(each, of({}, ...providers), type))
        assert.deepEqual(free.evidence().findings, [])
      }
    })
  }

  it('in a list of levels as in arrays', async () => {
    const crossed = { bid: 1.2, offer: 1.1, provider: 'LP1' }
    const talk = await after((each) => book(each, [levelOf(), levelOf(crossed)]))
    assertFindings(talk, found('crossed-rate', rule, 'level 2: bid 1.2, offer 1.1', 1))
  })

  it('and no price is below 0, whoever quotes it', async () => {
    const talk = await after((each) => book(each, [levelOf(), levelOf({ offer: -1 })]))
    assertFindings(talk, found('crossed-rate', rule, 'level 2: bid 1.1, offer -1', 1))
  })

  it('a side with nothing to trade may have any price, and be missing', async () => {
    const none = bookOf({ bid: [1.1], offer: [0], bidLimit: [1_000], offerLimit: [0] })
    assertNotVerified(await after((talk) => book(talk, none)), rule)
    const oneSided = bookOf({ bid: [1.1], offer: [], bidLimit: [1_000], offerLimit: [] })
    assertNotVerified(await after((talk) => book(talk, oneSided)), rule)
  })
})

describe('the top of a book is one level', () => {
  const rule = 'rate.top-of-book'
  const top = bookOf({ bid: [1.1], offer: [1.2], bidLimit: [1_000], offerLimit: [1_000] })

  it('in arrays and in levels', async () => {
    assertHeld(await after((talk) => book(talk, top, 'TOB')), rule)
    assertHeld(await after((talk) => book(talk, [levelOf()], 'TOB')), rule)
  })

  it('or it is a finding', async () => {
    for (const body of [bookOf(), [levelOf(), levelOf()]]) {
      const talk = await after((each) => book(each, body, 'TOB'))
      assertFindings(talk, found('top-with-depth', rule, 'expected one level, received 2', 1))
    }
  })

  it('no level shows nothing, and other types may have many', async () => {
    assertNotVerified(await after((talk) => book(talk, [], 'TOB')), rule)
    assertNotVerified(await after((talk) => book(talk, bookOf(), 'FULL')), rule)
  })
})

describe('the amounts of a rate are not negative', () => {
  const rule = 'rate.limits'

  it('but may be nothing', async () => {
    assertHeld(await after((talk) => rate(talk, rateOf({ bidLimit: 0 }))), rule)
    assertHeld(await after((talk) => book(talk, bookOf())), rule)
    assertNotVerified(await after((talk) => book(talk, [levelOf()])), rule)
  })

  it('or it is a finding', async () => {
    const talk = await after((each) => book(each, bookOf({ bidLimit: [1_000, -1] })))
    const detail = 'level 2: bidLimit -1, offerLimit 2000'
    assertFindings(talk, found('negative-limit', rule, detail, 1))
  })
})

describe('arrays are parallel', () => {
  const rule = 'rate.parallel-arrays'

  it('each side for itself', async () => {
    const deeper = bookOf({ bid: [1.1], bidLimit: [1_000], bidProviders: ['LP1'] })
    assertHeld(await after((talk) => book(talk, deeper)), rule)
  })

  it('or it is a finding', async () => {
    for (const [fields, detail] of [
      [{ bidLimit: [1_000] }, '2 in bid, 1 in bidLimit'],
      [{ offerProviders: ['LP1', 'LP2', 'LP3'] }, '2 in offer, 3 in offerProviders'],
    ] as const) {
      const talk = await after((each) => book(each, bookOf(fields)))
      assertFindings(talk, found('unequal-arrays', rule, detail, 1))
    }
  })

  it('levels are none', async () => {
    assertNotVerified(await after((talk) => book(talk, [levelOf()])), rule)
  })
})

describe('a rate has an id', () => {
  const rule = 'rate.id'

  it('of at most 255 characters', async () => {
    assertHeld(await after((talk) => rate(talk, rateOf({ rateId: 'x'.repeat(255) }))), rule)
    const answer = [{ id: 'X', rates: [{ rateId: '4HProduct|2022-11-14|0800-1200|EURUSD|SPOT' }] }]
    assertHeld(await after((talk) => sets(talk, answer)), rule)
  })

  for (const [rateId, detail] of [
    ['', 'rateId is empty'],
    ['x'.repeat(256), 'rateId has 256 characters, most are 255'],
    [7, 'rateId is 7, no text'],
    [undefined, 'there is no rateId'],
  ] as const) {
    it(`"${rateId ?? 'none'}" is a finding`, async () => {
      const { findings } = (await after((talk) => rate(talk, rateOf({ rateId })))).evidence()
      const [finding] = findings.filter((each) => each.rule === rule)
      assert.deepInclude(finding, { code: 'wrong-rate-id', detail, exchanges: [1] })
    })
  }

  it('a rate without prices needs none', async () => {
    const none = { bid: null, offer: null, bidLimit: 0, offerLimit: 0, rateId: null }
    assertNotVerified(await after((talk) => rate(talk, rateOf(none))), rule)
  })

  it('in a market data set it may be called otherwise, but not be empty', async () => {
    assertNotVerified(await after((talk) => sets(talk, [{ id: 'X', rates: [{ id: 'r' }] }])), rule)
    const talk = await after((each) => sets(each, [{ id: 'X', rates: [{ rateId: '' }] }]))
    assertFindings(talk, found('wrong-rate-id', rule, 'rateId is empty', 1))
  })
})

describe('a rate id stands for one rate', () => {
  const rule = 'rate.id-distinct'
  const [one, other] = [rateOf(), rateOf({ bid: 1.15 })]

  it('and another rate has another', async () => {
    const talk = await after(
      (each) => rate(each, one),
      (each) => rate(each, { ...other, rateId: 's' }),
    )
    assertHeld(talk, rule)
  })

  it('or it is a finding', async () => {
    const talk = await after(
      (each) => rate(each, one),
      (each) => rate(each, other),
    )
    const detail = 'rateId r was EUR/USD 1.1 / 1.2, and is EUR/USD 1.15 / 1.2'
    assertFindings(talk, found('rate-id-reused', rule, detail, 1, 2))
  })

  it('the same rate may come again, and two users may have their own', async () => {
    const again = await after(
      (talk) => rate(talk, one),
      (talk) => rate(talk, { ...one, bidLimit: 7, time: AT + 1 }),
    )
    assertNotVerified(again, rule)
    const ofTwo = await after(
      (talk) => talk.login('Ada'),
      (talk) => rate(talk, { ...one, time: 1 }),
      (talk) => talk.login('Max'),
      (talk) => rate(talk, { ...other, time: 1 }),
    )
    assertNotVerified(ofTwo, rule)
  })
})

describe('a rate is not of the future', () => {
  const rule = 'rate.time'
  /** The clock of the server is an hour ahead. */
  const server = AT + 3_600_000
  const login: Ask = (talk) =>
    talk.login(
      'u',
      Response.json(
        { serverUTCTime: server, expiryTime: server + 60_000 },
        { headers: { SSO_TOKEN: 'the-token' } },
      ),
    )

  it('by the clock of the server, however old it is', async () => {
    for (const time of [server, server + 4_900, 1]) {
      assertHeld(await after(login, (talk) => rate(talk, rateOf({ time }))), rule)
    }
  })

  it('or it is a finding', async () => {
    const talk = await after(login, (each) => rate(each, rateOf({ time: server + 10_000 })))
    const [finding, ...others] = talk.evidence().findings
    assert.isEmpty(others)
    assert.deepInclude(finding, { code: 'rate-from-the-future', rule, exchanges: [1, 2] })
    assert.match(finding?.detail ?? '', /^dated 9\.\d+ s ahead of the server's clock$/)
  })

  it('where nobody knows that clock, nobody can tell', async () => {
    const time = server + 86_400_000
    assertNotVerified(await after((talk) => rate(talk, rateOf({ time }))), rule)
  })
})

describe('a market data set is the one that was asked for', () => {
  it('by id', async () => {
    const rule = 'rate.set-of-id'
    assertHeld(await after((talk) => sets(talk, [{ id: 'X', rates: [] }])), rule)
    const talk = await after((each) => sets(each, [{ id: 'Y', rates: [] }]))
    assertFindings(talk, found('foreign-data-set', rule, 'asked for X, answered about Y', 1))
    const byOrg = await after((each) => sets(each, [{ id: 'Y', rates: [] }], '?org=o&symbol=A'))
    assertNotVerified(byOrg, rule)
  })

  for (const [query, names] of [
    ['?id=X&org=o&symbol=A', 'id and org'],
    ['?id=X&symbol=A&symbols=B', 'symbol and symbols'],
  ] as const) {
    it(`by ${names} at once it is refused, or it is a finding`, async () => {
      const rule = 'rate.set-query'
      assertHeld(await after((talk) => sets(talk, {}, query, 400)), rule)
      for (const status of [401, 403, 408, 429, 500]) {
        assertNotVerified(await after((talk) => sets(talk, {}, query, status)), rule)
      }
      const talk = await after((each) => sets(each, [], query))
      const detail = `a query by ${names} was answered with 200`
      assertFindings(talk, found('ambiguous-query-accepted', rule, detail, 1))
    })
  }
})
