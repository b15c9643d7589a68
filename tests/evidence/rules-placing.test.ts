import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type Fields, orderSeen, orderSent, Talk } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified, toldOf } from './verdicts.ts'

const ERROR = { errorCode: 'X' }

const LOOSE = { side: 'buy', type: 'LIMIT', timeInForce: 'ioc' }

/** One placing with everything that can be wrong with it, and how a finding calls that. */
const flaws: readonly (readonly [rule: string, fields: Fields, flaw: string])[] = [
  ...['coId', 'side', 'symbol', 'size', 'currency', 'timeInForce', 'price'].map(
    (field) => ['required-fields', { [field]: undefined }, `without ${field}`] as const,
  ),
  ['required-fields', { size: null, side: '' }, 'without side and size'],
  ['required-fields', { type: 'PQ', rateId: undefined }, 'without rateId'],
  ['required-fields', { type: 'AtBest', timeInForce: 'FOK' }, 'without valueDate'],
  ['known-values', { side: 'Hold' }, 'with side "Hold"'],
  ['known-values', { type: 'Guess' }, 'with type "Guess"'],
  ['known-values', { timeInForce: 'SOMEDAY' }, 'with timeInForce "SOMEDAY"'],
  [
    'known-values',
    { type: 'AtBest', timeInForce: 'GTC', valueDate: '2026-01-07' },
    'with timeInForce "GTC"',
  ],
  ['numbers', { size: 0 }, 'with size 0'],
  ['numbers', { size: 'much' }, 'with size "much"'],
  ['numbers', { size: '-1' }, 'with size "-1"'],
  ['numbers', { price: -1.5 }, 'with price -1.5'],
  ['numbers', { price: true }, 'with price true'],
  ['gtt', { timeInForce: 'GTT' }, 'GTT without expiryTime'],
  ['gtt', { timeInForce: 'GTT', expiryTime: 86_400 }, 'GTT with expiryTime 86400'],
  ['gtt', { timeInForce: 'GTT', expiryTime: 'late' }, 'GTT with expiryTime "late"'],
  ['currency', { currency: 'XYZ' }, 'EUR/USD in XYZ'],
]

/** An order that is taken with 202, and ends so. */
async function taken(fields: Fields, ...views: readonly Fields[]): Promise<Talk> {
  const sent = orderSent('7', fields)
  const talk = new Talk()
  await talk.place(sent, { ...sent, orderId: '7', status: 'RECEIVED' })
  for (const view of views) await talk.query('7', [{ ...sent, orderId: '7', ...view }])
  return talk
}

const about = (talk: Talk, rule: string) =>
  talk
    .evidence()
    .findings.filter((finding) => finding.rule === rule)
    .map(toldOf)

