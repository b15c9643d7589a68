import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Order } from '../../src/api/contract/orders.ts'
import type { EndpointRun } from '../../src/backends/endpoint/endpoint-run.ts'
import { readJournal } from '../../src/backends/endpoint/journal.ts'
import {
  atEndpoint,
  operation,
  placing,
  restingOrder,
  type SimulatedEndpoint,
  statusesOf,
  successIn,
} from './simulated-endpoint.ts'

const DELETE = /^DELETE/
const PLACE = /^POST \/v2\/orders$/
const LOOKUP = /^GET \/v2\/orders\?coId/
const ACTIVE = /^GET \/v2\/orders$/
const QUERY = /^GET \/v2\/orders\/\d/
const answering =
  (status: number, body: BodyInit | null = null) =>
  () =>
    new Response(body, { status })
const cut = () => Promise.reject(new TypeError('fetch failed'))
/** The order is taken, and the answer lost. */
const losing = async (_: unknown, next: () => Promise<Response>) => {
  await next()
  return cut()
}

interface Scene {
  readonly endpoint: SimulatedEndpoint
  readonly run: EndpointRun
  /** Places an order; `undefined` where no answer tells of one. */
  place(body?: unknown): Promise<Order | undefined>
  close(): Promise<{ left: readonly unknown[]; steps: number }>
  /** What the journal calls open. */
  open(): readonly unknown[]
}

async function scene(
  use: (scene: Scene) => Promise<void>,
  options: Parameters<typeof atEndpoint>[0] = {},
): Promise<void> {
  await atEndpoint(options, async (endpoint) => {
    const run = await endpoint.started()
    await endpoint.clock.run(run.desk.open('s', 's'))
    await use({
      endpoint,
      run,
      place: async (body = restingOrder()) => {
        const reply = await endpoint.call(run, 's', placing(body))
        return reply.kind === 'answer' && reply.answer?.kind === 'success'
          ? successIn<Order>(reply)
          : undefined
      },
      close: async () => {
        endpoint.requests.length = 0
        const { leftWorking, exchanges } = await endpoint.clock.run(run.desk.close('s'))
        return { left: leftWorking, steps: exchanges.length }
      },
      open: () =>
        readJournal(endpoint.journalFile).open.map(({ orderId, coId }) => orderId ?? coId),
    })
  })
}

