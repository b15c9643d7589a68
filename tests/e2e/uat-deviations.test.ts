import { once } from 'node:events'
import { createServer, type Server } from 'node:net'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Behaviour } from '../stand-in/behaviour.ts'
import { featureOf } from './uat/features.ts'
import { atUat } from './uat/uat.ts'

/*
 * An endpoint that departs from the documentation: exit code 1, and the finding says which rule was
 * broken. Each run is of the few scenarios that come by.
 */

const FAR = ['--name', 'immediate or cancel, to buy far from the market']
const CANCEL = ['--name', 'It is cancelled while it waits']
const REFUSED = ['--name', 'A limit order without price']
const QUOTED = ['--name', 'A trader can buy a small amount of the base currency']
const THROUGH = ['--name', 'A limit order through the market takes the same way to buy']
const OFF_QUOTE = ['--name', 'A price that no provider quoted, better for the trader, to buy']
/** Fills, and asks for no trade. */
const FILLED = ['--name', 'To buy above the market is to deal better than the limit']

interface Deviation {
  readonly behaviour: Partial<Behaviour>
  readonly args: readonly string[]
  /** Code and rule of a finding. */
  readonly finding: readonly [code: string, rule: string]
  /** The scenario that the finding is of; otherwise it is one of the run itself. Default true. */
  readonly isOfScenario?: boolean
  readonly settings?: Readonly<Record<string, number>>
  readonly detail?: RegExp
}

const httpPlace = ['wrong-http-code', 'http.place-order'] as const
const httpQuery = ['wrong-http-code', 'http.query-order'] as const
const shapeQuery = ['wrong-shape', 'shape.query-order'] as const
const late = ['late-final-status', 'order.final-in-time'] as const
const missing = ['missing-trade', 'trade.in-time'] as const
const unfilled = ['trade-for-unfilled', 'trade.only-dealt'] as const
const amount = ['trade-amount', 'trade.amount'] as const

const deviations: readonly Deviation[] = [
  { behaviour: { placeStatus: 200 }, args: FAR, finding: httpPlace, detail: /200, success is 202/ },
  { behaviour: { queryStatus: 202 }, args: FAR, finding: httpQuery, detail: /202, success is 200/ },
  { behaviour: { rejectionAs: 422 }, args: OFF_QUOTE, finding: httpQuery, detail: /422/ },
  { behaviour: { refusalStatus: 422 }, args: REFUSED, finding: httpPlace, detail: /422/ },
  {
    behaviour: { loginWithoutToken: true },
    args: FAR,
    finding: ['missing-token', 'session.token-issued'],
    isOfScenario: false,
  },
  {
    behaviour: { placeWithoutOrderId: true },
    args: CANCEL,
    finding: ['wrong-shape', 'shape.place-order'],
    detail: /orderId/,
  },
  { behaviour: { queryWithoutStatus: true }, args: FAR, finding: shapeQuery, detail: /status/ },
  { behaviour: { sizeAsString: true }, args: FAR, finding: shapeQuery, detail: /size/ },
  {
    behaviour: { foreignAnswer: true },
    args: [...FAR, ...CANCEL, '--name', 'By server id'],
    finding: ['foreign-order', 'query.by-server-id'],
  },
  {
    behaviour: { severalOrders: true },
    args: FAR,
    finding: ['several-orders', 'query.one-order'],
  },
  {
    behaviour: { echoPlacing: { side: 'Sell' } },
    args: FAR,
    finding: ['echo-mismatch', 'echo.placing'],
    detail: /side: sent "Buy", answered "Sell"/,
  },
  {
    behaviour: { echoQuery: { price: 1.5 } },
    args: FAR,
    finding: ['echo-mismatch', 'echo.query'],
    detail: /price: sent [\d.]+, answered 1\.5/,
  },
  {
    behaviour: { idChanges: true },
    args: ['--name', 'By client id'],
    finding: ['id-changed', 'order.id-stable'],
  },
  {
    behaviour: { pqExpires: true, newMs: 0, fillMs: 300 },
    args: QUOTED,
    finding: ['illegal-transition', 'pq.new-expired'],
  },
  {
    behaviour: { placedAsNew: true },
    args: FAR,
    finding: ['illegal-transition', 'limit.placed-new'],
  },
  {
    behaviour: { unknownStatus: true, newMs: 0, fillMs: 300 },
    args: FAR,
    finding: ['unknown-status', 'limit.known-status'],
  },
  {
    behaviour: { duplicateTrade: true },
    args: THROUGH,
    finding: ['duplicate-trade', 'trade.once'],
  },
  { behaviour: { missingTrade: true }, args: THROUGH, finding: missing },
  { behaviour: { missingTrade: true }, args: FILLED, finding: missing, isOfScenario: false },
  {
    behaviour: { tradeAmount: 2 },
    args: THROUGH,
    finding: amount,
    detail: /10000, its trades 20000/,
  },
  {
    behaviour: { tradeAmount: 0.5 },
    args: THROUGH,
    finding: amount,
    detail: /10000, its trades 5000/,
  },
  {
    behaviour: { tradeSide: true },
    args: THROUGH,
    finding: ['trade-mismatch', 'trade.agrees'],
    detail: /side: the order has Buy, the trade Sell/,
  },
  { behaviour: { tradeForUnfilled: true }, args: FAR, finding: unfilled },
  {
    behaviour: { tradeForUnfilled: true },
    args: ['--name', 'By server id'],
    finding: unfilled,
    isOfScenario: false,
  },
  {
    behaviour: { neverFinish: true },
    args: FAR,
    finding: late,
    settings: { 'order.finalWithinMs': 500 },
  },
  {
    behaviour: { tokenNeverExpires: true, tokenTtlMs: 1_500 },
    args: ['--name', 'A token that nobody used, once it has expired'],
    finding: ['expired-token-accepted', 'session.expired-token'],
  },
  { behaviour: { fillsAfterCancel: true }, args: CANCEL, finding: unfilled },
  {
    behaviour: { fillsAfterCancel: true },
    args: CANCEL,
    finding: ['dealt-after-cancel', 'cancel.nothing-after'],
    detail: /^CANCELED with 0 dealt, /,
  },
  {
    behaviour: { refusedButExists: true },
    args: REFUSED,
    finding: ['refused-yet-there', 'placing.absent-by-client-id'],
    detail: /refused with 400, and is there when it is queried$/,
  },
]

