import { describe, it } from 'node:test'
import { assert } from 'chai'
import { isSafe } from '../../src/api/client/safe-operations.ts'
import { endpoints, type Operation } from '../../src/api/contract/endpoints.ts'
import { clientAnsweredBy, clientOf, PASSWORD, recording, TOKEN } from './stub.ts'

const refusing = () => clientAnsweredBy(() => new Response(null, { status: 400 }))

async function rejection(work: Promise<unknown>): Promise<Error> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  return error instanceof Error ? error : assert.fail('Expected an error, got none')
}

function thrownBy(work: () => unknown): Error {
  try {
    work()
  } catch (error) {
    if (error instanceof Error) return error
  }
  return assert.fail('Expected an error, got none')
}

describe('Each method', () => {
  it('sends its endpoint what the contract says', async () => {
    const { client, requests } = refusing()
    await client.login()
    await client.renew()
    await client.spotRate('EUR/USD')
    await client.spotRateByType('EUR/USD', 'TOB')
    await client.spotRateByType('EUR/USD', 'FULL', 'Broker Org/1')
    await client.marketDataSet({ id: 'RealTimeMDS', symbols: 'EUR/USD,USD/JPY' })
    await client.queryOrder('48#1')
    await client.queryOrdersByCoId('a b&c')
    await client.queryActiveOrders()
    await client.cancelOrder('4820276016')
    await client.downloadTrades()
    await client.downloadTrades({ maxCount: 20 })
    const range = {
      startDate: '2022-04-21 13:00:00,000 +0000',
      endDate: '2022-04-22 13:00:00,000 +0000',
    }
    await client.resendTrades(range)
    assert.deepEqual(
      requests.map(({ line, body }) => `${line} ${body}`.trimEnd()),
      [
        `POST /v2/sso/login {"user":"ada","pass":"${PASSWORD}","org":"ORG1"}`,
        'GET /v2/sso/token/renew',
        'GET /v2/rates/spot?symbol=EUR%2FUSD',
        'GET /v2/rates/spot/TOB?symbol=EUR%2FUSD',
        'GET /v2/rates/spot/FULL/Broker%20Org%2F1?symbol=EUR%2FUSD',
        'GET /marketdataset?id=RealTimeMDS&symbols=EUR%2FUSD%2CUSD%2FJPY',
        'GET /v2/orders/48%231',
        'GET /v2/orders?coId=a%20b%26c',
        'GET /v2/orders',
        'DELETE /v2/orders/4820276016',
        'GET /v2/trades/stp/messages',
        'GET /v2/trades/stp/messages?maxCount=20',
        `POST /v2/trades/stp/resend ${JSON.stringify(range)}`,
      ],
    )
    assert.deepEqual(
      requests.map(({ headers }) => headers.get('X-Request-ID')),
      requests.map((_, at) => `request-${at + 1}`),
    )
    assert.deepEqual(
      requests.map(({ headers }) => headers.get('SSO_TOKEN')),
      [null, ...requests.slice(1).map(() => TOKEN)],
    )
    assert.deepEqual(
      requests.map(({ headers }) => headers.get('Content-Type')),
      requests.map(({ line }) => (line.startsWith('POST') ? 'application/json' : null)),
    )
  })

  it('keeps a path of the base URL, with or without a slash at its end', async () => {
    for (const baseUrl of ['http://integral.test/rest', 'http://integral.test/rest//']) {
      const { fetch, lines } = recording(() => new Response(null, { status: 401 }))
      await clientOf({ fetch, baseUrl }).login()
      assert.deepEqual(lines(), ['POST /rest/v2/sso/login'])
    }
  })

  it('queries by client id where the template says', async () => {
    const { client, lines } = clientAnsweredBy(() => Response.json([]), {
      queryByClientPath: '/v2/orders/client/{coId}?view=full',
    })
    await client.queryOrdersByCoId('pq/1')
    await client.queryActiveOrders()
    await client.call('queryOrders', { query: { coId: 'x', page: 2 } })
    assert.deepEqual(lines().slice(1), [
      'GET /v2/orders/client/pq%2F1?view=full',
      'GET /v2/orders/client?view=full',
      'GET /v2/orders/client/x?view=full&page=2',
    ])
  })

  it('sends nothing where an id cannot be a path segment', async () => {
    for (const id of ['', '.', '..', '\ud800']) {
      const { client, lines } = refusing()
      assert.instanceOf(await rejection(client.cancelOrder(id)), RangeError)
      assert.notInclude(lines().join(), 'DELETE')
    }
  })
})

