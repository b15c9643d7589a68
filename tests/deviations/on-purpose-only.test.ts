import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import { openBackend } from '../../src/backends/open-backend.ts'
import { ScenarioRunner } from '../../src/cli/prove/scenario-runner.ts'
import type { ScenarioResult } from '../../src/evidence/verdict.ts'
import { verdictOf } from '../../src/evidence/verdict-tally.ts'
import * as publicDoor from '../../src/index.ts'
import { DEVIATION_HEADER } from '../../src/mocks/deviations/deviating-fetch.ts'
import { deviationNamed } from '../../src/mocks/deviations/deviations.ts'
import { settingNames } from '../../src/mocks/exchange/settings/settings.ts'
import { runCommand } from '../e2e/run-verify.ts'
import { Project } from '../prove/project.ts'

const DEVIATION = 'limit.expired-turns-new'
const FEATURE = 'orders/querying'

describe('a run with a deviation', () => {
  let project: Project
  let results: readonly ScenarioResult[]
  before(async () => {
    project = Project.of(FEATURE)
    const environment = {
      cwd: project.path,
      env: {},
      stdout: process.stdout,
      stderr: process.stderr,
    }
    const runner = await ScenarioRunner.load([], 'integral', environment)
    results = await runner.run({ deviation: DEVIATION })
  })
  after(() => project.remove())

  it('says so in the evidence of each scenario', () => {
    assert.isNotEmpty(results)
    for (const { evidence, name } of results) assert.equal(evidence?.deviation, DEVIATION, name)
  })

  it('says so in the verdict', () => {
    const run = { target: 'simulation', seed: 's', startedAt: '2026-01-05T09:00:00.000Z' }
    assert.equal(verdictOf(run, results).deviation, DEVIATION)
  })

  it('says so in each answer that is altered, and in no other', () => {
    const altered = results.flatMap(({ evidence }) =>
      (evidence?.exchanges ?? []).filter(({ response }) =>
        response?.headers.some(({ name }) => name.toLowerCase() === DEVIATION_HEADER.toLowerCase()),
      ),
    )
    assert.isNotEmpty(altered)
    for (const { operation, response } of altered) {
      assert.equal(operation, 'queryOrder')
      assert.include(response?.body, '"NEW"')
    }
  })
})

describe('nobody turns a deviation on by accident', () => {
  let project: Project
  before(() => {
    project = Project.of(FEATURE, { worldParameters: { deviation: DEVIATION } })
  })
  after(() => project.remove())

  it('verify has no option for it', async () => {
    const { code, stderr } = await runCommand(['verify', '--deviation', DEVIATION])
    assert.equal(code, 2)
    assert.include(stderr, "unknown option '--deviation'")
  })

  it('no setting of the simulation is about it', () => {
    assert.deepEqual(
      settingNames.filter((name) => /deviat/i.test(name)),
      [],
    )
  })

  it('neither the environment nor the configuration of Cucumber gives verify one', async () => {
    const names = ['DEVIATION', 'INTEGRAL_DEVIATION', 'CUCUMBER_WORLD_PARAMETERS']
    const env = Object.fromEntries(names.map((name) => [name, DEVIATION]))
    const { code, verdict, stdout } = await project.verify(env)
    assert.equal(code, 0, stdout)
    assert.notProperty(verdict, 'deviation')
    assert.notInclude(stdout, 'deviates')
  })

  it('no file of verify knows of any', () => {
    for (const file of ['verify', 'verify-options', 'load-run', 'run-target']) {
      const text = readFileSync(join(import.meta.dirname, `../../src/cli/${file}.ts`), 'utf8')
      assert.notMatch(text, /deviat/i, file)
    }
  })

  it('the public door of the package hands none out', () => {
    assert.deepEqual(
      Object.keys(publicDoor).filter((name) => /deviat/i.test(name)),
      [],
    )
    const door = readFileSync(join(import.meta.dirname, '../../src/index.ts'), 'utf8')
    assert.notInclude(door, 'deviations/')
  })

  it('no endpoint takes one', async () => {
    const options = { seed: 's', key: 'k', label: 'l', run: 'r', deviation: DEVIATION }
    const failure = await openBackend('uat', options).catch((error: Error) => error.message)
    assert.equal(failure, 'Only the simulation in process deviates on purpose.')
  })

  it('one that there is not is refused', () => {
    assert.throws(() => deviationNamed('limit.filled-turns-news'), /Unknown deviation/)
  })
})
