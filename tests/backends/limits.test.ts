import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { Journal } from '../../src/backends/endpoint/journal.ts'
import { Limits } from '../../src/backends/endpoint/limits.ts'
import { openLogins } from '../../src/backends/endpoint/login.ts'
import { OrderLedger } from '../../src/backends/endpoint/order-ledger.ts'
import type { CallRequest } from '../../src/backends/endpoint/protocol.ts'
import type { ScenarioRoom } from '../../src/backends/endpoint/scenario-room.ts'
import { configOf, PASSWORD } from './environment.ts'
import { operation, restingOrder } from './simulated-endpoint.ts'
import { SteppingClock } from './stepping-clock.ts'
import { inFolder } from './temporary-folder.ts'

const OWN = { user: 'ada', password: PASSWORD, org: 'ORG1' }
const WRONG = { ...OWN, password: 'not that one' }

interface Set {
  readonly limits: Limits
  readonly clock: SteppingClock
  readonly ledger: OrderLedger
  readonly room: ScenarioRoom
  problem(what: CallRequest['what'], credentials?: typeof OWN): string | undefined
}

function withLimits(
  env: Readonly<Record<string, string>>,
  use: (set: Set) => void | Promise<void>,
): Promise<void> {
  return inFolder(async (folder) => {
    const clock = new SteppingClock(1_000_000)
    const journal = new Journal(join(folder, 'journal.ndjson'))
    const ledger = new OrderLedger(journal, [], 0)
    const config = configOf('http://127.0.0.1:9', env)
    const limits = new Limits(config, clock, ledger, clock.now() + 225_000)
    const [login] = openLogins(config, clock)
    const room = { login, endsAt: clock.now() + 60_000, isClosing: false } as ScenarioRoom
    const problem: Set['problem'] = (what, credentials = OWN) =>
      limits.problem(room, { key: 's', client: { credentials }, what })
    await use({ limits, clock, ledger, room, problem })
    limits.close()
    assert.equal(clock.pending, 0, 'a timer is left')
    journal.close()
  })
}

const login = (body: object) => operation('login', { body })
const rate = operation('spotRate', { query: { symbol: 'EUR/USD' } })

