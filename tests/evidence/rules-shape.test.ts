import { describe, it } from 'node:test'
import { assert } from 'chai'
import { orderSeen, orderSent, Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified, toldOf } from './verdicts.ts'

const wrong = (rule: string, detail: string, orderId = '', exchanges = [1]) => [
  { code: 'wrong-shape', rule, orderId, detail, exchanges },
]

describe('the body of a success has its fields', () => {
  const rate = {
    ...{ symbol: 'EUR/USD', bid: 1.1, offer: 1.2, bidLimit: 1, offerLimit: 1 },
    ...{ time: 1, rateId: 'r' },
  }

  for (const [rule, path, right, broken, detail] of [
    ['renew', '/v2/sso/token/renew', {}, { expiryTime: 'soon' }, /^expiryTime: expected number/],
    [
      'spot-rate',
      '/v2/rates/spot?symbol=EUR/USD',
      rate,
      { ...rate, bid: '1' },
      /^bid: expected number/,
    ],
    [
      'spot-rate-by-type',
      '/v2/rates/spot/TOB?symbol=A',
      [{ symbol: 'A', bid: 1, offer: 2 }],
      [{ symbol: 'A', bid: 1 }],
      /^\[0\]\.offer: expected number, received undefined$/,
    ],
    [
      'spot-rate-by-type-and-org',
      '/v2/rates/spot/TOB/o?symbol=A',
      { symbol: 'A', bid: [1], offer: [2], bidLimit: [1], offerLimit: [1] },
      { symbol: 'A', bid: 1, offer: [2], bidLimit: [1], offerLimit: [1] },
      /^bid: expected array, received number$/,
    ],
    [
      'market-data-set',
      '/marketdataset?id=x',
      [{ id: 'x', rates: [] }],
      [{ id: 'x' }],
      /^\[0\]\.rates: expected array, received undefined$/,
    ],
    [
      'query-order',
      '/v2/orders/7',
      orderSeen('7', 'NEW', { unheardOf: [1] }),
      [orderSeen('7', 'NEW', { size: '1000' })],
      /^\[0\]\.size: expected number, received string$/,
    ],
    [
      'query-orders',
      '/v2/orders?coId=c7',
      [orderSeen('7', 'NEW')],
      [orderSeen('7', 'NEW', { side: 'BUY' })],
      /^\[0\]\.side: invalid option/,
    ],
    [
      'download-trades',
      '/v2/trades/stp/messages',
      [tradeOf('7', { event: undefined, more: 1 })],
      [tradeOf('7', { orderId: undefined })],
      /^\[0\]\.orderId: expected string, received undefined$/,
    ],
  ] as const) {
    it(`${rule}: right, and wrong`, async () => {
      const one = new Talk()
      await one.call('GET', path, Response.json(right))
      assertHeld(one, `shape.${rule}`)
      const other = new Talk()
      await other.call('GET', path, Response.json(broken))
      const [finding, ...more] = other.evidence().findings
      assert.deepInclude(finding, { code: 'wrong-shape', rule: `shape.${rule}`, exchanges: [1] })
      assert.match(finding?.detail ?? '', detail)
      assert.isEmpty(more)
    })
  }

  it('login: right, and with a text for a number', async () => {
    const login = async (expiryTime: unknown) => {
      const talk = new Talk()
      const headers = { SSO_TOKEN: 'the-token' }
      await talk.login('u', Response.json({ status: 'OK', expiryTime }, { headers }))
      return talk
    }
    assertHeld(await login(1), 'shape.login')
    const detail = 'expiryTime: expected number, received string'
    assertFindings(await login('1'), wrong('shape.login', detail))
  })

  it('place-order: right, and without orderId and status', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    assertHeld(talk, 'shape.place-order')
    const other = new Talk()
    await other.place(orderSent('7'), orderSent('7'))
    assertFindings(
      other,
      wrong(
        'shape.place-order',
        'orderId: expected string, received undefined; status: expected string, received undefined',
      ),
    )
  })

  it('tells the first problems of many, once for many queries', async () => {
    const talk = new Talk()
    for (let times = 0; times < 3; times++) await talk.query('7', { orderId: '7', status: 'NEW' })
    const [finding, ...more] = talk.evidence().findings
    assert.isEmpty(more)
    assert.match(finding?.detail ?? '', /^coId: .*; type: .*; timeInForce: .*; and 4 more$/)
  })

  for (const [body, received] of [
    ['', 'expected JSON, received an empty body'],
    ['<html>', 'expected JSON, received something else'],
  ] as const) {
    it(`a success whose body is ${body || 'empty'} has no shape`, async () => {
      const talk = new Talk()
      await talk.call('GET', '/v2/orders/7', new Response(body))
      const findings = talk.evidence().findings.filter(({ code }) => code === 'wrong-shape')
      assert.deepEqual(findings.map(toldOf), wrong('shape.query-order', `body: ${received}`, '7'))
    })
  }

  for (const [rule, path] of [
    ['shape.download-trades', '/v2/trades/stp/messages'],
    ['shape.query-orders', '/v2/orders'],
  ] as const) {
    it(`${path}: an empty list shows no shape, and neither does an empty body`, async () => {
      for (const answer of [
        Response.json([]),
        new Response(''),
        new Response(null, { status: 204 }),
      ]) {
        const talk = new Talk()
        await talk.call('GET', path, answer)
        assertNotVerified(talk, rule)
      }
    })
  }

  it('a long body is judged whole, and a body that broke off not at all', async () => {
    const talk = new Talk({ maxBodyLength: 10 })
    await talk.query('7', orderSeen('7', 'NEW'))
    assertHeld(talk, 'shape.query-order')
    const broken = new Talk()
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"orderId":'))
        controller.error(new Error('socket hang up'))
      },
    })
    await broken.call('GET', '/v2/orders/7', new Response(body))
    assertNotVerified(broken, 'shape.query-order')
  })

  it('what redaction has cut into is not judged', async () => {
    const talk = new Talk()
    talk.transcript.redactor.learn('0971')
    await talk.query('7', orderSeen('7', 'NEW'))
    assertNotVerified(talk, 'shape.query-order')
  })
})

