import { appendFileSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import type { Order } from '../../src/api/contract/orders.ts'
import { readJournal } from '../../src/backends/endpoint/journal.ts'
import { RunRefusedError } from '../../src/backends/endpoint/open-endpoint-run.ts'
import {
  atEndpoint,
  operation,
  placing,
  restingOrder,
  type SimulatedEndpoint,
  statusesOf,
  successIn,
} from './simulated-endpoint.ts'

const RATE = operation('spotRate', { query: { symbol: 'EUR/USD' } })
const PLACE = /^POST \/v2\/orders$/
const losing = async (_: unknown, next: () => Promise<Response>) => {
  await next()
  throw new TypeError('fetch failed')
}

/** Plays a run that is killed with orders of every kind, and says how many it had. */
async function killedRun(endpoint: SimulatedEndpoint): Promise<void> {
  const run = await endpoint.started()
  await endpoint.clock.run(run.desk.open('s', 's'))
  successIn(await endpoint.call(run, 's', placing(restingOrder())))
  endpoint.answering(PLACE, losing)
  await endpoint.call(run, 's', placing(restingOrder()))
  endpoint.heal()
  const gone = JSON.stringify({
    ...{ kind: 'run', at: '2026', pid: 2 ** 22 + 1 },
    owner: ownerOf(endpoint),
  })
  // As if another process had written it, which is gone.
  const journal = readFileSync(endpoint.journalFile, 'utf8').replace(/^.*"kind":"run".*$/m, gone)
  appendFileSync(endpoint.journalFile, `${journal}{"kind":"ended","ord`)
}

function ownerOf({ config }: SimulatedEndpoint) {
  const { baseUrl, credentials } = config
  return { baseUrl, user: credentials.user, org: credentials.org }
}

describe('A scenario', () => {
  it('is one from its opening to its end; then nothing is sent for it', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      assert.deepInclude(await endpoint.call(run, 's', RATE), { kind: 'not sent' })
      assert.isUndefined(await run.desk.open('s', 'features/a.feature:3 A'))
      successIn(await endpoint.call(run, 's', RATE))
      const { exchanges, leftWorking } = await endpoint.clock.run(run.desk.close('s'))
      assert.deepEqual(
        [exchanges.map(({ operation: name }) => name), leftWorking],
        [['spotRate'], []],
      )
      const sent = endpoint.requests.length
      const late = await endpoint.call(run, 's', placing(restingOrder()))
      assert.deepInclude(late, { kind: 'not sent', why: 'the scenario has ended' })
      assert.lengthOf(endpoint.requests, sent)
      assert.deepEqual((await run.desk.close('nobody')).exchanges, [])
    }))

  it('gets no more time than it has', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      await run.desk.open('s', 's')
      await endpoint.clock.pass(60_000)
      const reply = await endpoint.call(run, 's', placing(restingOrder()))
      assert.deepInclude(reply, {
        kind: 'not sent',
        why: 'the time of the scenario (60 s) is used up',
      })
    }))

  it('loses none of its time by what it is told to wait for, and waits no longer than the run', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      await run.desk.open('s', 's')
      assert.isUndefined(await endpoint.clock.run(run.desk.pause('s', 90_000)))
      await endpoint.clock.pass(59_000)
      successIn(await endpoint.call(run, 's', RATE))
      const stoppedAt = endpoint.clock.now() + 1_000
      endpoint.clock.setTimer(1_000, () => run.stop('it was stopped'))
      assert.equal(await endpoint.clock.run(run.desk.pause('s', 60_000)), 'it was stopped')
      assert.equal(endpoint.clock.now(), stoppedAt)
    }))

  it('is told what cannot be sent at all, without a secret', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      await run.desk.open('s', 's')
      const { password } = endpoint.config.credentials
      const reply = await endpoint.call(
        run,
        's',
        operation('queryOrder', { params: { id: `${password}\ud800` } }),
      )
      assert.equal(reply.kind, 'impossible')
      assert.notInclude(JSON.stringify(reply), password)
    }))
})

