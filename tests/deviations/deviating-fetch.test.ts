import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Fetch } from '../../src/api/fetch.ts'
import { DEVIATION_HEADER, deviatingFetch } from '../../src/mocks/deviations/deviating-fetch.ts'
import type { Call, Deviation, Scene } from '../../src/mocks/deviations/deviation.ts'

const BASE_URL = 'https://host.invalid'
const order = { coId: 'c7', type: 'Limit', orderId: '7', status: 'RECEIVED' }

/** The simulation behind `answers`, deviating so. */
function deviating(answers: Fetch, begin: Deviation['begin']): Fetch {
  const deviation = { id: 'odd', sentence: 'It is odd.', breaks: 'some.rule', begin }
  return deviatingFetch(answers, deviation, { baseUrl: BASE_URL, now: () => 5 })
}

const get = (path: string) => new Request(BASE_URL + path)
const place = (body: unknown) =>
  new Request(`${BASE_URL}/v2/orders`, { method: 'POST', body: JSON.stringify(body) })
const answering =
  (body: unknown, status = 200): Fetch =>
  async () =>
    Response.json(body, { status })

describe('an answer of a simulation that deviates', () => {
  it('is handed on as it is, and unstamped, where it is not altered', async () => {
    const whole = Response.json(order)
    const fetch = deviating(
      async () => whole,
      () => ({ alter: (_call, answer) => answer }),
    )
    const answer = await fetch(get('/v2/orders/7'))
    assert.strictEqual(answer, whole)
    assert.isNull(answer.headers.get(DEVIATION_HEADER))
    assert.deepEqual(await answer.json(), order)
  })

  it('is stamped with the deviation where it is altered, headers and all kept', async () => {
    const fetch = deviating(
      async () => Response.json(order, { headers: { 'X-Request-ID': '1', 'Content-Length': '9' } }),
      () => ({ alter: (_call, answer) => ({ ...answer, status: 201, body: { ...order, x: 1 } }) }),
    )
    const answer = await fetch(get('/v2/orders/7'))
    assert.equal(answer.status, 201)
    assert.equal(answer.headers.get(DEVIATION_HEADER), 'odd')
    assert.equal(answer.headers.get('X-Request-ID'), '1')
    assert.isNull(answer.headers.get('Content-Length'))
    assert.deepEqual(await answer.json(), { ...order, x: 1 })
  })

  it('may be a text, or nothing at all', async () => {
    const told = async (body: unknown, status: number) =>
      deviating(answering(order), () => ({
        alter: (_call, answer) => ({ ...answer, status, body }),
      }))(get('/v2/orders/7'))
    assert.equal(await (await told('<html>', 200)).text(), '<html>')
    const empty = await told(undefined, 204)
    assert.equal(empty.status, 204)
    assert.isNull(empty.body)
  })

  it('may be given in the place of the simulation, which never hears of it', async () => {
    let calls = 0
    const fetch = deviating(
      async () => {
        calls += 1
        return Response.json(order)
      },
      () => ({
        instead: ({ operation }) =>
          operation === 'cancelOrder'
            ? { status: 202, headers: new Headers(), body: undefined }
            : undefined,
      }),
    )
    const answer = await fetch(new Request(`${BASE_URL}/v2/orders/7`, { method: 'DELETE' }))
    assert.equal(answer.headers.get(DEVIATION_HEADER), 'odd')
    assert.equal(calls, 0)
    await fetch(get('/v2/orders/7'))
    assert.equal(calls, 1)
  })

  it('does not come where the simulation gives none', async () => {
    const fetch = deviating(
      async () => {
        throw new TypeError('cut')
      },
      () => ({ alter: (_call, answer) => answer }),
    )
    const failure = await fetch(get('/v2/orders/7')).catch((error: Error) => error.message)
    assert.equal(failure, 'cut')
  })
})

describe('a deviation', () => {
  it('is told what is asked for, and with what', async () => {
    const seen: Call[] = []
    const fetch = deviating(answering(order, 202), () => ({
      instead(call) {
        seen.push(call)
        return undefined
      },
    }))
    await fetch(place({ type: 'Limit', coId: 'c7' }))
    await fetch(get('/v2/orders?coId=c7'))
    await fetch(get('/elsewhere'))
    assert.deepEqual(
      seen.map(({ operation, params, method, sent }) => ({ operation, params, method, sent })),
      [
        {
          ...{ operation: 'placeOrder', params: {}, method: 'POST' },
          sent: { type: 'Limit', coId: 'c7' },
        },
        { operation: 'queryOrders', params: { coId: 'c7' }, method: 'GET', sent: undefined },
        { operation: undefined, params: {}, method: 'GET', sent: undefined },
      ],
    )
  })

  it('knows each order, and what was told of it: what it tells itself, not what is true', async () => {
    let scene: Scene | undefined
    const fetch = deviating(
      async (request) =>
        request.method === 'POST'
          ? Response.json(order, { status: 202 })
          : Response.json([{ ...order, status: 'FILLED' }]),
      (given) => {
        scene = given
        return {
          alter: ({ operation }, answer) =>
            operation === 'queryOrder'
              ? { ...answer, body: [{ orderId: '7', status: 'NEW' }] }
              : answer,
        }
      },
    )
    await fetch(place({ type: 'Limit', coId: 'c7' }))
    await fetch(get('/v2/orders/7'))
    await fetch(get('/v2/orders?coId=c7'))
    assert.deepEqual(scene?.orders.get('7'), {
      orderId: '7',
      sent: { type: 'Limit', coId: 'c7' },
      placedAt: 5,
      told: ['RECEIVED', 'NEW', 'FILLED'],
    })
  })

  it('begins anew with each simulation', async () => {
    let begun = 0
    const begin: Deviation['begin'] = () => {
      begun += 1
      return {}
    }
    const one = deviating(answering(order), begin)
    deviating(answering(order), begin)
    await one(get('/v2/orders/7'))
    assert.equal(begun, 2)
  })
})
