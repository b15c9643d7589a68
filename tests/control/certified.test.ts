import { describe, it, type TestContext } from 'node:test'
import { assert } from 'chai'
import { createIntegralClient } from '../../src/api/client/create-integral-client.ts'
import type { PlaceOrderRequest } from '../../src/api/contract/orders.ts'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import { VIRTUAL_START, VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { GoodApp } from '../evidence/client/good-app.ts'
import { limit, open } from './open.ts'

/** A server and an app that live by one clock, so that nothing depends on how fast either is. */
async function setUp(t: TestContext, settings: Partial<Settings> = {}) {
  const clock = new VirtualClock(VIRTUAL_START)
  const { server, org } = await open(t, { host: clock, time: 'real', settings })
  const client = createIntegralClient({
    ...{ baseUrl: server.origin, fetch, clock },
    credentials: { user: 'ada', password: 'correct horse', org: 'Acme' },
  })
  return { acme: org('Acme'), client, app: new GoodApp(client, clock) }
}

type Set = Awaited<ReturnType<typeof setUp>>

/** Puts every *must* to the test, as the report says how to: all but the trades, which are left so far. */
async function putToTheTest({ acme, app }: Set): Promise<void> {
  await acme.stageFault({ operation: 'placeOrder', kind: 'cut', when: 'after' })
  for (const coId of ['a', 'b']) {
    await acme.scriptOutcome({ match: { coId }, outcome: { kind: 'fill' } })
    await app.follow(String(await app.buyQuoted(coId)))
  }
  await acme.expireTokens()
  await acme.scriptOutcome({
    match: { coId: 'c' },
    outcome: { kind: 'fill', new: { ms: 30_000 } },
  })
  await app.follow(String(await app.place(limit('c') as PlaceOrderRequest)))
}

const rulesIn = ({ findings }: Awaited<ReturnType<Set['acme']['clientReport']>>) =>
  (findings as { rule: string }[]).map(({ rule }) => rule)

describe('An app at the server', () => {
  it('that does everything right is certified, once everything was put to the test', async (t) => {
    const set = await setUp(t, { tokenTtlMs: 20_000 })
    await putToTheTest(set)
    await set.app.downloadAll()
    const report = await set.acme.clientReport()
    assert.deepEqual(rulesIn(report), [])
    assert.equal(report.verdict, 'certified', await set.acme.clientReportText())
  })

  it('that does the same, and leaves one trade, is not certified', async (t) => {
    const set = await setUp(t, { tokenTtlMs: 20_000 })
    await putToTheTest(set)
    await set.app.downloadAll()
    await set.acme.scriptOutcome({ match: { coId: 'd' }, outcome: { kind: 'fill' } })
    await set.app.follow(String(await set.app.place(limit('d') as PlaceOrderRequest)))
    const report = await set.acme.clientReport()
    assert.deepEqual(rulesIn(report), ['client.trades-left'])
    assert.equal(report.verdict, 'not certified')
  })

  it('that places again what a server error had taken is told so', async (t) => {
    const { acme, client } = await setUp(t, { 'fault.place5xx': 'accepted' })
    await client.login()
    await acme.stageFault({ operation: 'placeOrder', status: 503 })
    for (let times = 0; times < 2; times++) {
      await client.placeOrder(limit('taken') as PlaceOrderRequest)
    }
    assert.include(rulesIn(await acme.clientReport()), 'client.look-up-lost')
  })
})

describe('The journal tells of a disturbed call', () => {
  it('whether it did its work all the same', async (t) => {
    const { acme, client } = await setUp(t)
    await client.login()
    const placing = { operation: 'placeOrder' } as const
    const seen = async (fault: object | undefined, order = {}) => {
      if (fault) await acme.stageFault({ ...placing, ...fault } as never)
      const sent = { ...limit(`order-${(await acme.listOrders()).length}`), ...order }
      const orders = (await acme.listOrders()).length
      await client.placeOrder(sent as PlaceOrderRequest).catch(() => {})
      const { entries } = await acme.showJournal()
      const tookEffect = entries.findLast(({ kind }) => kind === 'call')?.tookEffect
      if (fault) assert.equal((await acme.listOrders()).length > orders, tookEffect)
      return tookEffect
    }
    assert.isUndefined(await seen(undefined))
    assert.isTrue(await seen({ kind: 'cut', when: 'after' }))
    assert.isFalse(await seen({ kind: 'cut', when: 'before' }))
    assert.isFalse(await seen({ kind: 'cut', when: 'after' }, { size: 'much' }))
    assert.isTrue(await seen({ kind: 'malformed JSON' }))
    assert.isTrue(await seen({ kind: 'duplicate request' }))
    assert.isFalse(await seen({ kind: 'rate limited', retryAfterSeconds: 1 }))
    assert.isFalse(await seen({ status: 500 }))
    assert.isTrue(await seen({ kind: 'latency', ms: 5 }))
    assert.isFalse(await seen({ kind: 'latency', ms: 5 }, { size: 'much' }))
    assert.isFalse(await seen({ kind: 'expired token' }))
  })

  it('what disturbed it where its coId asked for that, anew after a reset', async (t) => {
    const { acme, client } = await setUp(t)
    for (let times = 0; times < 2; times++) {
      await acme.reset()
      await client.login()
      await client.placeOrder(limit('mine~cut-after') as PlaceOrderRequest).catch(() => {})
      const { entries } = await acme.showJournal()
      assert.deepInclude(entries.at(-1), { fault: 'cut', tookEffect: true })
      assert.lengthOf(await acme.listOrders(), 1)
    }
  })
})
