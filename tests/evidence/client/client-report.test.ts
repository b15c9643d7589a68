import { describe, it } from 'node:test'
import { assert } from 'chai'
import {
  type ClientReport,
  clientReport,
  clientReportSchema,
} from '../../../src/evidence/client/client-report.ts'
import { clientReportText } from '../../../src/evidence/client/client-report-text.ts'
import { clientRules } from '../../../src/evidence/client/client-rules.ts'
import { pagesOf } from '../../../src/evidence/rules/source-pages.ts'
import { BASE_URL, LIFE_MS, loggedIn, Watch } from './watch.ts'

/** A client that keeps every must, where each is put to the test. */
async function wellBehaved(): Promise<Watch> {
  const watch = await loggedIn()
  await watch.place('1', {}, 'cut', { fault: 'cut', tookEffect: true })
  await watch.lookUp('1', 'FILLED')
  await watch.flow('2')
  await watch.refused('/v2/orders/2', 401)
  await watch.renew()
  await watch.pass(LIFE_MS - 5_000).renew()
  await watch.pass(10_000).rate()
  return watch
}

describe('the verdict on a client', () => {
  it('is certified where every must was seen to hold, whatever else was not seen', async () => {
    const report = (await wellBehaved()).report()
    assert.deepEqual(report.findings, [])
    assert.equal(report.verdict, 'certified')
    assert.isTrue(report.rules.some(({ result }) => result === 'not verified'))
  })

  it('is incomplete where a must was not seen, or part of the journal is gone', async () => {
    const watch = await wellBehaved()
    assert.equal(watch.report({ evicted: 1 }).verdict, 'incomplete')
    const facts = { baseUrl: BASE_URL, working: [] }
    assert.equal(clientReport(watch.exchanges, facts).verdict, 'incomplete')
    assert.equal(new Watch().report().verdict, 'incomplete')
  })

  it('is not certified where anything was found, though it be a should', async () => {
    const watch = await wellBehaved()
    for (let times = 0; times < 6; times++) await watch.pass(1).query('9', 'NEW')
    const { verdict, findings } = watch.report({ evicted: 1 })
    assert.equal(verdict, 'not certified')
    assert.deepEqual(
      findings.map(({ rule, weight }) => `${rule} ${weight}`),
      ['client.poll-pace should'],
    )
  })
})

/*
 * What is not applicable counts as kept: a rule that excuses itself would have a client certified that nobody
 * put to the test.
 */
describe('a rule that is not applicable', () => {
  const SIGNED = {
    headers: { Authorization: 'hmac username="u", signature="s"' },
    user: 'ada',
  }
  const excusedIn = ({ rules }: ClientReport) =>
    rules.filter(({ result }) => result === 'not applicable').map(({ id }) => id)

  /** A client that keeps every must, and signs whatever it does. */
  async function signing(): Promise<Watch> {
    const watch = new Watch()
    await watch.rate('r', {}, SIGNED)
    await watch.place('1', {}, 'cut', { ...SIGNED, fault: 'cut', tookEffect: true })
    await watch.lookUp('1', 'FILLED', SIGNED)
    await watch.flow('2', SIGNED)
    return watch
  }

  it('is one about tokens, where all requests are signed, and no other', async () => {
    const excused = ['client.renew-in-time', 'client.refused-token', 'client.token-kept']
    const watch = await signing()
    assert.deepEqual(excusedIn(watch.report()), excused)
    assert.equal(watch.report().verdict, 'certified')
    await watch.query('9', 'NEW')
    assert.deepEqual(excusedIn(watch.report()), [])
  })

  it('is none where there are tokens, or nothing was seen', async () => {
    const loggingIn = await loggedIn()
    for (const watch of [new Watch(), loggingIn, await wellBehaved()]) {
      assert.deepEqual(excusedIn(watch.report()), [])
    }
  })
})