describe('A call', () => {
  it('sends a body to the letter, of any content type', async () => {
    const { client, requests } = refusing()
    await client.call('placeOrder', { rawBody: '{"coId":', contentType: 'text/plain' })
    await client.call('placeOrder', { rawBody: '' })
    await client.call('placeOrder', { body: { size: '1' } })
    await client.call('placeOrder')
    assert.deepEqual(
      requests.slice(1).map(({ body, headers }) => [body, headers.get('Content-Type')]),
      [
        ['{"coId":', 'text/plain'],
        ['', 'application/json'],
        ['{"size":"1"}', 'application/json'],
        ['', null],
      ],
    )
  })

  it('sends another token, or none, and then opens no session', async () => {
    const { client, requests } = refusing()
    await client.call('queryOrder', { params: { id: '1' }, token: 'foreign' })
    await client.call('queryOrder', { params: { id: '1' }, token: null })
    assert.deepEqual(
      requests.map(({ line, headers }) => [line, headers.get('SSO_TOKEN')]),
      [
        ['GET /v2/orders/1', 'foreign'],
        ['GET /v2/orders/1', null],
      ],
    )
  })

  it('keeps no token that a login brings it', async () => {
    const { client } = refusing()
    await client.call('login', { body: {} })
    assert.isUndefined(client.session)
  })
})

describe('A secret', () => {
  it('is not in the error about a base URL', () => {
    const { fetch } = recording(() => new Response())
    for (const baseUrl of [
      `http://ada:${PASSWORD}@integral.test`,
      `${PASSWORD}`,
      `ftp://${PASSWORD}`,
    ]) {
      const error = thrownBy(() => clientOf({ fetch, baseUrl }))
      assert.instanceOf(error, TypeError)
      assert.notInclude(String(error.stack), PASSWORD)
    }
    const withQuery = thrownBy(() => clientOf({ fetch, baseUrl: 'http://a.test?key=1' }))
    assert.equal(
      withQuery.message,
      'Failed to read the base URL: it has a query or fragment. Write, for example, https://host:port.',
    )
  })

  it('is not in the error about a token that no header can carry', async () => {
    for (const tokenTransport of ['header', 'cookie'] as const) {
      const { client } = clientAnsweredBy(() => new Response(), { tokenTransport })
      const error = await rejection(client.call('renew', { token: 'secret\ntoken' }))
      assert.notMatch(`${error.stack} ${String(error.cause)}`, /secret|token"/)
    }
  })

  it('shows itself in no dump of the session', async () => {
    const { client } = refusing()
    await client.login()
    const { inspect } = await import('node:util')
    const dump = `${inspect(client, { depth: 9, showHidden: true })} ${JSON.stringify(client.session)} ${client.session?.token}`
    assert.notInclude(dump, TOKEN)
    assert.notInclude(dump, PASSWORD)
    assert.equal(client.session?.token.reveal(), TOKEN)
  })
})

describe('Safe to send twice', () => {
  it('are the rates and queries only', () => {
    const operations = Object.keys(endpoints) as Operation[]
    assert.deepEqual(operations.filter(isSafe), [
      'spotRate',
      'spotRateByType',
      'spotRateByTypeAndOrg',
      'marketDataSet',
      'queryOrder',
      'queryOrders',
    ])
  })
})