describe('what no page requires may be missing, or null', () => {
  const rate = (talk: Talk, fields: unknown) =>
    talk.call('GET', '/v2/rates/spot?symbol=EUR/USD', Response.json(fields))

  it('in an order', async () => {
    const talk = new Talk()
    await talk.query('7', [
      orderSeen('7', 'NEW', { rateId: null, account: null, averagePrice: null, price: null }),
    ])
    assertHeld(talk, 'shape.query-order')
  })

  it('so may the id of an order that was asked for by it', async () => {
    for (const orderId of [undefined, null]) {
      const talk = new Talk()
      await talk.query('7', [orderSeen('7', 'NEW', { orderId })])
      assertHeld(talk, 'shape.query-order')
    }
    const talk = new Talk()
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW', { orderId: undefined })])
    const [finding] = talk.evidence().findings
    assert.match(finding?.detail ?? '', /^\[0\]\.orderId: expected string/)
  })

  it('in a rate', async () => {
    const talk = new Talk()
    await rate(talk, { symbol: 'EUR/USD', bid: 1.1, offer: 1.2, rateId: 'r' })
    await rate(talk, { symbol: 'EUR/USD', bid: null, offer: null, bidLimit: 0, rateId: null })
    assertHeld(talk, 'shape.spot-rate')
  })

  it('in a trade and in a session', async () => {
    const talk = new Talk()
    await talk.download(tradeOf('7', { rateId: null, event: null, dealtAmount: null }))
    const body = { status: 'OK', expiryTime: null, serverUTCTime: null, errorCode: null }
    await talk.login('u', Response.json(body, { headers: { SSO_TOKEN: 'the-token' } }))
    assertHeld(talk, 'shape.download-trades')
    assertHeld(talk, 'shape.login')
  })

  it('but not what is required, and not in another type', async () => {
    const talk = new Talk()
    await talk.query('7', [orderSeen('7', 'NEW', { side: null, averagePrice: '1' })])
    const findings = talk.evidence().findings.filter(({ code }) => code === 'wrong-shape')
    assert.lengthOf(findings, 1)
    assert.match(
      findings[0]?.detail ?? '',
      /^\[0\]\.side: .*; \[0\]\.averagePrice: expected number/,
    )
  })
})

describe('what was sent wrongly may come back wrongly', () => {
  it('where it is accepted at first', async () => {
    const { coId: _, ...sent } = orderSent('7', { size: 'much' })
    const talk = new Talk()
    await talk.place(sent, { ...sent, orderId: '7', status: 'RECEIVED' })
    await talk.query('7', [{ ...sent, orderId: '7', status: 'REJECTED' }])
    assert.deepEqual(talk.evidence().findings, [])
  })

  it('but what was sent rightly may not', async () => {
    const { coId: _, ...sent } = orderSent('7')
    const talk = new Talk()
    await talk.place(sent, { ...sent, price: 'x', orderId: '7', status: 'RECEIVED' })
    const findings = talk.evidence().findings.filter(({ code }) => code === 'wrong-shape')
    assert.deepEqual(
      findings.map(toldOf),
      wrong('shape.place-order', 'price: expected number, received string', '7'),
    )
  })
})