describe('an endpoint that deviates is found out', { concurrency: 2 }, () => {
  for (const deviation of deviations) {
    const { behaviour, args, finding, isOfScenario = true, settings = {}, detail } = deviation
    const [code, rule] = finding
    const where = isOfScenario ? '' : ', by the run itself'
    it(`${JSON.stringify(behaviour)} is ${code} against ${rule}${where}`, () =>
      atUat(behaviour, async (uat) => {
        const ended = await uat.verify(args, { settings })
        const { findings, rules } = await uat.verdict()
        const found = findings.filter(
          (each) =>
            each.code === code &&
            each.rule === rule &&
            (isOfScenario ? each.scenario.startsWith('features/') : true),
        )
        assert.isNotEmpty(found, JSON.stringify(findings, null, 2))
        if (detail) assert.isTrue(found.some((each) => detail.test(each.detail)))
        assert.isTrue(rules.some(({ id, result }) => id === rule && result === 'broken'))
        assert.include(ended.stdout, `against ${rule}: `)
        assert.equal(ended.code, 1, ended.stderr)
        assert.isEmpty(await uat.working())
      }))
  }

  it('{"terminalChanges":2} is illegal-transition against limit.filled-new', () =>
    atUat({ terminalChanges: 2 }, async (uat) => {
      const feature = await featureOf(uat, [
        'Given Ada is signed in',
        'And Ada has placed a limit order to buy a small amount 10 pips above the market, immediate or cancel',
        'And the order should be FILLED',
        'When Ada queries the order',
        'Then the whole size should be dealt',
      ])
      const { code } = await uat.verify([feature])
      const { findings } = await uat.verdict()
      assert.deepInclude(
        findings.map(({ code: kind, rule, detail }) => ({ kind, rule, detail })),
        { kind: 'illegal-transition', rule: 'limit.filled-new', detail: 'FILLED → NEW' },
      )
      assert.equal(code, 1)
    }))

  it('{"terminalChanges":2} is found by the scenarios of the house too', () =>
    atUat({ terminalChanges: 2 }, async (uat) => {
      const { code } = await uat.verify(THROUGH)
      const rules = (await uat.verdict()).findings.map(({ rule }) => rule)
      assert.include(rules, 'limit.filled-new')
      assert.equal(code, 1)
    }))
})

