import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { Actions } from './actions.ts'
import { problemsIn } from './workflow-problems.ts'

const examples = join(import.meta.dirname, '..', '..', 'examples', 'scale')
const read = (name: string) => readFileSync(join(examples, name), 'utf8')
const artifacts = mkdtempSync(join(tmpdir(), 'harness-artifacts-'))
after(() => rmSync(artifacts, { recursive: true }))

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
    const actions = new Actions(plain, artifacts)
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