describe('At the end of a scenario, an order', () => {
  it('that is working is cancelled, and seen to have ended', () =>
    scene(async ({ endpoint, place, close, open }) => {
      await place()
      assert.lengthOf(open(), 1)
      assert.deepEqual((await close()).left, [])
      assert.deepEqual(statusesOf(endpoint), ['CANCELED'])
      assert.lengthOf(endpoint.lines(DELETE), 1)
      assert.deepEqual(open(), [])
    }))

  it('that is working when the run is stopped is cancelled before anything is asked', () =>
    scene(async ({ endpoint, run, place }) => {
      await place()
      endpoint.requests.length = 0
      run.stop('it was stopped')
      const { leftWorking } = await endpoint.clock.run(run.finish())
      assert.match(endpoint.requests[0]?.line ?? '', DELETE)
      assert.deepEqual([leftWorking, statusesOf(endpoint)], [[], ['CANCELED']])
    }))

  it('that has ended meanwhile is not cancelled', () =>
    scene(async ({ endpoint, place, close }) => {
      const order = await place(restingOrder({ price: 9, timeInForce: 'IOC' }))
      assert.deepEqual((await close()).left, [])
      assert.isEmpty(endpoint.lines(DELETE))
      assert.isDefined(order)
      assert.deepEqual(statusesOf(endpoint), ['FILLED'])
    }))

  it('that was seen to have ended is not even asked about', () =>
    scene(async ({ endpoint, run, place, close }) => {
      const order = await place(restingOrder({ price: 9, timeInForce: 'IOC' }))
      for (let each = 0; each < 3; each++) {
        const params = { id: order?.orderId ?? '' }
        await endpoint.call(run, 's', operation('queryOrder', { params }))
      }
      await close()
      assert.isEmpty(endpoint.requests)
    }))

  it('that is filled before its cancellation comes is no longer working', () =>
    scene(async ({ endpoint, place, close }) => {
      endpoint.simulation.exchange.outcomes.script('soon', { kind: 'fill', new: 'held' })
      const order = await place(restingOrder({ coId: 'soon', price: 9 }))
      endpoint.answering(DELETE, (_, next) => {
        endpoint.simulation.exchange.desk.proceed(order?.orderId ?? '')
        endpoint.simulation.exchange.desk.proceed(order?.orderId ?? '')
        return next()
      })
      assert.deepEqual((await close()).left, [])
      assert.deepEqual(statusesOf(endpoint), ['FILLED'])
    }))

  for (const [title, stand, said] of [
    ['is ignored', answering(202), 'HTTP 202'],
    ['is refused', answering(400), 'HTTP 400'],
    ['gets no answer', cut, /^DELETE .* got no HTTP answer: TypeError$/],
  ] as const) {
    it(`whose cancellation ${title} is told, by its id, and stays in the journal`, () =>
      scene(async ({ endpoint, run, place, close, open }) => {
        const order = await place()
        endpoint.answering(DELETE, stand)
        const { left } = await close()
        const [only] = left as [{ why: string; orderId: string; status: string }]
        assert.lengthOf(left, 1)
        assert.equal(only.orderId, order?.orderId)
        assert.equal(only.status, 'NEW')
        const [, came = ''] = /answered (.*), and it is NEW still$/.exec(only.why) ?? []
        assert.match(came, typeof said === 'string' ? new RegExp(`^${said}$`) : said)
        assert.deepEqual(open(), [order?.orderId])
        // The end of the run tries again.
        endpoint.heal()
        const end = await endpoint.clock.run(run.finish())
        assert.deepEqual(end.leftWorking, [])
        assert.deepEqual(statusesOf(endpoint), ['CANCELED'])
      }))
  }

  it('that nobody answers about any more is told, and nothing throws', () =>
    scene(async ({ endpoint, run, place, close, open }) => {
      const order = await place()
      endpoint.answering(/./, cut)
      const { left } = await close()
      assert.deepInclude(Object(left[0]), { orderId: order?.orderId, status: 'RECEIVED' })
      const { leftWorking } = await endpoint.clock.run(run.finish())
      assert.lengthOf(leftWorking, 1)
      assert.deepEqual(open(), [order?.orderId])
    }))

  it('is not held up by another that cannot be cancelled', () =>
    scene(async ({ endpoint, place, close }) => {
      const stuck = await place()
      const other = await place()
      const late: number[] = []
      endpoint.answering(new RegExp(`^DELETE .*/${stuck?.orderId}$`), async () => {
        await endpoint.clock.sleep(200_000)
        return new Response(null, { status: 504 })
      })
      endpoint.answering(new RegExp(`^DELETE .*/${other?.orderId}$`), ({ at }, next) => {
        late.push(at)
        return next()
      })
      const began = endpoint.clock.now()
      await close()
      assert.lengthOf(late, 1)
      assert.isBelow((late[0] ?? 0) - began, 1_000)
    }))

  it('that does not wait is waited for, and not cancelled at once', () =>
    scene(async ({ endpoint, place, close }) => {
      endpoint.simulation.exchange.outcomes.script('slow', { kind: 'expire', new: { ms: 2_000 } })
      await place(restingOrder({ coId: 'slow', timeInForce: 'IOC' }))
      assert.deepEqual((await close()).left, [])
      assert.isEmpty(endpoint.lines(DELETE))
      assert.deepEqual(statusesOf(endpoint), ['EXPIRED'])
    }))
})