describe('A run that is stopped', () => {
  it('cancels what is working, sends nothing more for scenarios, and begins none', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      for (const key of ['s', 't']) {
        await run.desk.open(key, key)
        successIn(await endpoint.call(run, key, placing(restingOrder())))
      }
      run.stop('the run was interrupted by SIGINT')
      run.stop('the run was interrupted by SIGTERM')
      for (const what of [RATE, placing(restingOrder()), { kind: 'login' } as const]) {
        const reply = await endpoint.call(run, 's', what)
        assert.deepInclude(reply, { kind: 'not sent', why: 'the run was interrupted by SIGINT' })
      }
      assert.equal(await run.desk.open('u', 'u'), 'the run was interrupted by SIGINT')
      await endpoint.clock.run(Promise.all([run.desk.close('s'), run.desk.close('t')]))
      assert.deepEqual(statusesOf(endpoint), ['CANCELED', 'CANCELED'])
      assert.lengthOf(endpoint.lines(/^DELETE/), 2)
      const { leftWorking } = await endpoint.clock.run(run.finish())
      assert.deepEqual(leftWorking, [])
      assert.isEmpty(endpoint.lines(/trades/), 'downloads were made after the end')
    }))

  it('answers calls that hang at once, and cancels an order whose answer is under way', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      await run.desk.open('s', 's')
      endpoint.answering(PLACE, async (_, next) => {
        const answer = await next()
        await endpoint.clock.sleep(9_000)
        return answer
      })
      const order = run.desk.call({
        ...{ key: 's', client: endpoint.own, what: placing(restingOrder()) },
      })
      await endpoint.clock.pass(100)
      assert.lengthOf(endpoint.lines(PLACE), 2)
      run.stop('it was stopped')
      const stoppedAt = endpoint.clock.now()
      assert.deepInclude(await order, { kind: 'not sent', why: 'it was stopped' })
      assert.equal(endpoint.clock.now(), stoppedAt)
      await endpoint.clock.run(run.desk.close('s'))
      await endpoint.clock.run(run.finish())
      assert.deepEqual(statusesOf(endpoint), ['CANCELED'])
    }))

  it('leaves no order working and places none, whenever it is stopped', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.nat(900),
        fc.array(fc.record({ ms: fc.nat(400), loses: fc.boolean() }), {
          minLength: 1,
          maxLength: 6,
        }),
        (stopAfter, orders) =>
          atEndpoint({}, async (endpoint) => {
            const run = await endpoint.started()
            let stoppedAt = Number.POSITIVE_INFINITY
            const late: number[] = []
            endpoint.answering(PLACE, async ({ at }, next) => {
              if (at > stoppedAt) late.push(at)
              const { loses = false, ms = 0 } = orders[endpoint.lines(PLACE).length - 2] ?? {}
              const answer = await next()
              await endpoint.clock.sleep(ms)
              if (loses) throw new TypeError('fetch failed')
              return answer
            })
            const scenarios = orders.map(async (_, each) => {
              const key = `s${each % 3}-${each}`
              await run.desk.open(key, key)
              for (let again = 0; again < 2; again++) {
                await run.desk.call({ key, client: endpoint.own, what: placing(restingOrder()) })
              }
              return run.desk.close(key)
            })
            endpoint.clock.setTimer(stopAfter, () => {
              stoppedAt = endpoint.clock.now()
              run.stop('it was stopped')
            })
            await endpoint.clock.run(Promise.all(scenarios))
            const { leftWorking } = await endpoint.clock.run(run.finish())
            assert.deepEqual([leftWorking, late], [[], []])
            assert.isTrue(statusesOf(endpoint).every((status) => status === 'CANCELED'))
            assert.deepEqual(readJournal(endpoint.journalFile).open, [])
          }),
      ),
      { numRuns: 25 },
    )
  })
})

