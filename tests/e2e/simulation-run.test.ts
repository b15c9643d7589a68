import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import { createSimulationBackend } from '../../src/backends/simulation-backend.ts'
import { readRun } from '../../src/cli/record/read-run.ts'
import type { Coverage } from '../../src/evidence/coverage.ts'
import { EVIDENCE_ELSEWHERE } from '../../src/evidence/evidence-document.ts'
import { SCENARIO_EVIDENCE, scenarioEvidenceSchema } from '../../src/evidence/scenario-evidence.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { createSimulation } from '../../src/mocks/http/simulation.ts'
import { hiddenTexts } from './hidden-texts.ts'
import { runVerify, type VerifyRun } from './run-verify.ts'
import { SecretSearch } from './secret-search.ts'
import { seenIn } from './seen-in.ts'

const SEED = 'end-to-end.1'
const TRADERS = ['Ada', 'Grace', 'Max']
/** More logins than any trader of a scenario has. */
const MOST_LOGINS = 12

interface Pickle {
  readonly uri: string
  readonly name: string
  readonly steps: readonly { readonly text: string }[]
}
interface Message {
  readonly pickle?: Pickle
  readonly attachment?: {
    readonly mediaType: string
    readonly body: string
    readonly fileName?: string
    readonly testCaseStartedId?: string
  }
}

const messagesOf = ({ out }: VerifyRun): Message[] =>
  readFileSync(join(out, 'messages.ndjson'), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Message)

/** What every scenario saw, by scenario, to the byte. */
function evidenceOf(run: VerifyRun): ReadonlyMap<string, string> {
  return new Map(
    seenIn(run.out)
      .map((evidence): [string, string] => {
        const { uri, line } = evidence.scenario
        return [`${uri}:${line}`, JSON.stringify(evidence)]
      })
      .sort(([one], [other]) => (one < other ? -1 : 1)),
  )
}

/** The verdict, byte for byte, but for its date and the id of the run. */
function verdictTextOf({ out }: VerifyRun): string {
  const text = readFileSync(join(out, 'verdict.json'), 'utf8')
  const { run, startedAt } = JSON.parse(text)
  assert.match(startedAt, /^\d{4}-\d\d-\d\dT/)
  assert.match(run, /^simulation-\d{8}T\d{6}Z-[0-9a-f]{6}$/)
  return text.replace(JSON.stringify(run), '"…"').replace(JSON.stringify(startedAt), '"…"')
}

function verdictOf(run: VerifyRun): unknown {
  return JSON.parse(verdictTextOf(run))
}

function idOf({ out }: VerifyRun): unknown {
  return JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8')).run
}

