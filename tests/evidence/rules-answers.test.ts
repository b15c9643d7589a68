import { describe, it } from 'node:test'
import { Talk } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified } from './verdicts.ts'

const found = (code: string, rule: string, detail: string, ...exchanges: readonly number[]) => [
  { code, rule, orderId: '', detail, exchanges },
]

const SIGNED = { Authorization: 'hmac username="u", signature="s"' }

describe('a success carries the X-Request-ID of its request', () => {
  const rule = 'http.request-id'
  const call = (talk: Talk, sent: string | undefined, answered: string | undefined, status = 200) =>
    talk.call(
      'GET',
      '/v2/orders',
      Response.json([], {
        status,
        headers: answered === undefined ? {} : { 'x-request-id': answered },
      }),
      { headers: { ...SIGNED, ...(sent === undefined ? {} : { 'X-Request-ID': sent }) } },
    )

  it('the same', async () => {
    const talk = new Talk()
    await call(talk, 'request-1', 'request-1')
    assertHeld(talk, rule)
  })

  it('or it is a finding, told once', async () => {
    const talk = new Talk()
    await call(talk, 'request-1', 'request-1')
    await call(talk, 'request-2', 'request-1')
    await call(talk, 'request-3', undefined)
    const detail = 'sent request-2, answered request-1'
    assertFindings(talk, found('request-id-not-echoed', rule, detail, 2))
    const none = new Talk()
    await call(none, 'request-1', undefined)
    assertFindings(none, found('request-id-not-echoed', rule, 'sent request-1, answered none', 1))
  })

  it('where one was sent, and the answer is the server’s own', async () => {
    const talk = new Talk()
    await call(talk, undefined, 'request-1')
    await call(talk, 'request-2', undefined, 502)
    await call(talk, 'request-3', undefined, 404)
    assertNotVerified(talk, rule)
  })
})

describe('a success is JSON', () => {
  const talkOf = async (path: string, body: string, type: string | undefined) => {
    const talk = new Talk()
    const answer = new Response(body)
    if (type === undefined) answer.headers.delete('Content-Type')
    else answer.headers.set('Content-Type', type)
    await talk.call(path === '/v2/orders/7' ? 'DELETE' : 'GET', path, answer)
    return talk
  }
  const trades = '/v2/trades/stp/messages'

  for (const type of [
    'application/json',
    'Application/JSON; charset=utf-8',
    'application/a+json',
  ]) {
    it(`and says so: ${type}`, async () => {
      const talk = await talkOf(trades, '[]', type)
      assertHeld(talk, 'http.json')
      assertHeld(talk, 'http.content-type')
    })
  }

  for (const [type, called] of [
    ['text/plain', 'text/plain'],
    ['application/jsonp', 'application/jsonp'],
    [undefined, 'nothing'],
  ] as const) {
    it(`and not called ${called}`, async () => {
      const detail = `the answer to GET ${trades} is JSON, and called ${called}`
      assertFindings(
        await talkOf(trades, '[]', type),
        found('wrong-content-type', 'http.content-type', detail, 1),
      )
    })
  }

  it('and nothing else', async () => {
    const detail = `the answer to GET ${trades} is no JSON`
    const shape = 'body: expected JSON, received something else'
    assertFindings(await talkOf(trades, '<html>', 'text/html'), [
      ...found('body-not-json', 'http.json', detail, 1),
      ...found('wrong-shape', 'shape.download-trades', shape, 1),
    ])
  })

  it('where it has a body that a page describes', async () => {
    for (const [path, body] of [
      [trades, ''],
      ['/v2/orders/7', 'cancelled'],
    ] as const) {
      const talk = await talkOf(path, body, 'text/plain')
      assertNotVerified(talk, 'http.json')
      assertNotVerified(talk, 'http.content-type')
    }
  })

  it('unless redaction has cut into it', async () => {
    const talk = new Talk()
    talk.transcript.redactor.learn('0971')
    await talk.call('GET', trades, Response.json([1.0971]))
    assertNotVerified(talk, 'http.json')
  })
})
