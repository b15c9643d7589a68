import { describe, it } from 'node:test'
import { assert } from 'chai'
import { clientReportSchema } from '../../../src/evidence/client/client-report.ts'
import { clientReportText } from '../../../src/evidence/client/client-report-text.ts'
import { Driven } from './driven.ts'
import { GoodApp } from './good-app.ts'

/*
 * The simulation driven by real clients: one that is as it should be, and one for each bad habit.
 */

const rulesFound = (driven: Driven) => driven.report().findings.map(({ rule }) => rule)
const HELD = { kind: 'fill', new: 'held' } as const
const LIMIT = {
  type: 'Limit',
  timeInForce: 'GTC',
  side: 'Buy',
  symbol: 'EUR/USD',
  currency: 'EUR',
  size: 1_000,
  price: 0.5,
} as const

/** Lets the next order be filled at once, places it and follows it. */
async function filled(driven: Driven, app: GoodApp, coId: string): Promise<string> {
  driven.simulation.exchange.outcomes.script(coId, { kind: 'fill' })
  const orderId = await app.place({ ...LIMIT, coId })
  assert.isDefined(orderId)
  await app.follow(orderId ?? '')
  return orderId ?? ''
}

function setUp(...options: ConstructorParameters<typeof Driven>) {
  const driven = new Driven(...options)
  const client = driven.client()
  return { driven, client, app: new GoodApp(client, driven.clock) }
}

describe('a client that is as it should be', () => {
  it('is certified once everything was put to the test', async () => {
    const { driven, app } = setUp({ tokenTtlMs: 20_000 })
    const { outcomes } = driven.simulation.exchange
    driven.stage({ operation: 'placeOrder', kind: 'cut', when: 'after' })
    for (const coId of ['a', 'b']) {
      outcomes.script(coId, { kind: 'fill' })
      const orderId = await app.buyQuoted(coId)
      if (orderId) await app.follow(orderId)
    }
    driven.expireTokens()
    outcomes.script('c', { kind: 'fill', new: { ms: 30_000 } })
    const orderId = await app.place({ ...LIMIT, coId: 'c' })
    if (orderId) await app.follow(orderId)
    await app.downloadAll()
    const report = driven.report()
    assert.deepEqual(report.findings, [])
    assert.equal(report.verdict, 'certified', clientReportText(report))
    assert.deepEqual(clientReportSchema.parse(JSON.parse(JSON.stringify(report))), report)
  })

  it('is told what it was not tested for', async () => {
    const { driven, app } = setUp()
    await filled(driven, app, 'a')
    await app.downloadAll()
    const report = driven.report()
    assert.deepEqual(report.findings, [])
    assert.equal(report.verdict, 'incomplete')
    const open = report.rules.filter(
      ({ result, weight }) => result === 'not verified' && weight === 'must',
    )
    assert.deepEqual(
      open.map(({ id }) => id),
      ['client.renew-in-time', 'client.refused-token', 'client.look-up-lost', 'client.co-id-once'],
    )
    for (const { why, toSee } of open) assert.isTrue(Boolean(why && toSee))
  })
})

type Habit = (set: ReturnType<typeof setUp>) => Promise<void>