describe('An order in doubt', () => {
  it('that was taken is found by its client id, and cancelled', () =>
    scene(async ({ endpoint, place, close, open }) => {
      endpoint.answering(PLACE, losing)
      assert.isUndefined(await place())
      assert.deepEqual((await close()).left, [])
      assert.deepEqual(statusesOf(endpoint), ['CANCELED'])
      assert.deepEqual(open(), [])
    }))

  it('that was never taken is looked for throughout the window, and then is none', () =>
    scene(async ({ endpoint, place, close, open }) => {
      endpoint.answering(PLACE, cut)
      await place()
      const began = endpoint.clock.now()
      assert.deepEqual((await close()).left, [])
      assert.isAtLeast(endpoint.clock.now() - began, 4_000)
      assert.isAtMost(endpoint.clock.now() - began, 6_000)
      assert.isAbove(endpoint.lines(LOOKUP).length, 3)
      assert.deepEqual(open(), [])
    }))

  it('that turns up late in the window is found', () =>
    scene(async ({ endpoint, place, close }) => {
      endpoint.answering(PLACE, losing)
      await place()
      const { clock } = endpoint
      const until = clock.now() + 3_500
      endpoint.answering(/^GET \/v2\/orders(\?|$)/, ({ at }, next) =>
        at < until ? new Response('[]') : next(),
      )
      assert.deepEqual((await close()).left, [])
      assert.deepEqual(statusesOf(endpoint), ['CANCELED'])
    }))

  for (const [title, stand] of [
    ['no answer', cut],
    ['a 500', answering(500)],
    ['a 403', answering(403)],
    ['a page', answering(200, '<html>')],
    ['something that is no order', answering(200, '[{"orderId": 7}]')],
  ] as const) {
    it(`stays unknown, and is told by its client id, where looking for it brings ${title}`, () =>
      scene(async ({ endpoint, run, place, close, open }) => {
        endpoint.answering(PLACE, losing)
        await place(restingOrder({ coId: 'lost' }))
        endpoint.answering(LOOKUP, stand)
        const { left } = await close()
        assert.deepInclude(Object(left[0]), { orderId: 'unknown', coId: 'lost' })
        assert.match(Object(left[0]).why, /^its placing got no answer, and looking for it was/)
        assert.deepEqual(open(), ['lost'])
        // What the end of the run finds is no longer told.
        endpoint.heal()
        assert.deepEqual((await endpoint.clock.run(run.finish())).leftWorking, [])
        assert.deepEqual(statusesOf(endpoint), ['CANCELED'])
      }))
  }

  it('is not called none by an address that does not exist', () =>
    scene(async ({ endpoint, place, close, open }) => {
      endpoint.answering(PLACE, losing)
      await place(restingOrder({ coId: 'lost' }))
      endpoint.answering(/^GET \/v2\/orders(\?|$)/, answering(404, '{"error":"no such path"}'))
      const { left } = await close()
      assert.deepInclude(Object(left[0]), { coId: 'lost' })
      assert.deepEqual(open(), ['lost'])
    }))

  it('that has no client id is found among the active ones by all that was sent', () =>
    scene(async ({ endpoint, place, close, open }) => {
      const order = restingOrder({ size: '10000' })
      endpoint.answering(PLACE, cut)
      await place({ ...order, coId: 4711 })
      // The server makes a text of one number, and a number of another.
      const taken = { ...order, coId: '4711', size: 10_000, orderId: '77' }
      let status = 'NEW'
      const others = { ...restingOrder({ price: 0.6 }), orderId: '99', status }
      endpoint.answering(ACTIVE, () => Response.json([others, { ...taken, status }]))
      endpoint.answering(/^GET \/v2\/orders\/77$/, () => Response.json([{ ...taken, status }]))
      endpoint.answering(DELETE, () => {
        status = 'CANCELED'
        return new Response(null, { status: 202 })
      })
      assert.deepEqual((await close()).left, [])
      assert.deepEqual(endpoint.lines(DELETE), ['DELETE /v2/orders/77'])
      assert.deepEqual(open(), [])
    }))

  it('of which next to nothing is known never has an order of others cancelled', () =>
    scene(async ({ endpoint, place, close }) => {
      endpoint.answering(PLACE, cut)
      for (const body of [
        {},
        { type: 'Limit', side: 'Buy', symbol: 'EUR/USD', size: 10_000, currency: 'EUR' },
      ]) {
        await place(body)
      }
      const other = { ...restingOrder(), orderId: '99', status: 'NEW' }
      endpoint.answering(ACTIVE, () => Response.json([other]))
      endpoint.answering(LOOKUP, () => Response.json([other]))
      assert.deepEqual((await close()).left, [])
      assert.isEmpty(endpoint.lines(DELETE))
    }))

  it('whose placing is on its way still is told, and cancelled at the end of the run', () =>
    scene(async ({ endpoint, run, close, open }) => {
      endpoint.answering(PLACE, async (_, next) => {
        await endpoint.clock.sleep(20_000)
        return next()
      })
      const what = placing(restingOrder({ coId: 'late' }))
      const order = run.desk.call({ key: 's', client: endpoint.own, what })
      await endpoint.clock.settle()
      const { left } = await close()
      assert.deepInclude(Object(left[0]), { coId: 'late', why: 'its placing is on its way still' })
      assert.deepEqual(open(), ['late'])
      successIn(await endpoint.clock.run(order))
      assert.lengthOf(open(), 1)
      const { leftWorking } = await endpoint.clock.run(run.finish())
      assert.deepEqual([leftWorking, statusesOf(endpoint)], [[], ['CANCELED']])
    }))
})

