import { test } from 'node:test'
import { assert } from 'chai'
import { Workplace } from './workplace.ts'

const SCENARIOS = 50
const rows = Array.from({ length: SCENARIOS }, (_, at) => `      | ${at} |`).join('\n')
const feature = `Feature: A
  Scenario Outline: B
    Given number <n>
    And number <n>
    Examples:
      | n |
${rows}
`
const steps = `import { Given } from ${JSON.stringify(import.meta.resolve('@cucumber/cucumber'))}
Given('number {int}', function (n) { this.attach(String(n), 'text/plain') })
`
/** Counts what of a run is still there at its end, by kind; matches when its first scenario begins. */
const plugin = `import { writeFileSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const gc = runInNewContext('gc')

export default {
  type: 'plugin',
  coordinator({ on }) {
    const refs = { attachments: [], results: [], steps: [], testSteps: [] }
    const plan = []
    let matches
    const keep = (kind, value) => refs[kind].push(new WeakRef(value))
    on('message', ({ attachment, pickle, testCase, testCaseStarted, testStepFinished }) => {
      if (attachment?.testCaseStartedId) keep('attachments', attachment)
      if (pickle) keep('steps', pickle.steps)
      if (testCase) {
        keep('testSteps', testCase.testSteps)
        plan.push(testCase)
      }
      if (testCaseStarted && !matches) {
        const lists = plan.splice(0).flatMap(({ testSteps }) =>
          testSteps.flatMap(({ stepMatchArgumentsLists: all }) => (all ? [all] : [])))
        matches = { all: lists.length, left: lists.filter(({ length }) => length > 0).length }
      }
      if (testStepFinished) keep('results', testStepFinished.testStepResult)
    })
    const left = () =>
      Object.entries(refs).map(([kind, all]) => [
        kind,
        { all: all.length, left: all.filter((ref) => ref.deref()).length },
      ])
    return async () => {
      // The page of the features looks at messages when it has read what it begins with.
      for (let turn = 0; turn < 100 && left().some(([, count]) => 2 * count.left > count.all); turn++) {
        await new Promise((resolve) => setTimeout(resolve, 5))
        gc({ type: 'major', execution: 'sync' })
      }
      writeFileSync('left.json', JSON.stringify({ ...Object.fromEntries(left()), matches }))
    }
  },
}
`

test('at the end of a run nothing of a scenario is left that its evidence has', async () => {
  const workplace = await Workplace.of({ 'a.feature': feature })
  try {
    const config = {
      ...{ paths: ['features/**/*.feature'], import: ['own.mjs'] },
      plugin: ['./plugin.mjs'],
    }
    await workplace.write('cucumber.mjs', `export default ${JSON.stringify(config)}\n`)
    await workplace.write('own.mjs', steps)
    await workplace.write('plugin.mjs', plugin)
    const { stdout } = await workplace.verify()
    assert.include(stdout, `${SCENARIOS} not verified`)
    const left: Record<string, { all: number; left: number }> = JSON.parse(
      await workplace.read('left.json'),
    )
    for (const [kind, count] of Object.entries(left)) {
      assert.isAtLeast(count.all, SCENARIOS, kind)
      // Of each scenario Cucumber keeps its worst result, which is one of those of its steps.
      assert.isAtMost(2 * count.left, count.all, kind)
    }
  } finally {
    await workplace.remove()
  }
})
