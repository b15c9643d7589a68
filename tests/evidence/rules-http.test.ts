import { describe, it } from 'node:test'
import { assert } from 'chai'
import { endpoints, type Operation } from '../../src/api/contract/endpoints.ts'
import { orderSeen, orderSent, Talk } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified } from './verdicts.ts'

const rate = {
  symbol: 'EUR/USD',
  bid: 1.1,
  offer: 1.2,
  bidLimit: 1,
  offerLimit: 1,
  time: 1,
  rateId: 'r',
}
const arrays = { symbol: 'EUR/USD', bid: [1.1], offer: [1.2], bidLimit: [1], offerLimit: [1] }

/** A call of each operation, and a body of success that is right. */
const calls: Readonly<Record<Operation, readonly [path: string, body: unknown, sent?: unknown]>> = {
  login: ['/v2/sso/login', {}, { user: 'u', pass: 'pass-word', org: 'o' }],
  renew: ['/v2/sso/token/renew', {}],
  spotRate: ['/v2/rates/spot?symbol=EUR%2FUSD', rate],
  spotRateByType: ['/v2/rates/spot/TOB?symbol=EUR%2FUSD', arrays],
  spotRateByTypeAndOrg: ['/v2/rates/spot/TOB/o?symbol=EUR%2FUSD', arrays],
  marketDataSet: ['/marketdataset?id=x', [{ id: 'x', rates: [] }]],
  placeOrder: ['/v2/orders', orderSeen('7', 'RECEIVED'), orderSent('7')],
  queryOrder: ['/v2/orders/7', [orderSeen('7', 'NEW')]],
  queryOrders: ['/v2/orders?coId=c7', [orderSeen('7', 'NEW')]],
  cancelOrder: ['/v2/orders/7', {}],
  downloadTrades: ['/v2/trades/stp/messages', []],
  resendTrades: ['/v2/trades/stp/resend', {}, {}],
}

const nameOf = (operation: Operation) =>
  operation.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)

async function answered(
  operation: Operation,
  status: number,
  { body, headers = {} }: { body?: unknown; headers?: Record<string, string> } = {},
): Promise<Talk> {
  const [path, success, sent] = calls[operation]
  const talk = new Talk()
  const token = operation === 'login' ? { SSO_TOKEN: 'the-token' } : {}
  const answer =
    status === 204
      ? new Response(null, { status })
      : Response.json(body ?? success, { status, headers: { ...token, ...headers } })
  await talk.call(endpoints[operation].method, path, answer, { body: sent })
  return talk
}

describe('each operation has its HTTP codes', () => {
  for (const operation of Object.keys(endpoints) as Operation[]) {
    const { success } = endpoints[operation]
    const rule = `http.${nameOf(operation)}`

    it(`${operation}: ${success} is right`, async () => {
      assertHeld(await answered(operation, success), rule)
    })

    it(`${operation}: 206 is wrong`, async () => {
      const { findings } = (await answered(operation, 206)).evidence()
      const [first] = findings
      assert.deepInclude(first, { code: 'wrong-http-code', rule, exchanges: [1] })
      assert.match(first?.detail ?? '', /^answered with 206, success is 20[0-9 or]+$/)
      assert.lengthOf(findings, 1)
    })

    it(`${operation}: a redirect is wrong`, async () => {
      const orderId = ['queryOrder', 'cancelOrder'].includes(operation) ? '7' : ''
      const talk = await answered(operation, 302, { headers: { Location: 'https://x.invalid/' } })
      assertFindings(talk, [
        {
          code: 'request-redirected',
          rule: 'http.no-redirect',
          orderId,
          detail: 'answered with 302; a redirect is never followed',
          exchanges: [1],
        },
      ])
    })

    for (const status of [408, 429, 500, 502]) {
      it(`${operation}: ${status} is trouble of the host, and shows nothing`, async () => {
        assertNotVerified(await answered(operation, status, { body: { code: 'X' } }), rule)
      })
    }
  }

  for (const status of [200, 202, 204]) {
    it(`cancelling may be answered with ${status}`, async () => {
      assertHeld(await answered('cancelOrder', status), 'http.cancel-order')
    })
  }

  it('a download that comes to nothing may be 204', async () => {
    assertHeld(await answered('downloadTrades', 204), 'http.download-trades')
  })

  it('a placing that is answered with 200 is told from a right one', async () => {
    assertFindings(await answered('placeOrder', 200), [
      {
        code: 'wrong-http-code',
        rule: 'http.place-order',
        orderId: '',
        detail: 'answered with 200, success is 202',
        exchanges: [1],
      },
    ])
  })
})

