import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { parse } from 'yaml'
import { atUat } from '../e2e/uat/uat.ts'
import { Actions, type MachineRun } from './actions.ts'
import { problemsIn } from './workflow-problems.ts'

const examples = join(import.meta.dirname, '..', '..', 'examples', 'scale')
const read = (name: string) => readFileSync(join(examples, name), 'utf8')
const folder = mkdtempSync(join(tmpdir(), 'harness-artifacts-'))
after(() => rmSync(folder, { recursive: true }))

const plain = read('github-actions.yml')
const uat = read('github-actions-uat.yml')

describe('the workflows for GitHub', () => {
  for (const [name, text] of Object.entries({ plain, uat })) {
    it(`keep to the schema that GitHub publishes: ${name}`, async () => {
      assert.deepEqual(await problemsIn(text), [])
    })

    it(`would not, with a mistake in them: ${name}`, async () => {
      assert.isNotEmpty(await problemsIn(text.replace('runs-on:', 'run-on:')))
      assert.isNotEmpty(await problemsIn(text.replace('needs: shard', 'needs: shards')))
      assert.isNotEmpty(await problemsIn(text.replace('matrix.shard', 'matrix.shard[')))
    })
  }

  it('give one verdict, of all scenarios', async () => {
    const artifacts = join(folder, 'plain')
    const actions = new Actions(plain, { artifacts })
    const shards = await actions.run('shard')
    assert.lengthOf(shards, 4)
    for (const { isGreen, output } of shards) assert.isTrue(isGreen, output)
    const [report] = await actions.run('report')
    assert.isTrue(report?.isGreen, report?.output)
    const verdict = JSON.parse(
      readFileSync(join(artifacts, 'integral-reports', 'verdict.json'), 'utf8'),
    )
    assert.deepInclude(verdict.scenarios, { failed: 0, notVerified: 0 })
    assert.deepEqual(verdict.selection, [], 'The merged run is a whole one.')

    rmSync(join(artifacts, 'shard-3'), { recursive: true })
    const [without] = await actions.run('report')
    assert.isFalse(without?.isGreen, 'Nothing is granted where a shard is missing.')
  })
})

describe('the workflow for UAT', () => {
  const { jobs, concurrency, env } = parse(uat)
  const steps: readonly { run?: string; env?: object; if?: string; name?: string }[] =
    jobs.shard.steps

  it('hands secrets to the steps that need them, and to no command line', () => {
    for (const { run = '', name, env = {} } of steps) {
      assert.notInclude(run, '${{', run)
      const isForRun = name === 'Verify' || name === 'Clean up'
      assert.equal(JSON.stringify(env).includes('secrets.'), isForRun, name)
    }
  })

  it('runs nothing that it has not installed: the clean-up comes where that failed, too', () => {
    assert.equal(env.npm_config_yes, 'false')
  })

  it('runs one shard at a time, and ends with none left working', () => {
    assert.equal(jobs.shard.strategy['max-parallel'], 1)
    assert.deepInclude(concurrency, { 'cancel-in-progress': false })
    const names = steps.map(({ name }) => name)
    assert.isAbove(names.indexOf('Clean up'), names.indexOf('Verify'))
    assert.equal(steps[names.indexOf('Clean up')]?.if, `$\{{ always() }}`)
  })

  it('gives one verdict of an endpoint, and no secret away', async () => {
    await atUat({}, async (account) => {
      const { baseUrl, credentials } = account.standIn
      const artifacts = join(folder, 'uat')
      const secrets = {
        INTEGRAL_BASE_URL: baseUrl,
        INTEGRAL_USER: credentials.user,
        INTEGRAL_PASSWORD: credentials.password,
        INTEGRAL_ORG: credentials.org,
      }
      const features = ['trade-esp-spot.feature']
      const actions = new Actions(uat, { artifacts, secrets, features })
      const runs: MachineRun[] = []
      for (const job of ['shard', 'report']) runs.push(...(await actions.run(job)))
      for (const { isGreen, output } of runs) assert.isTrue(isGreen, output)
      assert.isNotEmpty(await account.standIn.admin.orders())
      assert.isEmpty(await account.working())
      const files = globSync(join(artifacts, '**', '*.*'))
      assert.isAbove(files.length, 20)
      for (const text of [JSON.stringify(runs), ...files.map((file) => readFileSync(file, 'utf8'))])
        assert.notInclude(text, credentials.password)
    })
  })
})
