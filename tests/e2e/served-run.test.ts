import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import { readRun } from '../../src/cli/record/read-run.ts'
import type { ScenarioRecord } from '../../src/evidence/record/scenario-record.ts'
import type { ScenarioEvidence } from '../../src/evidence/scenario-evidence.ts'
import { runCommand, runVerify, type VerifyRun } from './run-verify.ts'
import { seenIn } from './seen-in.ts'

const SEED = 'served.1'

/** What HTTP adds on the way, and no handler in process has. */
const OF_THE_TRANSPORT: readonly string[] = [
  ...['connection', 'content-length', 'date', 'keep-alive', 'transfer-encoding'],
]

/** What every scenario saw, by scenario, without what depends on the way there. */
function seenBy({ out }: VerifyRun): ReadonlyMap<string, unknown> {
  const documents = seenIn(out).map((evidence) => JSON.stringify(evidence))
  return new Map(
    documents.map((text): [string, unknown] => {
      const { baseUrl } = JSON.parse(text) as ScenarioEvidence
      const { target: _, ...evidence } = JSON.parse(
        text.replaceAll(baseUrl, 'https://here.invalid'),
      ) as ScenarioEvidence
      const { scenario } = evidence
      return [
        `${scenario.uri}:${scenario.line}`,
        { ...evidence, exchanges: evidence.exchanges.map(withoutTransport) },
      ]
    }),
  )
}

function withoutTransport({ response, error, ...exchange }: ScenarioEvidence['exchanges'][number]) {
  return {
    ...exchange,
    // How a broken connection is worded is up to whoever notices.
    hasError: error !== undefined,
    ...(response && {
      status: response.status,
      // An answer without a body is an empty text on the wire.
      body: response.body ?? '',
      headers: response.headers.filter(({ name }) => !OF_THE_TRANSPORT.includes(name)),
    }),
  }
}

/** What the scenario says, and what became of it; what it saw is looked at elsewhere. */
function withoutEvidence({ evidence: _, ...scenario }: ScenarioRecord) {
  return scenario
}

/** The verdict without its date and the run's id, and without what says where it was. */
function verdictOf({ out }: VerifyRun) {
  const { run, startedAt, target, baseUrl, ...verdict } = JSON.parse(
    readFileSync(join(out, 'verdict.json'), 'utf8'),
  )
  assert.match(startedAt, /^\d{4}-\d\d-\d\dT/)
  assert.match(run, new RegExp(`^${target}-`))
  return { target, baseUrl, verdict }
}

describe('a run of every scenario over HTTP', () => {
  let served: VerifyRun
  let inProcess: VerifyRun

  before(async () => {
    const args = ['--seed', SEED, '--require-coverage']
    served = await runVerify('--target', 'served', '--parallel', '2', ...args)
    inProcess = await runVerify(...args)
  })

  after(() => {
    for (const each of [served, inProcess]) rmSync(each.out, { recursive: true })
  })

  it('passes them all, and says where', () => {
    const { code, stdout, stderr } = served
    assert.equal(code, 0, stdout + stderr)
    assert.equal(stderr, '')
    const { target, baseUrl, verdict } = verdictOf(served)
    assert.equal(target, 'served')
    assert.match(baseUrl, /^http:\/\/127\.0\.0\.1:\d+$/)
    assert.include(stdout, `Served at ${baseUrl}\n`)
    const { passed } = verdict.scenarios
    assert.isAtLeast(passed, 200)
    assert.include(
      stdout,
      `${passed} scenarios on served (seed ${SEED}): ${passed} passed, 0 failed`,
    )
    assert.include(stdout, 'Judged on a simulation written from the documentation')
    assert.notInclude(readdirSync(served.out), 'server.log')
  })

  it('leaves evidence that is intact, and says where', async () => {
    const { code, stdout } = await runCommand(['evidence', 'verify', served.out])
    assert.equal(code, 0, stdout)
    assert.match(stdout, /^Verdict +follows from the scenarios$/m)
    assert.match(stdout, /Intact\.\n$/)
    const { run, scenarios } = await readRun(served.out)
    assert.equal(run.baseUrl, verdictOf(served).baseUrl)
    const { scenarios: inside } = await readRun(inProcess.out)
    assert.deepEqual(scenarios.map(withoutEvidence), inside.map(withoutEvidence))
  })

  it('comes to the same verdict as in process', () => {
    assert.deepEqual(verdictOf(served).verdict, verdictOf(inProcess).verdict)
  })

  it('sees the same exchanges as in process: statuses, bodies, ids, prices and times', () => {
    const [there, here] = [seenBy(served), seenBy(inProcess)]
    assert.isAtLeast(here.size, 200)
    assert.sameMembers([...there.keys()], [...here.keys()])
    for (const [scenario, evidence] of here)
      assert.deepEqual(there.get(scenario), evidence, scenario)
  })
})
