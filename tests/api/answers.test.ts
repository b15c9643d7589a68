import { describe, it } from 'node:test'
import { assert } from 'chai'
import { z } from 'zod'
import type { Answer } from '../../src/api/client/answer.ts'
import { conform } from '../../src/api/client/shape.ts'
import { clientAnsweredBy, clientOf, ORDER, RATE, recording, TOKEN, TRADE } from './stub.ts'

const text = (body: string | null, status = 200) => new Response(body, { status })

function successOf<T>(answer: Answer<T>): T {
  if (answer.kind !== 'success') assert.fail(`Expected a success, got ${JSON.stringify(answer)}`)
  return answer.value
}

function problemsOf(answer: Answer<unknown>): string[] {
  if (answer.kind !== 'malformed') assert.fail(`Expected malformed, got ${JSON.stringify(answer)}`)
  return answer.problems.map(({ path, message }) => `${path}: ${message}`)
}

describe('An answer of success', () => {
  it('keeps unknown fields, the raw body and both request ids', async () => {
    const body = { ...ORDER, status: 'RECEIVED', venue: { name: 'LD4' } }
    const { client } = clientAnsweredBy(({ headers }) =>
      Response.json(body, {
        status: 202,
        headers: { 'X-Request-ID': `${headers.get('X-Request-ID')}!` },
      }),
    )
    assert.deepEqual(
      await client.placeOrder({
        coId: '8932452311944',
        type: 'Limit',
        side: 'Buy',
        symbol: 'EUR/USD',
        currency: 'EUR',
        size: 1_000_000,
        price: 1.0971678,
        timeInForce: 'IOC',
      }),
      {
        kind: 'success',
        operation: 'placeOrder',
        httpStatus: 202,
        value: body,
        raw: JSON.stringify(body),
        requestId: 'request-2',
        echoedRequestId: 'request-2!',
      },
    )
  })

  it('has no echoed request id where none came back', async () => {
    const { client } = clientAnsweredBy(() => Response.json(RATE))
    assert.notProperty(await client.spotRate('EUR/USD'), 'echoedRequestId')
  })

  it('is one order, whether the query was answered with an object or an array', async () => {
    for (const body of [ORDER, [ORDER]]) {
      const { client } = clientAnsweredBy(() => Response.json(body))
      assert.deepEqual<unknown>(successOf(await client.queryOrder('4820276016')), ORDER)
    }
  })

  it('is undefined where a query by server id finds nothing and says so with 200', async () => {
    const { client } = clientAnsweredBy(() => Response.json([]))
    assert.isUndefined(successOf(await client.queryOrder('1')))
  })

  it('is a list of orders, whether the query was answered with an array or an object', async () => {
    for (const [body, orders] of [
      [
        [ORDER, ORDER],
        [ORDER, ORDER],
      ],
      [[], []],
      [ORDER, [ORDER]],
    ]) {
      const { client } = clientAnsweredBy(() => Response.json(body))
      assert.deepEqual<unknown>(successOf(await client.queryOrdersByCoId('8932452311944')), orders)
      assert.deepEqual<unknown>(successOf(await client.queryActiveOrders()), orders)
    }
  })

  it('is an empty list of trades for [], 204 and a blank body', async () => {
    for (const answer of [() => text('[]'), () => text(null, 204), () => text(' \n')]) {
      const { client } = clientAnsweredBy(answer)
      assert.deepEqual(successOf(await client.downloadTrades()), [])
    }
  })

  it('is a trade without event, as in the sample of the tutorial', async () => {
    const { client } = clientAnsweredBy(() => Response.json([{ ...TRADE, uti: 'U1' }]))
    assert.deepEqual<unknown>(successOf(await client.downloadTrades()), [{ ...TRADE, uti: 'U1' }])
  })

  it('needs no body where none is documented', async () => {
    for (const [body, value] of [
      ['', undefined],
      ['done', undefined],
      ['{"a":1}', { a: 1 }],
    ] as const) {
      const { client } = clientAnsweredBy(() => text(body, 202))
      assert.deepEqual(successOf(await client.cancelOrder('1')), value)
    }
  })

  it('may come with another 2xx than the documented one', async () => {
    const { client } = clientAnsweredBy(() => Response.json(ORDER, { status: 200 }))
    const answer = await client.call('placeOrder', { body: {} })
    assert.deepInclude(answer, { kind: 'success', httpStatus: 200 })
  })
})