describe('an order that is not well made is not dealt', () => {
  for (const [name, fields, flaw] of flaws) {
    const rule = `placing.${name}`
    const breach = (after: string, exchanges = [1, 2]) => [
      {
        ...{ code: 'ill-made-taken', rule, orderId: '7', exchanges },
        detail: `${flaw}: expected a refusal or REJECTED, received 202, then ${after}`,
      },
    ]

    it(`${flaw}, it is refused`, async () => {
      const talk = new Talk()
      await talk.place(orderSent('7', fields), ERROR, 400)
      assertHeld(talk, rule)
    })

    it(`${flaw}, or REJECTED later`, async () => {
      const talk = await taken(fields, { status: 'NEW' }, { status: 'REJECTED' })
      assert.deepEqual(about(talk, rule), [])
      assert.include(talk.evidence().rulesHeld, rule)
    })

    it(`${flaw}, but not FILLED, EXPIRED, or dealt in part`, async () => {
      const filled = await taken(fields, { status: 'FILLED' })
      assert.deepEqual(about(filled, rule), breach('FILLED'))
      const expired = await taken(fields, { status: 'NEW' }, { status: 'EXPIRED' })
      assert.deepEqual(about(expired, rule), breach('EXPIRED', [1, 3]))
      const dealt = await taken(fields, { status: 'NEW', cumQty: 400 })
      assert.deepEqual(about(dealt, rule), breach('NEW with 400 dealt'))
    })

    it(`${flaw}, and no more is known while it goes on, or is cancelled`, async () => {
      const talk = await taken(fields, { status: 'NEW', cumQty: 0 }, { status: 'CANCELED' })
      assert.deepEqual(about(talk, rule), [])
      assert.notInclude(talk.evidence().rulesHeld, rule)
    })
  }

  it('also where the answer to the placing was lost', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7', { currency: 'XYZ' }), new Error('reset'))
    await talk.queryByCoId('c7', [orderSeen('7', 'EXPIRED', { currency: 'XYZ' })])
    assertFindings(talk, [
      {
        ...{ code: 'ill-made-taken', rule: 'placing.currency', orderId: '7', exchanges: [1, 2] },
        detail: 'EUR/USD in XYZ: expected a refusal or REJECTED, received no answer, then EXPIRED',
      },
    ])
  })

  for (const status of [401, 403, 408, 429, 503]) {
    it(`a refusal with ${status} is about something else`, async () => {
      const talk = new Talk()
      await talk.place(orderSent('7', { size: 0 }), ERROR, status)
      assertNotVerified(talk, 'placing.numbers')
    })
  }

  for (const [what, fields] of [
    ['a number as text', { size: '1000' }],
    ['a PQ order that says IOC', { type: 'PQ', timeInForce: 'IOC' }],
    ['a PQ order that says anything', { type: 'PQ', timeInForce: 'SOMEDAY' }],
    ['a PQ order that says GTT', { type: 'PQ', timeInForce: 'GTT' }],
    ['a PQ order without timeInForce', { type: 'PQ', timeInForce: undefined }],
    ['a PQ order at a price that is passed over', { type: 'PQ', price: -1 }],
    [
      'an at-best order without a price',
      { type: 'AtBest', timeInForce: 'FOK', valueDate: '2026-01-07', price: undefined },
    ],
    ['a good-till-time order for its longest', { timeInForce: 'GTT', expiryTime: 86_399 }],
    ['a side, a type and a time in force in other capitals', LOOSE],
    ['a PQ order in small letters that says anything', { type: 'pq', timeInForce: 'SOMEDAY' }],
    ['an order in the term currency', { currency: 'USD' }],
    ['a market order without a price', { type: 'Market', timeInForce: 'IOC', price: undefined }],
  ] as const) {
    it(`${what} may be dealt`, async () => {
      const talk = await taken(fields, { status: 'FILLED' })
      for (const { rule } of talk.evidence().findings) assert.notMatch(rule, /^placing\./)
    })
  }
})

describe('a body that is no JSON places nothing', () => {
  const place = (talk: Talk, body: string, answer: Response) =>
    talk.call('POST', '/v2/orders', answer, { body })

  it('it is refused', async () => {
    const talk = new Talk()
    await place(talk, '{"coId": "half', Response.json(ERROR, { status: 400 }))
    assertHeld(talk, 'placing.json')
  })

  it('and not taken', async () => {
    const talk = new Talk()
    const answer = orderSeen('7', 'RECEIVED')
    await place(talk, '{"coId": "half', Response.json(answer, { status: 202 }))
    assertFindings(talk, [
      {
        ...{ code: 'ill-made-taken', rule: 'placing.json', orderId: '7', exchanges: [1] },
        detail: 'the body is no JSON, and was answered with 202',
      },
    ])
  })

  it('what is JSON is not this rule’s, nor is a server that fails', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7'), ERROR, 400)
    await place(talk, 'half', Response.json(ERROR, { status: 503 }))
    assertNotVerified(talk, 'placing.json')
  })
})

describe('the answer to a placing', () => {
  const answered = async (fields: Fields, sent: Fields = orderSent('7')) => {
    const talk = new Talk()
    await talk.place(sent, { ...sent, orderId: '7', status: 'RECEIVED', ...fields })
    return talk
  }
  const breach = (rule: string, detail: string) => [
    { code: 'placing-answer', rule, orderId: '7', detail, exchanges: [1] },
  ]

  it('names the action place', async () => {
    assertHeld(await answered({ action: 'place' }), 'placing.action')
    const detail = 'action: expected place, received "new"'
    assertFindings(await answered({ action: 'new' }), breach('placing.action', detail))
  })

  it('names the user as user@org', async () => {
    assertHeld(await answered({ userFullName: 'User1@pfOrg' }), 'placing.user')
    const detail = 'userFullName: expected user@org, received "User1"'
    assertFindings(await answered({ userFullName: 'User1' }), breach('placing.user', detail))
  })

  it('but need not name either, and may call a replacement otherwise', async () => {
    for (const rule of ['placing.action', 'placing.user']) {
      assertNotVerified(await answered({}), rule)
    }
    const replacing = orderSent('7', { originalCoId: 'c6' })
    assertHeld(await answered({ action: 'replace' }, replacing), 'placing.action')
  })
})