describe('An endpoint whose answers are not as documented', () => {
  const FIELDS = { orderId: '77', status: 'NEW' }
  for (const [title, shape] of [
    ['lack most of their fields', (order: object) => [order]],
    ['have numbers for ids', (order: object) => ({ ...order, orderId: 77 })],
    ['have odd fields', (order: object) => [{ ...restingOrder(), ...order, transactTime: 1.5 }]],
  ] as const) {
    it(`has its orders cancelled all the same where they ${title}`, () =>
      scene(async ({ endpoint, place, close, open }) => {
        let status = 'NEW'
        const answer = (code: number) => () =>
          Response.json(shape({ ...FIELDS, coId: 'odd', status }), { status: code })
        endpoint.answering(PLACE, answer(202))
        endpoint.answering(/^GET \/v2\/orders/, answer(200))
        endpoint.answering(DELETE, () => {
          status = 'CANCELED'
          return new Response(null, { status: 202 })
        })
        await place(restingOrder({ coId: 'odd' }))
        assert.deepEqual(open(), ['77'])
        assert.deepEqual((await close()).left, [])
        assert.deepEqual(endpoint.lines(DELETE), ['DELETE /v2/orders/77'])
      }))
  }
})

describe('A placing that was refused', () => {
  for (const [title, stand] of [
    ['a 400', answering(400, '{"errorCode":"X"}')],
    ['a 503 with an error object', answering(503, '{"errorCode":"X"}')],
  ] as const) {
    it(`with ${title} is settled, and yet found at the end of the run where it was taken`, () =>
      scene(async ({ endpoint, run, place, close }) => {
        endpoint.answering(PLACE, async (_, next) => {
          await next()
          return stand()
        })
        await place()
        assert.deepEqual((await close()).left, [])
        assert.isEmpty(endpoint.lines(QUERY))
        assert.deepEqual(statusesOf(endpoint), ['RECEIVED'])
        const { leftWorking } = await endpoint.clock.run(run.finish())
        assert.deepEqual([leftWorking, statusesOf(endpoint)], [[], ['CANCELED']])
      }))
  }
})