describe('the report on a client', () => {
  it('is JSON of its schema, with the users and all that was staged', async () => {
    const watch = await wellBehaved()
    const staged = [{ before: 3, kind: 'market' as const, what: 'EUR/USD moved by 20 pips' }]
    const report = watch.report({ staged })
    assert.deepEqual(clientReportSchema.parse(JSON.parse(JSON.stringify(report))), report)
    assert.deepEqual(report.users, ['ada'])
    assert.equal(report.exchanges, watch.exchanges.length)
    assert.deepEqual(report.staged, [
      { exchange: 2, what: 'cut on POST /v2/orders → no answer' },
      { exchange: 3, what: 'EUR/USD moved by 20 pips' },
    ])
  })

  it('has each rule once, with its source, and what to do for it to be seen', () => {
    const { rules } = new Watch().report()
    assert.deepEqual(
      rules.map(({ id }) => id),
      clientRules.map(({ id }) => id),
    )
    assert.lengthOf(new Set(rules.map(({ id }) => id)), rules.length)
    for (const { id, source, why, toSee, result } of rules) {
      assert.match(id, /^client\.[a-z-]+$/)
      assert.equal(result, 'not verified')
      assert.isTrue(Boolean(why && toSee), id)
      if (source.section !== undefined && source.section !== '6')
        assert.isDefined(pagesOf(source.section), id)
    }
  })

  it('names the first of many exchanges, and takes bounds that differ', async () => {
    const watch = await loggedIn()
    for (let times = 0; times < 50; times++) await watch.pass(150).query('9', 'NEW')
    const [finding] = watch.report().findings
    assert.match(finding?.detail ?? '', /^50 queries/)
    assert.lengthOf(finding?.exchanges ?? [], 20)
    const lenient = watch.report({}, { pollEveryMs: 100 })
    assert.deepEqual(lenient.findings, [])
    assert.equal(lenient.bounds.pollEveryMs, 100)
    assert.equal(lenient.bounds.mostQuick, 3)
  })

  it('takes the users that the server knows, where tokens tell nothing', async () => {
    const watch = new Watch()
    const signed = { headers: { Authorization: 'hmac username="u", signature="s"' }, user: 'cyd' }
    await watch.place('1', {}, 'cut', signed)
    const report = watch.report()
    assert.deepEqual(report.users, ['cyd'])
    assert.equal(report.findings[0]?.user, 'cyd')
    const other = new Watch()
    await other.login({ user: 'ada@org' })
    await other.rate()
    assert.deepEqual(other.report().users, ['ada@org'])
  })
})

describe('the report as text', () => {
  it('tells the verdict, what was found, what was not seen and how to see it, and what held', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, 'cut', { fault: 'cut' })
    await watch.query('7', 'NEW')
    const text = clientReportText(
      only(watch.report(), ['client.look-up-lost', 'client.trades-left', 'client.well-formed']),
    )
    assert.equal(
      text,
      `Client not certified: see the findings
3 exchanges of ada

Findings
  client.look-up-lost (must): order with coId c1: got no acknowledgement (cut), and was never looked up by its coId (exchange 2), by ada

Not verified
  client.trades-left (must): The client downloads every trade: none is left at the server in the end.
    no trade was made; to see it, let an order be filled, and the client download its trade

Held
  client.well-formed: The client sends what the documentation asks for: fields, types and JSON as its content type.

Staged
  2: cut on POST /v2/orders → no answer
`,
    )
  })

  it('says what is not applicable, and what is no longer kept', async () => {
    const watch = new Watch()
    await watch.rate('r', {}, { headers: { Authorization: 'hmac' } })
    const text = clientReportText(only(watch.report({ evicted: 5 }), ['client.renew-in-time']))
    assert.equal(
      text,
      `Client incomplete: nothing was found, but not everything was seen
1 exchange; 5 more are no longer kept

Held
  client.renew-in-time: not applicable, the client signs its requests, and uses no tokens
`,
    )
  })
})

/** A report with some rules alone. */
function only(report: ClientReport, ids: readonly string[]): ClientReport {
  return { ...report, rules: report.rules.filter(({ id }) => ids.includes(id)) }
}
