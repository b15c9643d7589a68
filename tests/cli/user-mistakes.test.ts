import { describe, test } from 'node:test'
import { assert } from 'chai'
import { type Ran, Workplace } from './workplace.ts'

/* What somebody finds out who has made a mistake in files of their own: where it is. */

const feature = 'Feature: A\n  Scenario: B\n    Given it is broken\n'
const cucumber = JSON.stringify(import.meta.resolve('@cucumber/cucumber'))
const steps = (...lines: readonly string[]) =>
  [`import { Given } from ${cucumber}`, '', ...lines, ''].join('\n')

async function withFile(
  name: string,
  text: string,
  check: (ran: Ran, workplace: Workplace) => Promise<void> | void,
): Promise<void> {
  const workplace = await Workplace.of({ 'a.feature': feature })
  try {
    const config = { paths: ['features/**/*.feature'], import: ['own.*'] }
    await workplace.write('cucumber.mjs', `export default ${JSON.stringify(config)}\n`)
    await workplace.write(name, text)
    await check(await workplace.verify(), workplace)
  } finally {
    await workplace.remove()
  }
}

function refusal(name: string, text: string, sentence: string): Promise<void> {
  return withFile(name, text, ({ code, stderr }) => {
    assert.equal(stderr, `${sentence}\n`)
    assert.equal(code, 2)
  })
}

describe('a file of steps that cannot be loaded is named, with the line', () => {
  const loading = 'Failed to load the step definitions'
  test('a mistake in the syntax of JavaScript', () =>
    refusal(
      'own.steps.mjs',
      steps("Given('it is broken', () => { 1 + })"),
      `${loading}: own.steps.mjs:3: Unexpected token '}'.`,
    ))
  test('a mistake in the syntax of TypeScript', () =>
    refusal(
      'own.steps.mts',
      steps('const a: number = 1', "Given('it is broken', () => { 1 + })"),
      `${loading}: own.steps.mts:4: Expression expected.`,
    ))
  test('one that throws', () =>
    refusal(
      'own.steps.mjs',
      steps("Given('it is broken', () => {})", 'Given.nothing.at.all()'),
      `${loading}: own.steps.mjs:4: Cannot read properties of undefined (reading 'at').`,
    ))
})

describe('a configuration that cannot be loaded', () => {
  const reading =
    'Failed to read the Cucumber configuration: Configuration file "cucumber.mjs" failed to load/parse'
  test('a mistake in its syntax', () =>
    refusal(
      'cucumber.mjs',
      'export default {\n  paths: [] import: []\n}\n',
      `${reading}: cucumber.mjs:2: Unexpected token 'import'.`,
    ))
  test('a package that is not there', () =>
    withFile('cucumber.mjs', "import 'nowhere-to-be-found'\n", ({ code, stderr }) => {
      assert.include(stderr, `${reading}: Cannot find package 'nowhere-to-be-found' imported from `)
      assert.equal(code, 2)
    }))
})

describe('a step that throws', () => {
  test('is named with its line, in the summary and in the verdict', () =>
    withFile(
      'own.steps.mts',
      steps("Given('it is broken', () => {", '  const a: any = {}', '  return a.b.c', '})'),
      async ({ code, stdout }, workplace) => {
        assert.equal(code, 1)
        const why = "Cannot read properties of undefined (reading 'c') (own.steps.mts:5)"
        assert.include(stdout, why)
        assert.include(await workplace.read('reports/simulation/verdict.json'), why)
      },
    ))
})