/** A bad habit for each rule. */
const habits: Readonly<Record<string, Habit>> = {
  'client.renew-in-time': async ({ driven }) => {
    const client = driven.client({ autoRenew: false })
    await client.spotRate('EUR/USD')
    await driven.clock.sleep(70_000)
    await client.spotRate('EUR/USD')
    await client.renew()
    await client.spotRate('EUR/USD')
  },
  'client.refused-token': async ({ driven }) => {
    const client = driven.client({ autoRenew: false })
    await client.spotRate('EUR/USD')
    driven.expireTokens()
    for (let times = 0; times < 4; times++) {
      await client.spotRate('EUR/USD')
      await driven.clock.sleep(1_000)
    }
  },
  'client.token-kept': async ({ driven, client }) => {
    for (let times = 0; times < 5; times++) {
      client.forgetSession()
      await client.spotRate('EUR/USD')
      await driven.clock.sleep(1_000)
    }
  },
  'client.login-refused': async ({ driven }) => {
    const { name: user, org } = driven.user
    const client = driven.client({ credentials: { user, org, password: 'wrong-password' } })
    for (let times = 0; times < 5; times++) await client.login()
  },
  'client.quoted-price': async ({ driven, client, app }) => {
    const rate = await client.spotRate('EUR/USD')
    assert.equal(rate.kind, 'success')
    if (rate.kind !== 'success') return
    const { rateId, bid } = rate.value
    const quoted = { type: 'PQ', timeInForce: 'FOK', rateId, price: bid } as const
    const id = await app.place({ ...LIMIT, ...quoted, coId: 'a' })
    if (id) await app.follow(id)
    await driven.clock.sleep(1)
  },
  'client.rate-fresh': async ({ driven, client, app }) => {
    const rate = await client.spotRate('EUR/USD')
    assert.equal(rate.kind, 'success')
    if (rate.kind !== 'success') return
    await driven.clock.sleep(9_000)
    const { rateId, offer: price } = rate.value
    const quoted = { type: 'PQ', timeInForce: 'FOK', rateId, price } as const
    const id = await app.place({ ...LIMIT, ...quoted, coId: 'a' })
    if (id) await app.follow(id)
  },
  'client.look-up-lost': async ({ driven, client, app }) => {
    driven.stage({ operation: 'placeOrder', kind: 'cut', when: 'after' })
    await client.placeOrder({ ...LIMIT, coId: 'a' }).catch(() => {})
    await filled(driven, app, 'b')
    await app.downloadAll()
    await client.cancelOrder(driven.simulation.exchange.desk.orders[0]?.orderId ?? '')
  },
  'client.co-id-once': async ({ driven, client, app }) => {
    await filled(driven, app, 'a')
    await client.placeOrder({ ...LIMIT, coId: 'a' })
    await app.downloadAll()
  },
  'client.poll-pace': async ({ driven, client, app }) => {
    driven.simulation.exchange.outcomes.script('a', HELD)
    const id = (await app.place({ ...LIMIT, coId: 'a' })) ?? ''
    for (let times = 0; times < 6; times++) {
      await client.queryOrder(id)
      await driven.clock.sleep(20)
    }
    driven.simulation.exchange.desk.proceed(id)
    await app.follow(id)
    await app.downloadAll()
  },
  'client.poll-overlap': async ({ driven, app }) => {
    const slow = driven.client({
      fetch: driven.slowly(1_000),
    })
    driven.simulation.exchange.outcomes.script('a', HELD)
    const id = (await app.place({ ...LIMIT, coId: 'a' })) ?? ''
    await slow.ensureSession()
    await Promise.all([slow.queryOrder(id), slow.queryOrder(id)])
    driven.simulation.exchange.desk.proceed(id)
    await app.follow(id)
    await app.downloadAll()
  },
  'client.poll-final': async ({ driven, client, app }) => {
    const id = await filled(driven, app, 'a')
    for (let times = 0; times < 3; times++) {
      await driven.clock.sleep(1_000)
      await client.queryOrder(id)
    }
    await app.downloadAll()
  },
  'client.followed-to-end': async ({ client }) => {
    await client.placeOrder({ ...LIMIT, coId: 'a' })
  },
  'client.cancel-finished': async ({ driven, client, app }) => {
    const id = await filled(driven, app, 'a')
    for (let times = 0; times < 3; times++) await client.cancelOrder(id)
    await app.downloadAll()
  },
  'client.download-until-empty': async ({ driven, client, app }) => {
    await filled(driven, app, 'a')
    await client.downloadTrades()
  },
  'client.trades-left': async ({ driven, app }) => {
    await filled(driven, app, 'a')
  },
  'client.lost-download': async ({ driven, client, app }) => {
    await filled(driven, app, 'a')
    driven.stage({ operation: 'downloadTrades', kind: 'cut', when: 'after' })
    await client.downloadTrades().catch(() => {})
    await client.downloadTrades()
  },
  'client.empty-pace': async ({ client }) => {
    for (let times = 0; times < 9; times++) await client.downloadTrades()
  },
  'client.well-formed': async ({ client }) => {
    await client.call('placeOrder', { body: { ...LIMIT, coId: 'a', size: 'much' } })
  },
  'client.known-paths': async ({ driven, client }) => {
    await client.login()
    await driven.fetch(new Request('https://simulation.invalid/v2/order'))
  },
  'client.secrets-hidden': async ({ driven, client }) => {
    await client.login()
    const token = client.session?.token.reveal() ?? ''
    const url = `https://simulation.invalid/v2/rates/spot?symbol=EUR%2FUSD&key=${token}`
    await driven.fetch(new Request(url, { headers: { SSO_TOKEN: token } }))
  },
  'client.back-off': async ({ driven, client }) => {
    for (let times = 0; times < 6; times++) {
      driven.stage({ operation: 'spotRate', status: 503 })
      await client.spotRate('EUR/USD')
    }
  },
  'client.retry-after': async ({ driven, client }) => {
    driven.stage({ operation: 'spotRate', kind: 'rate limited', retryAfterSeconds: 5 })
    await client.spotRate('EUR/USD')
    await driven.clock.sleep(1_000)
    await client.spotRate('EUR/USD')
  },
  'client.request-id': async ({ driven }) => {
    const client = driven.client({ newRequestId: () => 'always-the-same' })
    await client.spotRate('EUR/USD')
    await client.spotRate('EUR/CHF')
  },
}

describe('a client with one bad habit has exactly that finding', () => {
  for (const [rule, habit] of Object.entries(habits))
    it(rule, async () => {
      const set = setUp()
      await habit(set)
      assert.deepEqual(rulesFound(set.driven), [rule])
    })

  it('of every rule that there is', () => {
    const { rules } = new Driven().report()
    assert.deepEqual(rules.map(({ id }) => id).sort(), Object.keys(habits).sort())
  })
})
