import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import type { ClientReport } from '../../../src/evidence/client/client-report.ts'
import type { Settings } from '../../../src/mocks/exchange/settings/settings.ts'
import type { Fault } from '../../../src/mocks/http/fault.ts'
import { Driven } from './driven.ts'
import { GoodApp } from './good-app.ts'

/*
 * Whatever the simulation does, and whatever is staged: a client that does nothing wrong is not found to.
 */

const RUNS = 40
const MOST_ACTIONS = 12

const failure = fc.oneof(
  fc.constantFrom<Partial<Fault>>(
    { kind: 'server error', status: 503 },
    { kind: 'cut', when: 'before' },
    { kind: 'cut', when: 'after' },
    { kind: 'gateway error', status: 502, when: 'before' },
    { kind: 'gateway error', status: 504, when: 'after' },
  ),
)
const fault = fc
  .tuple(
    failure,
    fc.constantFrom(
      ...(['placeOrder', 'queryOrder', 'queryOrders', 'spotRate', 'cancelOrder'] as const),
      ...(['downloadTrades', 'resendTrades', 'login', 'renew'] as const),
    ),
  )
  .map(([of, operation]) => ({ ...of, operation }) as Fault)

const pace = fc.oneof(
  fc.integer({ min: 0, max: 3 }).map((polls) => ({ polls })),
  fc.integer({ min: 0, max: 15_000 }).map((ms) => ({ ms })),
)
const outcome = fc.oneof(
  fc.record({ kind: fc.constant('fill' as const), received: pace, new: pace }),
  fc.record({ kind: fc.constant('reject before NEW' as const), received: pace }),
  fc.record({ kind: fc.constant('reject after NEW' as const), new: pace }),
)

const action = fc.oneof(
  { weight: 4, arbitrary: fc.record({ do: fc.constant('quoted' as const), outcome }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('limit' as const), outcome }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('cancel' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expiry' as const) }) },
  { weight: 2, arbitrary: fc.record({ do: fc.constant('download' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('expire tokens' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.nat(60_000) }) },
  { weight: 4, arbitrary: fc.record({ do: fc.constant('fail' as const), fault }) },
)
type Action = typeof action extends fc.Arbitrary<infer Of> ? Of : never

const settings: fc.Arbitrary<Partial<Settings>> = fc.record({
  tokenTtlMs: fc.integer({ min: 5_000, max: 30_000 }),
  tokenSliding: fc.boolean(),
  'renew.live': fc.constantFrom('extend' as const, 'rotate' as const),
  'query.shape': fc.constantFrom('array' as const, 'object' as const),
  'stp.empty': fc.constantFrom('[]' as const, '204' as const),
  'stp.defaultCount': fc.integer({ min: 1, max: 3 }),
})

const LIMIT = { type: 'Limit', side: 'Buy', symbol: 'EUR/USD', currency: 'EUR' } as const

async function act(driven: Driven, app: GoodApp, of: Action, coId: string): Promise<void> {
  const { outcomes } = driven.simulation.exchange
  const follow = async (id: string | undefined) => void (id && (await app.follow(id)))
  const place = (timeInForce: 'GTC' | 'GTT') =>
    app.place({
      ...LIMIT,
      ...{ coId, timeInForce, size: 1_000, price: 0.5 },
      ...(timeInForce === 'GTT' && { expiryTime: 5 }),
    })
  switch (of.do) {
    case 'quoted':
      outcomes.script(coId, of.outcome)
      return follow(await app.buyQuoted(coId))
    case 'limit':
      outcomes.script(coId, of.outcome)
      return follow(await place('GTC'))
    case 'cancel': {
      outcomes.script(coId, { kind: 'business' })
      const id = await place('GTC')
      if (id) await app.cancelUntilOver(id)
      return
    }
    case 'expiry':
      outcomes.script(coId, { kind: 'expire' })
      return follow(await place('GTT'))
    case 'download':
      return app.downloadAll()
    case 'expire tokens':
      return driven.expireTokens()
    case 'wait':
      return driven.clock.sleep(of.ms)
    case 'fail':
      return driven.stage(of.fault)
  }
}

async function reportOf(
  given: Partial<Settings>,
  actions: readonly (readonly Action[])[],
): Promise<ClientReport> {
  const driven = new Driven(given)
  const apps = actions.map(() => new GoodApp(driven.client(), driven.clock))
  // By turns: they live by one clock, on which one's pause would be another's slow network.
  for (let turn = 0; turn < MOST_ACTIONS; turn++)
    for (const [process, app] of apps.entries()) {
      const next = actions[process]?.[turn]
      if (next) await act(driven, app, next, `c${process}-${turn}`)
    }
  for (const app of apps) await app.downloadAll()
  return driven.report()
}

describe('clients that do nothing wrong', () => {
  const actions = fc.array(action, { minLength: 1, maxLength: MOST_ACTIONS })
  const processes = fc.array(actions, { minLength: 1, maxLength: 2 })
  const sum = new Map<string, number>()

  it('are never found to, whatever is staged', async () => {
    await fc.assert(
      fc.asyncProperty(settings, processes, async (given, all) => {
        const report = await reportOf(given, all)
        assert.deepEqual(report.findings, [])
        for (const { id, result } of report.rules)
          if (result === 'held') sum.set(id, (sum.get(id) ?? 0) + 1)
      }),
      { seed: 1, numRuns: RUNS },
    )
  })

  it('and yet could have been: these rules were seen to hold', () => {
    assert.includeMembers(
      [...sum.keys()],
      [
        ...['renew-in-time', 'refused-token', 'token-kept', 'quoted-price', 'rate-fresh'],
        ...['look-up-lost', 'co-id-once', 'poll-pace', 'poll-final', 'followed-to-end'],
        ...['download-until-empty', 'trades-left', 'lost-download', 'well-formed'],
        ...['known-paths', 'secrets-hidden', 'request-id'],
      ].map((name) => `client.${name}`),
    )
  })
})