describe('refusals have their codes', () => {
  for (const status of [400, 401, 404]) {
    it(`a login may be refused with ${status}`, async () => {
      assertHeld(await answered('login', status, { body: {} }), 'http.login')
    })
  }

  for (const [operation, status, detail] of [
    ['login', 422, 'refused with 422, allowed is 400, 401, 404 or 5xx'],
    ['placeOrder', 404, 'refused with 404, allowed is 400 or 5xx'],
    ['placeOrder', 422, 'refused with 422, allowed is 400 or 5xx'],
  ] as const) {
    it(`${operation} may not be refused with ${status}`, async () => {
      const rule = `http.${nameOf(operation)}`
      assertFindings(await answered(operation, status, { body: {} }), [
        { code: 'wrong-http-code', rule, orderId: '', detail, exchanges: [1] },
      ])
    })
  }

  it('a login that is refused with 403 may have come from where nobody is let in', async () => {
    assertNotVerified(await answered('login', 403, { body: {} }), 'http.login')
  })

  for (const status of [401, 403]) {
    it(`a placing that is refused with ${status} says something of the session only`, async () => {
      assertNotVerified(await answered('placeOrder', status, { body: {} }), 'http.place-order')
    })
  }

  for (const operation of ['spotRate', 'queryOrder', 'cancelOrder', 'resendTrades'] as const) {
    it(`${operation} may be refused with any 4xx, where nothing is known to be there`, async () => {
      assertNotVerified(await answered(operation, 404, { body: {} }), `http.${nameOf(operation)}`)
    })
  }
})

describe('an order that was accepted is answered with 200, whatever became of it', () => {
  const refusal = { errorCode: 'REJECTED' }

  it('a rejection that comes as 400 is a finding', async () => {
    const talk = new Talk()
    await talk.order('7', 'PQ', 'RECEIVED')
    await talk.query('7', refusal, 400)
    assertFindings(talk, [
      {
        code: 'wrong-http-code',
        rule: 'http.query-order',
        orderId: '7',
        detail:
          'answered with 400, though the order exists; a query of it is answered with 200, whatever its status',
        exchanges: [1, 2],
      },
    ])
  })

  for (const status of [401, 403, 429, 500, 503]) {
    it(`${status} is about something else`, async () => {
      const talk = new Talk()
      await talk.order('7', 'PQ', 'RECEIVED')
      await talk.query('7', refusal, status)
      assertNotVerified(talk, 'http.query-order')
    })
  }

  it('an order of one of two users need not be there for the other', async () => {
    const talk = new Talk()
    await talk.login('Ada')
    await talk.login('Max')
    await talk.order('7', 'PQ', 'RECEIVED')
    await talk.query('7', refusal, 404)
    assertNotVerified(talk, 'http.query-order')
  })

  it('a user who logs in twice is one, and one who is refused is none', async () => {
    const talk = new Talk()
    await talk.login('Ada')
    await talk.login('Ada')
    await talk.login('Max', Response.json({}, { status: 401 }))
    await talk.order('7', 'PQ', 'RECEIVED')
    talk.pass(2_000)
    await talk.query('7', refusal, 404)
    assert.lengthOf(talk.evidence().findings, 1)
  })

  it('right after its placing it may not be there yet, but may not be refused otherwise', async () => {
    for (const [passed, status, count] of [
      [1_900, 404, 0],
      [2_000, 404, 1],
      [1_900, 400, 1],
    ] as const) {
      const talk = new Talk()
      await talk.order('7', 'PQ', 'RECEIVED')
      talk.pass(passed)
      await talk.query('7', refusal, status)
      assert.lengthOf(talk.evidence().findings, count)
    }
  })

  it('before it was placed, it was not there', async () => {
    const talk = new Talk()
    await talk.query('7', refusal, 404)
    await talk.query('7', [])
    await talk.order('7', 'PQ', 'RECEIVED')
    assert.deepEqual(talk.evidence().findings, [])
  })

  it('an order whose end was seen may have been forgotten', async () => {
    const talk = new Talk()
    await talk.order('7', 'PQ', 'RECEIVED', 'REJECTED')
    await talk.query('7', refusal, 404)
    assert.deepEqual(talk.evidence().findings, [])
  })

  it('an order may have ended unseen since, and is there for a minute all the same', async () => {
    for (const [passed, count] of [
      [59_000, 1],
      [61_000, 0],
    ] as const) {
      const talk = new Talk()
      await talk.order('7', 'PQ', 'RECEIVED', 'NEW')
      talk.pass(passed)
      await talk.query('7', refusal, 404)
      assert.lengthOf(talk.evidence().findings, count)
    }
  })
})

