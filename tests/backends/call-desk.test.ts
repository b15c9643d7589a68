import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Order } from '../../src/api/contract/orders.ts'
import type { EndpointRun } from '../../src/backends/endpoint/endpoint-run.ts'
import {
  atEndpoint,
  operation,
  placing,
  restingOrder,
  type SimulatedEndpoint,
  successIn,
} from './simulated-endpoint.ts'

const RATE = operation('spotRate', { query: { symbol: 'EUR/USD' } })
const DOWNLOAD = operation('downloadTrades')
const LOGIN = /^POST \/v2\/sso\/login/
const RENEW = /renew/
const refusing =
  (status: number, body: BodyInit | null = null) =>
  () =>
    new Response(body, { status })
const cut = () => Promise.reject(new TypeError('fetch failed'))

async function withScenario(
  options: Parameters<typeof atEndpoint>[0],
  use: (endpoint: SimulatedEndpoint, run: EndpointRun) => Promise<void>,
): Promise<void> {
  await atEndpoint(options, async (endpoint) => {
    const run = await endpoint.started()
    await endpoint.clock.run(run.desk.open('s', 'features/s.feature:1 s'))
    endpoint.requests.length = 0
    await use(endpoint, run)
    endpoint.heal()
    await endpoint.clock.run(run.finish())
    assert.equal(endpoint.clock.pending, 0, 'a timer is left')
  })
}

describe('A safe request', () => {
  for (const [title, answer] of [
    ['no answer', cut],
    ['a 502', refusing(502)],
    ['a 503', refusing(503)],
    ['a 504', refusing(504)],
    ['a 429', refusing(429)],
  ] as const) {
    it(`is repeated after ${title}, at growing pauses, each try an exchange of its own`, () =>
      withScenario({}, async (endpoint, run) => {
        let left = 2
        endpoint.answering(/rates/, (_, next) => (left-- > 0 ? answer() : next()))
        const reply = await endpoint.call(run, 's', RATE)
        assert.equal(reply.kind === 'answer' && reply.answer?.kind, 'success')
        const at = endpoint.requests.map((seen) => seen.at)
        const pauses = at.slice(1).map((each, index) => each - (at[index] ?? 0))
        assert.deepEqual(pauses, [250, 500])
        const { exchanges } = await endpoint.clock.run(run.desk.close('s'))
        assert.lengthOf(exchanges, 3)
        assert.deepEqual(
          exchanges.map(({ number }) => number),
          [1, 2, 3],
        )
      }))
  }

  it('is repeated as often as the settings say, then what came last is the answer', () =>
    withScenario({ settings: { 'retry.attempts': 4 } }, async (endpoint, run) => {
      endpoint.answering(/rates/, refusing(503))
      const reply = await endpoint.call(run, 's', RATE)
      assert.equal(reply.kind === 'answer' && reply.answer?.httpStatus, 503)
      endpoint.answering(/rates/, cut)
      assert.equal((await endpoint.call(run, 's', RATE)).kind, 'no answer')
      assert.lengthOf(endpoint.lines(/rates/), 10)
    }))

  for (const status of [400, 401, 403, 404, 500]) {
    it(`is not repeated after a ${status}`, () =>
      withScenario({}, async (endpoint, run) => {
        endpoint.answering(/orders\/nobody/, refusing(status))
        await endpoint.call(run, 's', operation('queryOrder', { params: { id: 'nobody' } }))
        // But a 401 has the client itself try once more, with a new token.
        assert.lengthOf(endpoint.lines(/nobody/), status === 401 ? 2 : 1)
      }))
  }

  it('is not repeated any more once the run has been stopped', () =>
    withScenario({}, async (endpoint, run) => {
      endpoint.answering(/rates/, () => {
        run.stop('it was stopped')
        return new Response(null, { status: 503 })
      })
      await endpoint.call(run, 's', RATE)
      assert.lengthOf(endpoint.lines(/rates/), 1)
    }))
})

