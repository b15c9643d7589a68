import { describe, it, type TestContext } from 'node:test'
import { assert } from 'chai'
import { NoAnswerError } from '../../src/api/client/no-answer-error.ts'
import type { PlaceOrderRequest } from '../../src/api/contract/orders.ts'
import type { Backend } from '../../src/backends/backend.ts'
import { NotVerifiedError } from '../../src/backends/not-verified-error.ts'
import { openBackend } from '../../src/backends/open-backend.ts'
import { createServedBackend } from '../../src/backends/served/served-backend.ts'
import { createSimulationBackend } from '../../src/backends/simulation-backend.ts'
import { VIRTUAL_START } from '../../src/mocks/exchange/virtual-clock.ts'
import type { Fault } from '../../src/mocks/http/fault.ts'
import { open } from '../control/open.ts'

const SEED = 'a scenario'

/** A backend at a server of this test. */
async function opened(t: TestContext, label = 'a.feature:1 One') {
  const { server, control } = await open(t)
  const backend = createServedBackend({ origin: server.origin, seed: SEED, label })
  t.after(() => backend.close())
  assert.isUndefined(await backend.open())
  const [{ name = '' } = {}] = await control.organisations()
  return { server, control, backend, organisation: control.organisation(name) }
}

const thrownBy = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => undefined,
    (error: unknown) => error,
  )

const anOrder: PlaceOrderRequest = {
  coId: 'c1',
  type: 'Limit',
  side: 'Buy',
  symbol: 'EUR/USD',
  currency: 'EUR',
  size: 10_000,
  timeInForce: 'GTC',
  price: 1.2,
}
const aFault = { operation: 'placeOrder', kind: 'cut', when: 'before' } as const

/** What a client sees of an order whose placing is disturbed, and when. */
async function disturbedBy(fault: Fault, backend: Backend) {
  const client = backend.connect(backend.credentialsOf('Ada'))
  await client.login()
  await backend.control?.stageFault(fault)
  const placed = await thrownBy(client.placeOrder(anOrder))
  await client.queryOrdersByCoId(anOrder.coId)
  await backend.waitFor(10)
  await client.queryActiveOrders()
  const exchanges = backend.transcript.whole.map(({ at, tookMs, response, error }) => ({
    ...{
      at,
      tookMs,
      status: response?.status,
      body: response?.body,
      hasError: error !== undefined,
    },
  }))
  return { hasAnswer: placed === undefined, exchanges }
}