describe('What a run may do to an account', () => {
  it('is one login with a wrong password, however it is made', () =>
    withLimits({}, ({ problem }) => {
      assert.isUndefined(problem({ kind: 'login' }))
      assert.isUndefined(problem({ kind: 'login' }, WRONG))
      const second = 'a run tries one login with a wrong password at most'
      for (const kind of ['login', 'renew', 'ensureSession'] as const) {
        assert.equal(problem({ kind }, WRONG), second)
      }
      // Whoever has no session logs in first, whatever is asked.
      assert.equal(problem(rate, WRONG), second)
      assert.equal(problem(operation('placeOrder', { body: restingOrder() }), WRONG), second)
      assert.equal(problem(login({ user: 'ada', pass: 'x', org: 'ORG1' })), second)
      assert.equal(problem(login({ user: 'ada', pass: '', org: 'ORG1' })), second)
      assert.isUndefined(problem(rate))
    }))

  it('counts a call that would log in with another password, also where it comes first', () =>
    withLimits({}, ({ problem }) => {
      assert.isUndefined(problem(rate, WRONG))
      assert.isDefined(problem({ kind: 'login' }, WRONG))
    }))

  it('does not count what sends a token of its own, or none', () =>
    withLimits({ INTEGRAL_PROBE_LOGIN: 'off' }, ({ problem }) => {
      assert.isUndefined(problem(operation('spotRate', { token: 'made up' }), WRONG))
      assert.isUndefined(problem(operation('spotRate', { token: null }), WRONG))
      assert.isUndefined(problem({ kind: 'forgetSession' }, WRONG))
    }))

  it('is no login that must fail where probing is off', () =>
    withLimits({ INTEGRAL_PROBE_LOGIN: 'off' }, ({ problem }) => {
      const off = 'INTEGRAL_PROBE_LOGIN is off'
      assert.equal(problem({ kind: 'login' }, WRONG), off)
      assert.equal(problem({ kind: 'login' }, { ...OWN, org: 'OTHER' }), off)
      assert.equal(problem(login({ user: 'ada', pass: 'x' })), off)
      assert.equal(problem(login({ pass: PASSWORD })), off)
      assert.isUndefined(problem({ kind: 'login' }))
    }))

  it('is no login without a password, also one written to the letter', () =>
    withLimits({}, ({ problem }) => {
      const why = 'a login without a password might count as a failed one'
      assert.equal(problem(login({ user: 'ada', org: 'ORG1' })), why)
      assert.equal(problem(operation('login', { rawBody: '{"user":"ada"' })), why)
      assert.isUndefined(problem(login({ pass: PASSWORD })))
      const raw = (pass: string) => operation('login', { rawBody: JSON.stringify({ pass }) })
      assert.isUndefined(problem(raw('wrong')))
      assert.isDefined(problem(raw('wrong')))
    }))

  it('is no resend, unless it is allowed', async () => {
    const resend = operation('resendTrades', { body: {} })
    await withLimits({}, ({ problem }) => {
      assert.equal(problem(resend), 'INTEGRAL_ALLOW_RESEND is not set')
    })
    await withLimits({ INTEGRAL_ALLOW_RESEND: '1' }, ({ problem }) => {
      assert.isUndefined(problem(resend))
    })
  })

  it('is bounded by the caps, also for what is written to the letter', () =>
    withLimits({ INTEGRAL_MAX_ORDERS: '3', INTEGRAL_MAX_OPEN_ORDERS: '2' }, (set) => {
      const { ledger, problem } = set
      const place = (body: object) => operation('placeOrder', { body })
      assert.match(problem(place(restingOrder({ size: 100_001 }))) ?? '', /above the cap/)
      const rawBody = JSON.stringify(restingOrder({ size: 100_001 }))
      assert.match(problem(operation('placeOrder', { rawBody })) ?? '', /above the cap/)
      assert.isUndefined(problem(place(restingOrder())))
      const first = ledger.placing({ key: 's', login: { number: 1 } }, restingOrder())
      ledger.placing({ key: 's', login: { number: 1 } }, restingOrder())
      assert.match(problem(place(restingOrder())) ?? '', /2 open orders at once/)
      ledger.end(first, 'absent', 'refused')
      assert.isUndefined(problem(place(restingOrder())))
      ledger.end(
        ledger.placing({ key: 's', login: { number: 1 } }, restingOrder()),
        'absent',
        'refused',
      )
      assert.match(problem(operation('placeOrder', { rawBody: '{"half' })) ?? '', /3 orders per/)
    }))
})

describe('The end of a run', () => {
  it('comes when its time is up, less what cleaning up may take', () =>
    withLimits({}, async ({ limits, clock, room, problem }) => {
      await clock.pass(59_999)
      assert.isUndefined(problem(rate))
      await clock.pass(1)
      assert.equal(problem(rate), 'the time of the scenario (60 s) is used up')
      assert.isUndefined(limits.over)
      await clock.pass(165_000)
      const why = 'the time of the run (240 s, less what cleaning up may take) is used up'
      assert.deepEqual(
        [limits.over, limits.hindrance(room), await limits.whenOver],
        [why, why, why],
      )
    }))

  it('comes when it is stopped, and the first reason counts', () =>
    withLimits({}, async ({ limits, problem }) => {
      limits.stop('SIGINT')
      limits.stop('SIGTERM')
      assert.deepEqual([limits.over, problem(rate), await limits.whenOver], Array(3).fill('SIGINT'))
    }))

  it('comes for a scenario that is closing before it comes for others', () =>
    withLimits({}, ({ limits, room }) => {
      room.isClosing = true
      assert.equal(limits.hindrance(room), 'the scenario has ended')
      assert.isUndefined(limits.over)
    }))
})