describe('What is no safe request', () => {
  const cases = [
    ['placing', /^POST \/v2\/orders$/, placing(restingOrder())],
    ['cancelling', /^DELETE/, operation('cancelOrder', { params: { orderId: '1' } })],
    ['downloading', /^GET \/v2\/trades/, DOWNLOAD],
    ['renewing', RENEW, { kind: 'renew' }],
    ['logging in', LOGIN, { kind: 'login' }],
  ] as const
  for (const [title, pattern, what] of cases) {
    for (const [trouble, answer] of [
      ['no answer', cut],
      ['a 503', refusing(503)],
      ['a 429', refusing(429)],
      ['a 401', refusing(401)],
    ] as const) {
      it(`is never sent twice: ${title}, after ${trouble}`, () =>
        withScenario({}, async (endpoint, run) => {
          endpoint.answering(pattern, answer)
          await endpoint.call(run, 's', what)
          assert.lengthOf(endpoint.lines(pattern), 1)
        }))
    }
  }
})

describe('The session that all share', () => {
  it('is renewed once, before the calls of many and alone', () =>
    withScenario({ settings: { 'retry.attempts': 0 } }, async (endpoint, run) => {
      await endpoint.clock.pass(58_000)
      endpoint.requests.length = 0
      let inFlight = 0
      let together = 0
      endpoint.answering(/./, async ({ line }, next) => {
        inFlight += 1
        if (RENEW.test(line)) assert.equal(inFlight, 1, 'something else was under way')
        together = Math.max(together, inFlight)
        await endpoint.clock.sleep(100)
        const answer = await next()
        inFlight -= 1
        return answer
      })
      for (let each = 0; each < 6; each++) {
        await endpoint.clock.run(run.desk.open(`s${each}`, `s${each}`))
      }
      const calls = Array.from({ length: 6 }, (_, each) => endpoint.call(run, `s${each}`, RATE))
      for (const reply of await Promise.all(calls)) successIn(reply)
      assert.lengthOf(endpoint.lines(RENEW), 1)
      assert.isEmpty(endpoint.lines(LOGIN))
      assert.isAbove(together, 1, 'nothing went together')
      const tokens = new Set(endpoint.requests.filter(({ line }) => /rates/.test(line)))
      assert.lengthOf([...new Set([...tokens].map(({ token }) => token))], 1)
    }))

  it('is not replaced while a call is on its way with its token', () =>
    withScenario({ simulation: { 'renew.live': 'rotate' } }, async (endpoint, run) => {
      let isQuerying = false
      endpoint.answering(/rates/, async (_, next) => {
        isQuerying = true
        await endpoint.clock.sleep(1_000)
        const answer = await next()
        isQuerying = false
        return answer
      })
      endpoint.answering(RENEW, (_, next) => {
        assert.isFalse(isQuerying)
        return next()
      })
      const query = run.desk.call({ key: 's', client: endpoint.own, what: RATE })
      const renewal = run.desk.call({ key: 's', client: endpoint.own, what: { kind: 'renew' } })
      const [queried, renewed] = await endpoint.clock.run(Promise.all([query, renewal]))
      successIn(queried)
      successIn(renewed)
    }))

  it('is there at once while it is good, whatever others ask for with it', () =>
    withScenario({}, async (endpoint, run) => {
      endpoint.answering(/rates/, async (_, next) => {
        await endpoint.clock.sleep(1_000)
        return next()
      })
      const query = run.desk.call({ key: 's', client: endpoint.own, what: RATE })
      await endpoint.clock.settle()
      await endpoint.clock.run(run.desk.open('t', 't'))
      const askedAt = endpoint.clock.now()
      const { session } = await endpoint.call(run, 't', { kind: 'ensureSession' })
      assert.isDefined(session)
      assert.equal(endpoint.clock.now(), askedAt)
      successIn(await endpoint.clock.run(query))
    }))

  it('is waited for while it is being replaced', () =>
    withScenario({ simulation: { 'renew.live': 'rotate' } }, async (endpoint, run) => {
      endpoint.answering(RENEW, async (_, next) => {
        await endpoint.clock.sleep(1_000)
        return next()
      })
      const renewal = run.desk.call({ key: 's', client: endpoint.own, what: { kind: 'renew' } })
      await endpoint.clock.settle()
      await endpoint.clock.run(run.desk.open('t', 't'))
      const { session } = await endpoint.call(run, 't', { kind: 'ensureSession' })
      const renewed = await endpoint.clock.run(renewal)
      assert.equal(session?.token, renewed.session?.token)
    }))

  it('is not tried to be had again by a login that was refused: neither by that call nor by later ones', () =>
    withScenario({}, async (endpoint, run) => {
      await endpoint.clock.pass(58_000)
      endpoint.answering(/sso/, refusing(401, '{"errorCode":"LOCKED"}'))
      const first = await endpoint.call(run, 's', RATE)
      assert.equal(first.kind === 'answer' && first.answer?.operation, 'login')
      await endpoint.clock.run(run.desk.open('t', 't'))
      for (const what of [RATE, placing(restingOrder()), { kind: 'ensureSession' } as const]) {
        const later = await endpoint.call(run, 't', what)
        const why = 'the login was refused with HTTP 401, and is not tried again in this run'
        assert.deepInclude(later, { kind: 'not sent', why })
      }
      assert.lengthOf(endpoint.lines(LOGIN), 1)
      assert.isEmpty(endpoint.lines(/^POST \/v2\/orders/))
    }))

  it('is not begun anew by hand after a login that was refused', () =>
    withScenario({}, async (endpoint, run) => {
      endpoint.answering(LOGIN, refusing(401))
      for (let each = 0; each < 3; each++) await endpoint.call(run, 's', { kind: 'login' })
      const ensured = await endpoint.call(run, 's', { kind: 'ensureSession' })
      assert.equal(ensured.kind, 'not sent')
      assert.lengthOf(endpoint.lines(LOGIN), 1)
      successIn(await endpoint.call(run, 's', RATE))
    }))

  it('is not tried to be had several times for one safe request, where the host has trouble', () =>
    withScenario({}, async (endpoint, run) => {
      await endpoint.clock.pass(58_000)
      endpoint.answering(/sso/, refusing(503))
      await endpoint.call(run, 's', RATE)
      assert.lengthOf(endpoint.lines(LOGIN), 1)
      endpoint.answering(/sso/, cut)
      assert.equal((await endpoint.call(run, 's', RATE)).kind, 'no answer')
      // Another call may try: what has trouble is not refused.
      endpoint.heal()
      successIn(await endpoint.call(run, 's', RATE))
    }))

  it('is not looked at for a client of another login, which is not replaced for it either', () =>
    withScenario({}, async (endpoint, run) => {
      const credentials = { ...endpoint.config.credentials, password: 'another one' }
      await endpoint.clock.pass(58_000)
      const reply = await endpoint.call(run, 's', { kind: 'login' }, { credentials })
      assert.equal(reply.kind === 'answer' && reply.answer?.httpStatus, 401)
      const rate = await endpoint.call(run, 's', RATE, { credentials })
      assert.equal(rate.kind, 'not sent')
      assert.lengthOf(endpoint.lines(LOGIN), 1)
      successIn(await endpoint.call(run, 's', RATE))
    }))
})