describe('A refusal', () => {
  const refusedWith = async (body: string | null, status = 400) =>
    clientAnsweredBy(() => text(body, status)).client.spotRate('EUR/USD')

  it('tells code and message by any of the names they may have', async () => {
    for (const [body, code, message] of [
      [{ errorCode: 'E1', errorMessage: 'no' }, 'E1', 'no'],
      [{ code: 17, message: 'no' }, '17', 'no'],
      [{ errorCode: null, code: 'E2', errorMessage: '', reason: 'no' }, 'E2', 'no'],
    ] as const) {
      const raw = JSON.stringify(body)
      assert.deepEqual(await refusedWith(raw), {
        kind: 'refusal',
        operation: 'spotRate',
        httpStatus: 400,
        code,
        message,
        raw,
        requestId: 'request-2',
      })
    }
  })

  it('needs neither: no body, HTML and odd JSON will do', async () => {
    for (const body of [null, '<html>Bad Gateway</html>', 'null', '"no"', '{"code":{}}', '{"co']) {
      assert.deepEqual(await refusedWith(body, 502), {
        kind: 'refusal',
        operation: 'spotRate',
        httpStatus: 502,
        raw: body ?? '',
        requestId: 'request-2',
      })
    }
  })
})

describe('A malformed answer', () => {
  const malformed = async (body: string | null, status = 200) => {
    const { client } = clientAnsweredBy(() => text(body, status))
    return {
      rate: async () => problemsOf(await client.spotRate('EUR/USD')),
      order: async () => problemsOf(await client.queryOrder('1')),
      orders: async () => problemsOf(await client.queryActiveOrders()),
      trades: async () => problemsOf(await client.downloadTrades()),
      typedRate: async () => problemsOf(await client.spotRateByType('EUR/USD', 'FULL')),
    }
  }

  it('is a 2xx without a body, or with one that is not JSON', async () => {
    const empty = ': Expected JSON, received an empty body'
    assert.deepEqual(await (await malformed('')).rate(), [empty])
    assert.deepEqual(await (await malformed(null, 204)).order(), [empty])
    assert.deepEqual(await (await malformed('')).orders(), [empty])
    const html = await malformed('<html>Welcome</html>')
    assert.deepEqual(await html.trades(), [': Expected JSON, received something else'])
  })

  it('names the place of every problem', async () => {
    const { orderId: _, ...nameless } = ORDER
    const missing = 'Invalid input: expected string, received undefined'
    const bare = await malformed(JSON.stringify(nameless))
    assert.deepEqual(await bare.order(), [`orderId: ${missing}`])
    const listed = await malformed(JSON.stringify([ORDER, { ...nameless, status: undefined }]))
    assert.deepEqual(await listed.orders(), [`[1].orderId: ${missing}`, `[1].status: ${missing}`])
    const levels = await malformed(JSON.stringify([{ symbol: 'EUR/USD', bid: 1 }]))
    assert.deepEqual(await levels.typedRate(), [
      '[0].offer: Invalid input: expected number, received undefined',
    ])
  })

  it('names the place within a union by the alternative that was meant', () => {
    const rates = z.array(z.object({ bid: z.number() }))
    const shape = conform(z.object({ rates: z.union([z.string(), rates]) }), { rates: [{}] })
    assert.deepEqual(shape, {
      ok: false,
      problems: [
        {
          path: 'rates[0].bid',
          message: 'Invalid input: expected number, received undefined',
        },
      ],
    })
  })

  it('is several orders where one was queried', async () => {
    const [problem, ...more] = await (await malformed(JSON.stringify([ORDER, ORDER]))).order()
    assert.match(problem ?? '', /^: Too big/)
    assert.isEmpty(more)
  })

  it('is a 3xx, which is not followed', async () => {
    const moved = () =>
      new Response(null, { status: 302, headers: { Location: 'http://evil.test' } })
    const { client, lines } = clientAnsweredBy(moved)
    assert.deepEqual(problemsOf(await client.spotRate('EUR/USD')), [
      ': Expected a 2xx, 4xx or 5xx, received 302; it was not followed',
    ])
    assert.lengthOf(lines(), 2)
  })

  it('is a login without a token, and gives no session', async () => {
    const { fetch, lines } = recording(() => Response.json({ status: 'OK' }))
    const client = clientOf({ fetch })
    assert.deepEqual(problemsOf(await client.login()), [
      'header SSO_TOKEN: Expected a token in this header or a cookie, found none',
    ])
    assert.isUndefined(client.session)
    assert.deepInclude(await client.queryOrder('1'), { kind: 'malformed', operation: 'login' })
    assert.deepEqual(lines(), ['POST /v2/sso/login', 'POST /v2/sso/login'])
  })

  it('is a login with a token but not JSON, and gives no session', async () => {
    const { fetch } = recording(() => new Response('hello', { headers: { SSO_TOKEN: TOKEN } }))
    const client = clientOf({ fetch })
    assert.deepEqual(problemsOf(await client.login()), [': Expected JSON, received something else'])
    assert.isUndefined(client.session)
  })
})