describe('a run of every scenario against the simulation', () => {
  const runs: Record<'first' | 'again' | 'random' | 'parallel', VerifyRun | undefined> = {
    ...{ first: undefined, again: undefined, random: undefined, parallel: undefined },
  }
  const run = (name: keyof typeof runs): VerifyRun => {
    const found = runs[name]
    if (!found) throw new Error(`The ${name} run did not take place.`)
    return found
  }

  before(async () => {
    const seed = ['--seed', SEED]
    ;[runs.first, runs.again] = await Promise.all([runVerify(...seed), runVerify(...seed)])
    ;[runs.random, runs.parallel] = await Promise.all([
      runVerify(...seed, '--order', 'random:7'),
      runVerify(...seed, '--parallel', '2'),
    ])
  })

  after(() => {
    for (const each of Object.values(runs)) if (each) rmSync(each.out, { recursive: true })
  })

  it('passes, at least 70 scenarios', () => {
    const { code, stdout, stderr } = run('first')
    assert.equal(code, 0, stdout + stderr)
    const { scenarios } = verdictOf(run('first')) as { scenarios: Record<string, number> }
    assert.isAtLeast(scenarios.passed ?? 0, 70)
    assert.deepEqual([scenarios.failed, scenarios.notVerified], [0, 0])
    const readme = readFileSync(join(import.meta.dirname, '..', '..', 'README.md'), 'utf8')
    assert.include(readme, `: ${scenarios.passed} passed, 0 failed, 0 not verified`)
  })

  it('observes every rule', () => {
    const { rules } = verdictOf(run('first')) as { rules: { id: string; result: string }[] }
    assert.isNotEmpty(rules)
    assert.deepEqual(
      rules.filter(({ result }) => result !== 'held').map(({ id, result }) => `${id}: ${result}`),
      [],
    )
  })

  it('observes all of the order models, and says so', () => {
    const { coverage } = verdictOf(run('first')) as { coverage: readonly Coverage[] }
    assert.deepEqual(
      coverage.map(({ lifecycle }) => lifecycle),
      ['PQ', 'Limit'],
    )
    for (const { lifecycle, states, transitions, pairs } of coverage) {
      for (const { observed, of, missing } of [states, transitions, pairs]) {
        assert.isAbove(of, 0)
        assert.equal(observed, of, `${lifecycle}: ${missing.join(', ')}`)
      }
      assert.include(run('first').stdout, `${states.of} of ${states.of} states, `)
    }
  })

  for (const other of ['again', 'random', 'parallel'] as const) {
    it(`sees the same statuses, ids, prices and verdict when run ${other}`, () => {
      assert.equal(run(other).code, 0, run(other).stderr)
      const [one, two] = [evidenceOf(run('first')), evidenceOf(run(other))]
      assert.isAtLeast(one.size, 70)
      assert.deepEqual([...two.keys()], [...one.keys()])
      for (const [scenario, text] of one) assert.equal(two.get(scenario), text, scenario)
      assert.equal(verdictTextOf(run(other)), verdictTextOf(run('first')))
      assert.notEqual(idOf(run(other)), idOf(run('first')))
    })
  }

  for (const other of ['again', 'random', 'parallel'] as const) {
    it(`keeps the same record when run ${other}, but for its id, date, and how it was run`, async () => {
      const [one, two] = [await readRun(run('first').out), await readRun(run(other).out)]
      assert.isAtLeast(one.scenarios.length, 70)
      assert.deepEqual(two.scenarios, one.scenarios)
      const { id, startedAt, plan } = one.run
      assert.deepEqual({ ...two.run, id, startedAt, plan }, one.run)
      assert.equal(two.run.plan?.scenarios, plan?.scenarios)
    })
  }

  it('keeps what a scenario saw in its own form, to the byte', () => {
    for (const evidence of seenIn(run('first').out)) {
      const read = scenarioEvidenceSchema.parse(evidence)
      assert.equal(JSON.stringify(read), JSON.stringify(evidence))
    }
  })

  it('shows of every order its timeline and its way, and every exchange', () => {
    // What belongs to no scenario is the run's own.
    const attachments = messagesOf(run('first'))
      .flatMap(({ attachment }) => attachment ?? [])
      .filter(({ testCaseStartedId }) => testCaseStartedId !== undefined)
    const byScenario = Map.groupBy(attachments, ({ testCaseStartedId }) => testCaseStartedId)
    const seen = seenIn(run('first').out)
    assert.lengthOf(seen, byScenario.size)
    let orders = 0
    for (const [at, ofScenario] of [...byScenario.values()].entries()) {
      const titles = ofScenario.map(({ fileName = '' }) => fileName)
      const document = ofScenario.find(({ mediaType }) => mediaType === SCENARIO_EVIDENCE)
      assert.equal(document?.body, EVIDENCE_ELSEWHERE)
      const evidence = seen[at] ?? assert.fail('it saw nothing')
      for (const { orderId } of evidence.orders) {
        orders++
        assert.include(titles, `Timeline of order ${orderId}`)
        assert.include(titles, `State diagram of order ${orderId}.svg`)
      }
      for (const { exchange } of evidence.refused) {
        assert.include(titles, `Placing refused in exchange ${exchange}`)
      }
      const exchanges = titles.filter((title) => /^Exchange \d+: /.test(title))
      assert.lengthOf(exchanges, evidence.exchanges.length)
      for (const { trader } of evidence.workflows ?? []) {
        assert.include(titles, `Trading workflow of ${trader}.svg`)
      }
    }
    assert.isAtLeast(orders, 70)
  })

  it('writes every report it names', () => {
    const { out, stdout } = run('first')
    for (const file of [
      'allure.html',
      'cucumber.html',
      'junit.xml',
      'messages.ndjson',
      'verdict.json',
      'evidence',
    ]) {
      assert.include(readdirSync(out), file)
      assert.include(stdout, file)
    }
  })

  it('lets no password and no token out, in no file, on no stream, in no disguise', () => {
    const picklesOfRun = messagesOf(run('first')).flatMap(({ pickle }) => pickle ?? [])
    const secrets = new Set(picklesOfRun.flatMap(secretsOf))
    assert.isAtLeast(secrets.size, 300, 'Secrets should be known before they are sought.')
    const search = new SecretSearch(secrets)
    assert.isDefined(search.find(`so ${[...secrets][7]} it is`), 'The search should find secrets.')
    for (const texts of writtenBy(run('first')).map(hiddenTexts)) {
      for (const text of texts) assert.isUndefined(search.find(text))
    }
  })

  it('embeds texts in its reports that the search for secrets sees into', () => {
    const orderId = firstOrderId(run('first'))
    const embedding = writtenBy(run('first')).filter((written) =>
      hiddenTexts(written)
        .slice(1)
        .some((text) => text.includes(orderId)),
    )
    assert.isAtLeast(embedding.length, 2)
  })
})

/** Every file and stream of a run, as text. */
function writtenBy({ out, stdout, stderr }: VerifyRun): readonly string[] {
  const files = readdirSync(out, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
  return [stdout, stderr, ...files.map((file) => readFileSync(file, 'utf8'))]
}

/** Everything secret that the simulation of a scenario can have issued, made again by its seed. */
function secretsOf({ uri, name, steps }: Pickle): readonly string[] {
  const key = JSON.stringify([uri, name, steps.map(({ text }) => text)])
  const seed = JSON.stringify([SEED, key])
  const passwords = TRADERS.map(
    (each) => createSimulationBackend({ seed }).credentialsOf(each).password,
  )
  const { exchange } = createSimulation({ clock: new VirtualClock(0), seed })
  const tokens = TRADERS.flatMap((trader) => {
    const org = trader === 'Max' ? 'MaxOrg' : exchange.directory.org
    return Array.from({ length: MOST_LOGINS }, (_, n) =>
      exchange.chance.token(62, 'token', org, trader, n),
    )
  })
  return [...passwords, ...tokens]
}

function firstOrderId(run: VerifyRun): string {
  for (const text of evidenceOf(run).values()) {
    const { orders } = JSON.parse(text) as { orders: { orderId: string }[] }
    if (orders[0]) return orders[0].orderId
  }
  throw new Error('No scenario placed an order.')
}