describe('Queries and downloads', () => {
  it('are in flight once per order, and once per login', () =>
    withScenario({}, async (endpoint, run) => {
      const ids: string[] = []
      for (let each = 0; each < 2; each++) {
        const reply = await endpoint.call(run, 's', placing(restingOrder()))
        ids.push(successIn<Order>(reply).orderId)
      }
      const inFlight = new Map<string, number>()
      let most = 0
      endpoint.answering(/^GET \/v2\/(orders|trades)/, async ({ line }, next) => {
        const now = (inFlight.get(line) ?? 0) + 1
        inFlight.set(line, now)
        assert.equal(now, 1, `two at once: ${line}`)
        most = Math.max(
          most,
          [...inFlight.values()].reduce((sum, each) => sum + each, 0),
        )
        await endpoint.clock.sleep(300)
        inFlight.set(line, 0)
        return next()
      })
      const query = (id = '') => operation('queryOrder', { params: { id } })
      const whats = [query(ids[0]), query(ids[0]), query(ids[1]), DOWNLOAD, DOWNLOAD]
      const client = endpoint.own
      const calls = whats.map((what) => run.desk.call({ key: 's', client, what }))
      await endpoint.clock.run(Promise.all(calls))
      assert.equal(most, 3)
    }))
})

describe('The pace', () => {
  it('is kept by whatever is sent, sessions and repeats included', () =>
    withScenario(
      {
        env: { INTEGRAL_MAX_REQUESTS_PER_SECOND: '5' },
        simulation: { tokenTtlMs: 700 },
        settings: { 'retry.firstMs': 0 },
      },
      async (endpoint, run) => {
        let count = 0
        endpoint.answering(/rates/, (_, next) => (count++ % 3 === 0 ? cut() : next()))
        const client = endpoint.own
        const calls = Array.from({ length: 12 }, () =>
          run.desk.call({ key: 's', client, what: RATE }),
        )
        await endpoint.clock.run(Promise.all(calls))
        assert.isNotEmpty(endpoint.lines(/sso/))
        for (const { at } of endpoint.requests) {
          const within = endpoint.requests.filter((each) => each.at >= at && each.at < at + 1_000)
          assert.isAtMost(within.length, 5)
        }
      },
    ))
})