describe('an endpoint that lets through what it must not', { concurrency: 2 }, () => {
  const failing: readonly (readonly [Partial<Behaviour>, string])[] = [
    [{ acceptsNoToken: true }, 'No token at all'],
    [{ acceptsWrongPassword: true }, 'A wrong password'],
    [{ acceptsInvalid: true }, 'A limit order without price'],
    [{ refusedButExists: true }, 'A limit order without price'],
  ]
  for (const [behaviour, name] of failing) {
    it(`${JSON.stringify(behaviour)} fails "${name}", and leaves no order working`, () =>
      atUat(behaviour, async (uat) => {
        const settings = { 'order.finalWithinMs': 500 }
        const { code } = await uat.verify(['--name', name], { settings })
        const { failures, leftWorking } = await uat.verdict()
        assert.lengthOf(failures, 1)
        assert.isTrue(failures[0]?.scenario.endsWith(name))
        assert.equal(code, 1)
        assert.deepEqual(leftWorking, [])
        assert.isEmpty(await uat.working())
        const isAboutOrders = name.startsWith('A limit order')
        assert.lengthOf(await uat.standIn.admin.orders(), isAboutOrders ? 1 : 0)
      }))
  }

  it('{"acceptsInvalid":true} with a login that may not cancel leaves orders that are listed by id', () =>
    atUat({ acceptsInvalid: true, cancelIgnored: true }, async (uat) => {
      const settings = { 'order.finalWithinMs': 300, 'cancel.withinMs': 300 }
      const { code } = await uat.verify(REFUSED, { settings })
      const working = await uat.working()
      const { leftWorking = [] } = await uat.verdict()
      assert.lengthOf(working, 1)
      assert.deepEqual(
        leftWorking.map(({ orderId }) => orderId),
        working.map(({ orderId }) => orderId),
      )
      assert.equal(code, 1)
    }))

  it('{"plainRefusal":true}, which may be a gateway on the way, fails and is no finding', () =>
    atUat({ plainRefusal: true }, async (uat) => {
      const { code } = await uat.verify(REFUSED)
      const { failures, findings, rules } = await uat.verdict()
      assert.isEmpty(findings)
      assert.lengthOf(failures, 1)
      assert.match(failures[0]?.message ?? '', /error object/)
      const rule = rules.find(({ id }) => id === 'placing.error-object')
      assert.equal(rule?.result, 'not-verified')
      assert.equal(code, 1)
    }))

  it('{"cancelIgnored":true} fails, and lists the order that works on by its id', () =>
    atUat({ cancelIgnored: true }, async (uat) => {
      const { code, stdout } = await uat.verify(CANCEL, { settings: { 'cancel.withinMs': 300 } })
      const { failures, leftWorking = [] } = await uat.verdict()
      const [order, ...others] = await uat.working()
      assert.lengthOf(failures, 1)
      assert.match(
        failures[0]?.message ?? '',
        /should have become CANCELED; seen was RECEIVED → NEW/,
      )
      assert.isEmpty(others)
      assert.lengthOf(leftWorking, 1)
      const [left] = leftWorking
      assert.equal(left?.orderId, order?.orderId)
      assert.equal(left?.coId, order?.coId)
      assert.equal(left?.status, 'NEW')
      assert.include(stdout, `order ${order?.orderId}, client id ${order?.coId}`)
      assert.equal(code, 1)
    }))
})

describe('an endpoint that sends elsewhere', () => {
  it('is a finding, and nothing goes there', async () => {
    let connections = 0
    const elsewhere = createServer(() => {
      connections += 1
    })
    const port = await listening(elsewhere)
    try {
      await atUat({ redirectTo: `http://127.0.0.1:${port}/v2/rates/spot` }, async (uat) => {
        const { code } = await uat.verify(FAR)
        const { findings } = await uat.verdict()
        const [finding] = findings.filter(({ rule }) => rule === 'http.no-redirect')
        assert.include(finding, { code: 'request-redirected' })
        assert.match(finding?.detail ?? '', /302/)
        assert.equal(code, 1)
        assert.equal(connections, 0)
        assert.isEmpty(await uat.standIn.admin.orders())
      })
    } finally {
      elsewhere.close()
    }
  })
})

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  assert(typeof address === 'object' && address !== null)
  return address.port
}