describe('A run whose endpoint hangs', () => {
  it('ends in its time all the same, and tells what may be working', () =>
    atEndpoint({}, async (endpoint) => {
      const began = endpoint.clock.now()
      const run = await endpoint.started()
      await run.desk.open('s', 's')
      const order = successIn<Order>(await endpoint.call(run, 's', placing(restingOrder())))
      endpoint.answering(/./, () => new Promise<Response>(() => {}))
      const query = await endpoint.call(
        run,
        's',
        operation('queryOrder', { params: { id: order.orderId } }),
      )
      assert.equal(query.kind, 'not sent')
      const { leftWorking } = await endpoint.clock.run(run.desk.close('s'))
      assert.deepInclude(leftWorking[0], {
        ...{ orderId: order.orderId, why: 'the time of the run was used up' },
      })
      const end = await endpoint.clock.run(run.finish())
      assert.deepInclude(end.leftWorking[0], { orderId: order.orderId })
      assert.isBelow(endpoint.clock.now() - began, 240_000)
      assert.lengthOf(readJournal(endpoint.journalFile).open, 1)
    }))
})

describe('A run after one that was killed', () => {
  for (const accept of ['header', 'cookie'] as const) {
    it(`first cancels what that one left, with tokens in the ${accept}`, () =>
      atEndpoint({ simulation: { 'auth.accept': accept } }, async (endpoint) => {
        await killedRun(endpoint)
        assert.deepEqual(statusesOf(endpoint), ['RECEIVED', 'RECEIVED'])
        endpoint.requests.length = 0
        const { run, close } = endpoint.open()
        assert.isUndefined(await endpoint.clock.run(run.start()))
        assert.deepEqual(statusesOf(endpoint), ['CANCELED', 'CANCELED'])
        const placed = endpoint.lines().findIndex((line) => PLACE.test(line))
        const cancelled = endpoint.lines().findLastIndex((line) => line.startsWith('DELETE'))
        assert.isAbove(placed, cancelled)
        const end = await endpoint.clock.run(run.finish())
        assert.deepEqual(end.leftWorking, [])
        assert.equal(end.placed, 1, 'orders of the earlier run are counted')
        close()
        const { open, unfinishedBy } = readJournal(endpoint.journalFile)
        assert.deepEqual([open, unfinishedBy], [[], undefined])
      }))

    it(`can only clean up, with tokens in the ${accept}`, () =>
      atEndpoint({ simulation: { 'auth.accept': accept } }, async (endpoint) => {
        await killedRun(endpoint)
        const { pending } = endpoint.clock
        const { run, close } = endpoint.open()
        const result = await endpoint.clock.run(run.cleanUp())
        assert.sameMembers('orders' in result ? result.orders.map(({ status }) => status) : [], [
          'CANCELED',
          'CANCELED',
        ])
        assert.deepEqual('left' in result ? result.left : undefined, [])
        close()
        assert.deepEqual(statusesOf(endpoint), ['CANCELED', 'CANCELED'])
        assert.equal(endpoint.clock.pending, pending, 'a timer is left')
      }))
  }

  it('begins nothing while something may be working that cannot be ended', () =>
    atEndpoint({}, async (endpoint) => {
      await killedRun(endpoint)
      endpoint.requests.length = 0
      endpoint.answering(/^DELETE/, () => new Response(null, { status: 403 }))
      const { run } = endpoint.open()
      const why = await endpoint.clock.run(run.start())
      assert.match(
        why ?? '',
        /^orders of an earlier run may be working still, and could not be ended: \d+ \(client id rest-\d+\): its cancellation was answered HTTP 403, and it is NEW still; /,
      )
      assert.isEmpty(endpoint.lines(PLACE))
      assert.lengthOf((await endpoint.clock.run(run.finish())).leftWorking, 2)
    }))

  it('tries its login once where that is refused, whatever there is to clean up', () =>
    atEndpoint({}, async (endpoint) => {
      await killedRun(endpoint)
      endpoint.requests.length = 0
      endpoint.answering(/login/, () => new Response(null, { status: 401 }))
      const { run } = endpoint.open()
      assert.match((await endpoint.clock.run(run.start())) ?? '', /^the login was refused/)
      const { leftWorking } = await endpoint.clock.run(run.finish())
      assert.lengthOf(leftWorking, 2)
      assert.deepEqual(endpoint.lines(), ['POST /v2/sso/login'])
      const cleaning = endpoint.open().run
      const result = await endpoint.clock.run(cleaning.cleanUp())
      assert.match('why' in result ? result.why : '', /^the login was refused/)
      assert.lengthOf(endpoint.lines(), 2)
    }))

  it('is refused where that one is still at work, and where its orders are of another login', () =>
    atEndpoint({}, async (endpoint) => {
      await killedRun(endpoint)
      const other = {
        ...endpoint.config,
        credentials: { ...endpoint.config.credentials, user: 'eve' },
      }
      assert.throws(() => endpoint.open(other), RunRefusedError, /tells of 2 orders/)
      const owner = ownerOf(endpoint)
      const line = JSON.stringify({ kind: 'run', at: '2026', pid: process.ppid, owner })
      appendFileSync(endpoint.journalFile, `\n${line}\n`)
      const { length } = readFileSync(endpoint.journalFile)
      assert.throws(() => endpoint.open(), RunRefusedError, /is at work in the directory/)
      assert.lengthOf(readFileSync(endpoint.journalFile), length, 'it wrote')
    }))
})