describe('A placing', () => {
  it('that waits for its turn when the run is stopped is never sent, and no order is left in doubt', () =>
    withScenario({ env: { INTEGRAL_MAX_REQUESTS_PER_SECOND: '1' } }, async (endpoint, run) => {
      const client = endpoint.own
      const rate = run.desk.call({ key: 's', client, what: RATE })
      const order = run.desk.call({ key: 's', client, what: placing(restingOrder()) })
      await endpoint.clock.settle()
      run.stop('it was stopped')
      const [, reply] = await endpoint.clock.run(Promise.all([rate, order]))
      assert.deepInclude(reply, { kind: 'not sent', why: 'it was stopped' })
      const { leftWorking } = await endpoint.clock.run(run.finish())
      assert.isEmpty(endpoint.lines(/^POST \/v2\/orders/))
      assert.deepEqual(leftWorking, [])
    }))

  it('that waits for the session when its scenario ends is never sent', () =>
    withScenario({}, async (endpoint, run) => {
      await endpoint.clock.pass(58_000)
      endpoint.answering(RENEW, async (_, next) => {
        await endpoint.clock.sleep(3_000)
        return next()
      })
      const order = run.desk.call({
        ...{ key: 's', client: endpoint.own, what: placing(restingOrder()) },
      })
      await endpoint.clock.settle()
      const closing = run.desk.close('s')
      const [reply, { leftWorking }] = await endpoint.clock.run(Promise.all([order, closing]))
      assert.deepInclude(reply, { kind: 'not sent', why: 'the scenario has ended' })
      assert.deepEqual(leftWorking, [])
      assert.include(readFileSync(endpoint.journalFile, 'utf8'), '"how":"not sent"')
      assert.isEmpty(endpoint.lines(/^POST \/v2\/orders/))
    }))

  it('that is forbidden is the last one of the run', () =>
    withScenario({}, async (endpoint, run) => {
      endpoint.answering(/^POST \/v2\/orders$/, refusing(403))
      await endpoint.call(run, 's', placing(restingOrder()))
      const next = await endpoint.call(run, 's', placing(restingOrder()))
      assert.deepInclude(next, {
        kind: 'not sent',
        why: 'the user may not trade: placing was answered with HTTP 403',
      })
      assert.lengthOf(endpoint.lines(/^POST \/v2\/orders$/), 1)
    }))
})