describe('a refusal that may be about the session says nothing of the order', () => {
  const refused = { status: 400 }
  const withToken = (token: string) => ({ headers: { SSO_TOKEN: token } })
  const broken = (talk: Talk) => talk.evidence().findings.map(({ rule }) => rule)
  /** An order of Ada's, and a query of it that is refused. */
  const asked = async (headers: { headers?: Record<string, string> }) => {
    const talk = new Talk()
    await talk.login('Ada')
    await talk.place(orderSent('7'), orderSeen('7', 'RECEIVED'))
    await talk.call('GET', '/v2/orders/7', Response.json({ e: 1 }, refused), headers)
    return talk
  }
  const list = (talk: Talk, token: string) =>
    talk.call('GET', '/v2/orders', Response.json([]), withToken(token))

  it('a token that serves afterwards was good: it is about the order', async () => {
    const talk = await asked(withToken('token-of-Ada'))
    await list(talk, 'token-of-Ada')
    assert.deepEqual(broken(talk), ['http.query-order'])
  })

  it('a token that never serves again may have been bad', async () => {
    const talk = await asked(withToken('token-of-Ada'))
    await list(talk, 'token-of-somebody')
    assert.deepEqual(broken(talk), ['session.unknown-token'])
  })

  it('a token that serves after it was issued anew may have expired before', async () => {
    const talk = await asked(withToken('token-of-Ada'))
    await talk.login('Ada')
    await list(talk, 'token-of-Ada')
    assert.deepEqual(broken(talk), [])
  })

  it('a renewal, which is for tokens that are no longer good, shows nothing', async () => {
    const talk = await asked(withToken('token-of-Ada'))
    const renewed = Response.json(
      { status: 'OK', valid: true },
      { headers: { SSO_TOKEN: 'another-token' } },
    )
    await talk.call('GET', '/v2/sso/token/renew', renewed, withToken('token-of-Ada'))
    assert.deepEqual(broken(talk), [])
  })

  it('a token that is missing, where others were passed', async () => {
    const talk = await asked({})
    assert.deepEqual(broken(talk), ['http.query-order'])
    await list(talk, 'token-of-Ada')
    assert.deepEqual(broken(talk), [])
  })

  it('a placing may be refused so with any code too', async () => {
    const talk = new Talk()
    await talk.call('POST', '/v2/orders', Response.json({ e: 1 }, { status: 404 }), {
      body: orderSent('8'),
      ...withToken('token-of-Ada'),
    })
    assert.deepEqual(broken(talk), [])
    await list(talk, 'token-of-Ada')
    assert.deepEqual(broken(talk), ['http.place-order', 'session.unknown-token'])
  })
})

describe('who has no session may be redirected', () => {
  it('but nobody whose token is good', async () => {
    const talk = new Talk()
    const headers = { SSO_TOKEN: 'token-of-Ada' }
    const list = (answer: Response) => talk.call('GET', '/v2/orders', answer, { headers })
    await talk.login('Ada')
    await list(new Response('', { status: 302, headers: { Location: '/login' } }))
    assert.deepEqual(talk.evidence().findings, [])
    await list(Response.json([]))
    const detail = 'answered with 302; a redirect is never followed'
    assertFindings(talk, [
      { code: 'request-redirected', rule: 'http.no-redirect', orderId: '', detail, exchanges: [2] },
    ])
  })

  it('and only to where a session is had', async () => {
    const talk = new Talk()
    const headers = { SSO_TOKEN: 'token-of-Ada' }
    await talk.login('Ada')
    const elsewhere = new Response('', { status: 302, headers: { Location: '/rates' } })
    await talk.call('GET', '/v2/orders', elsewhere, { headers })
    assert.deepEqual(
      talk.evidence().findings.map(({ rule }) => rule),
      ['http.no-redirect'],
    )
  })

  it('what succeeds was not', async () => {
    assertHeld(await answered('spotRate', 200), 'http.no-redirect')
  })
})

describe('a placing that is refused says so in an error object', () => {
  const rule = 'placing.error-object'
  const refused = async (answer: Response) => {
    const talk = new Talk()
    await talk.call('POST', '/v2/orders', answer, { body: orderSent('7') })
    return talk
  }

  for (const status of [400, 500, 503]) {
    it(`with ${status}`, async () => {
      assertHeld(await refused(Response.json({ anything: 1 }, { status })), rule)
    })
  }

  for (const [body, received] of [
    ['', 'an empty body'],
    ['<html>', 'something else'],
    ['[]', 'something else'],
    ['"no"', 'something else'],
  ] as const) {
    it(`400 with ${body || 'nothing'} is a finding`, async () => {
      const headers = { 'Content-Type': 'application/json' }
      assertFindings(await refused(new Response(body, { status: 400, headers })), [
        {
          code: 'no-error-object',
          rule,
          orderId: '',
          detail: `refused with 400: expected a JSON object, received ${received}`,
          exchanges: [1],
        },
      ])
    })
  }

  it('400 that does not call itself JSON is of a gateway, and shows nothing', async () => {
    const headers = { 'Content-Type': 'text/html' }
    assertNotVerified(await refused(new Response('<html>', { status: 400, headers })), rule)
  })

  it('5xx without one leaves the placing in doubt, and is none', async () => {
    assertNotVerified(await refused(new Response('bad gateway', { status: 502 })), rule)
  })

  it('a body that broke off tells nothing', async () => {
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"errorCode":'))
        controller.error(new Error('socket hang up'))
      },
    })
    assertNotVerified(await refused(new Response(body, { status: 400 })), rule)
  })
})