describe('The facts of a run', () => {
  it('are those of the configuration, with a second token that nobody has used', () =>
    atEndpoint(
      { env: { INTEGRAL_ALLOW_RESEND: '1', INTEGRAL_PROBE_LOGIN: 'off' } },
      async (endpoint) => {
        const run = await endpoint.started()
        await run.desk.open('s', 's')
        const reply = await endpoint.call(run, 's', RATE)
        const facts = await run.desk.facts('s', 0)
        assert.deepEqual(facts.capabilities, ['use tokens', 'resend trades'])
        assert.match(facts.runId, /^ih[0-9a-z]+$/)
        const spare = facts.spare?.token ?? assert.fail('no second token')
        assert.notEqual(reply.session?.token, spare)
        assert.isFalse(endpoint.requests.some(({ token }) => token === spare))
        assert.includeMembers([...facts.secrets], [spare, endpoint.config.credentials.password])
        assert.doesNotThrow(() => structuredClone([facts, reply]))
      },
    ))

  it('offer no tokens under HMAC, where every signature is told to whoever has it', () =>
    atEndpoint({ auth: 'hmac' }, async (endpoint) => {
      const run = await endpoint.started()
      const facts = await run.desk.facts('s', 0)
      assert.deepEqual([facts.spare, facts.capabilities], [undefined, []])
      assert.include(facts.secrets, endpoint.config.hmacSecret)
      await run.desk.open('s', 's')
      await run.desk.open('t', 't')
      const { secrets } = await endpoint.call(run, 's', RATE)
      const { authorization } = endpoint.requests.at(-1) ?? assert.fail('nothing was sent')
      const [, signature] = /signature="([^"]+)"/.exec(authorization ?? '') ?? []
      assert.deepEqual(secrets, [signature ?? 'none'])
      await endpoint.clock.pass(1_000)
      assert.notInclude((await endpoint.call(run, 't', RATE)).secrets, signature)
    }))
})

describe('What a run writes', () => {
  it('has no secret in it, and every request before it left', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      await run.desk.open('s', 's')
      const file = join(endpoint.folder, 'transcript.ndjson')
      const lines = () =>
        readFileSync(file, 'utf8')
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line))
      endpoint.answering(/rates/, (_, next) => {
        assert.deepInclude(lines().at(-1), { phase: 'sent', scenario: 's' })
        return next()
      })
      const reply = await endpoint.call(run, 's', RATE)
      assert.deepInclude(lines().at(-1), { phase: 'ended', scenario: 's', operation: 'spotRate' })
      const facts = await run.desk.facts('s', 0)
      const written = readFileSync(file, 'utf8') + readFileSync(endpoint.journalFile, 'utf8')
      for (const secret of [...facts.secrets, reply.session?.token ?? '-']) {
        assert.notInclude(written, secret)
      }
    }))
})