describe('a served backend', () => {
  it('begins an organisation of its own, and removes it', async (t) => {
    const { server, control, backend, organisation } = await opened(t)
    const other = createServedBackend({
      origin: server.origin,
      seed: SEED,
      label: 'a.feature:2 One',
    })
    await other.open()
    const all = await control.organisations()
    assert.lengthOf(new Set(all.map(({ name }) => name)), 2)
    const { seed, now, pace } = await organisation.showOrganisation()
    assert.deepEqual({ seed, now, pace }, { seed: SEED, now: VIRTUAL_START, pace: 0 })
    await other.close()
    await backend.close()
    assert.isEmpty(await control.organisations())
  })

  it('has the people that the simulation in process has', async (t) => {
    const { backend } = await opened(t)
    const inProcess = createSimulationBackend({ seed: SEED })
    const max = { name: 'Max', mayTrade: false, elsewhere: true }
    const enrolledHere = [
      inProcess.credentialsOf('Ada'),
      await inProcess.control?.enrol(max),
      inProcess.credentialsOf('Grace'),
    ]
    const enrolledThere = [
      backend.credentialsOf('Ada'),
      await backend.control?.enrol(max),
      backend.credentialsOf('Grace'),
    ]
    assert.deepEqual(enrolledThere, enrolledHere)
    for (const credentials of enrolledThere) {
      if (!credentials) throw new Error('Nobody was enrolled.')
      assert.equal((await backend.connect(credentials).login()).kind, 'success')
    }
  })

  it('lets in nobody who was not enrolled', async (t) => {
    const { backend } = await opened(t)
    const { org } = backend.credentialsOf('Ada')
    const stranger = backend.connect({ user: 'Eve', password: 'a guess', org })
    assert.equal((await stranger.login()).kind, 'refusal')
  })

  it('sends nothing before everybody is enrolled', async (t) => {
    const { backend } = await opened(t)
    // The control API takes no name as long as that.
    const nobody = backend.connect(backend.credentialsOf('x'.repeat(256)))
    const error = await thrownBy(nobody.login())
    assert.instanceOf(error, NoAnswerError)
    assert.match(String(Object(error).cause), /^ControlError: Failed to read user: /)
    assert.isUndefined(backend.lost)
  })

  it('takes the time for its own, and says so where it is not', async (t) => {
    const { backend, organisation } = await opened(t)
    await backend.waitFor(500)
    assert.equal((await organisation.showClock()).now, VIRTUAL_START + 500)
    await organisation.advanceClock({ ms: 1 })
    assert.match(String(await thrownBy(backend.waitFor(1))), /somebody else moved its clock/)
  })

  const disturbances: readonly Fault[] = [
    { operation: 'placeOrder', kind: 'cut', when: 'after' },
    { operation: 'placeOrder', kind: 'gateway error', status: 502, when: 'after' },
    { operation: 'placeOrder', kind: 'status', status: 418, headers: { Date: 'yesterday' } },
    { operation: 'placeOrder', kind: 'truncated body' },
    { operation: 'placeOrder', kind: 'latency', ms: 700 },
    { operation: 'placeOrder', kind: 'slow body', bytes: 100, everyMs: 50 },
  ]
  for (const fault of disturbances) {
    it(`shows a fault as the simulation in process does: ${fault.kind}`, async (t) => {
      const { backend, organisation } = await opened(t)
      const here = await disturbedBy(fault, createSimulationBackend({ seed: SEED }))
      const there = await disturbedBy(fault, backend)
      assert.deepEqual(there, here)
      assert.isUndefined(backend.lost)
      assert.equal((await organisation.showClock()).now, backend.clock.now())
    })
  }

  it('goes along with the time that a disturbed answer takes', async (t) => {
    const { backend } = await opened(t)
    const client = backend.connect(backend.credentialsOf('Ada'))
    await client.login()
    await backend.control?.stageFault({ operation: 'placeOrder', kind: 'latency', ms: 700 })
    await client.placeOrder(anOrder)
    assert.equal(backend.clock.now(), VIRTUAL_START + 700)
    await backend.waitFor(1)
  })

  it('tells a connection that is cut from a server that is gone', async (t) => {
    const { server, backend } = await opened(t)
    const client = backend.connect(backend.credentialsOf('Ada'))
    await client.login()
    await backend.control?.stageFault(aFault)
    assert.instanceOf(await thrownBy(client.placeOrder(anOrder)), NoAnswerError)
    assert.isUndefined(backend.lost)
    assert.equal((await client.placeOrder(anOrder)).kind, 'success')
    await server.close()
    assert.instanceOf(await thrownBy(client.queryActiveOrders()), NoAnswerError)
    assert.isDefined(backend.lost)
  })

  it('knows at the first call that the server is gone, and ends all the same', async (t) => {
    const { server, backend } = await opened(t)
    const client = backend.connect(backend.credentialsOf('Ada'))
    await client.login()
    await client.placeOrder(anOrder)
    await server.close()
    assert.instanceOf(await thrownBy(client.queryActiveOrders()), NoAnswerError)
    assert.match(
      String(backend.lost),
      /^the server that the run had started does not answer any more/,
    )
    const error = await thrownBy(Promise.resolve(backend.control?.freezeMarket()))
    assert.instanceOf(error, NotVerifiedError)
    assert.deepEqual(await backend.close(), [])
  })

  it('is not to be run where the server is gone before it begins', async (t) => {
    const { server } = await open(t)
    await server.close()
    const backend = createServedBackend({ origin: server.origin, seed: SEED, label: 'x' })
    assert.match(String(await backend.open()), /does not answer any more \(ECONNREFUSED\)$/)
    await backend.close()
  })

  it('refuses another machine, and what only the simulation in process can be', async () => {
    const options = { seed: 's', key: 'k', label: 'l' }
    const opening = (more: object) => thrownBy(openBackend('served', { ...options, ...more }))
    const far = 'http://integral.com'
    assert.match(String(await opening({ server: far })), /integral\.com is not this machine/)
    assert.match(String(await opening({})), /Run the scenarios with "verify --target served"/)
    const deviating = { server: 'http://127.0.0.1:1', deviation: 'x' }
    assert.match(String(await opening(deviating)), /Only the simulation in process deviates/)
  })
})
