import { before, describe, test } from 'node:test'
import { JUnitXmlPrinter, type Options } from '@cucumber/junit-xml-formatter'
import { assert } from 'chai'
import type { Message } from '../../src/cli/cucumber-message.ts'
import { JunitSuite } from '../../src/cli/junit-suite.ts'
import { Workplace } from './workplace.ts'

const OPTIONS: Options = { suiteName: 'integral > simulation, tests="7" skipped="7"' }

const features = {
  'b.feature': `Feature: Rows
  Background:
    Given it works
  Scenario Outline: Row <what>
    Given it <what>
    Examples:
      | what   |
      | works  |
      | breaks |
    Examples:
      | what  |
      | skips |
  Scenario: After rows
    Given it works
`,
  'a.feature': `Feature: Rules
  Rule: One
    Background:
      Given it works
    Scenario: In a rule
      Given it works
      And it breaks
  Rule: Another
    Scenario: In another
      Given it skips
`,
}
const steps = `import { AfterAll, Given } from ${JSON.stringify(import.meta.resolve('@cucumber/cucumber'))}
Given('it works', function () { this.attach('it did', 'text/plain') })
Given('it skips', () => 'skipped')
Given('it breaks', () => { throw new Error('"<a>" & ]]>\\n  <testcase name="not one">\\n</testsuite>') })
AfterAll(() => { throw new Error('no end') })
`

/** What Cucumber's own printer makes of messages; it keeps all of them. */
function printed(messages: readonly Message[], options: Options): string {
  let text = ''
  const printer = new JUnitXmlPrinter(options, (content) => {
    text += content
  })
  for (const message of messages) printer.update(message)
  return text
}

function ownOf(messages: readonly Message[]): string {
  let text = ''
  const suite = new JunitSuite(OPTIONS, (content) => {
    text += content
  })
  for (const message of messages) suite.receive(message)
  return text
}

describe('What build servers read is what Cucumber prints', () => {
  let messages: readonly Message[]
  let written: string
  before(async () => {
    const workplace = await Workplace.of(features)
    try {
      const config = { paths: ['features/**/*.feature'], import: ['own.mjs'] }
      await workplace.write('cucumber.mjs', `export default ${JSON.stringify(config)}\n`)
      await workplace.write('own.mjs', steps)
      await workplace.verify('--order', 'random')
      const lines = await workplace.read('reports/simulation/messages.ndjson')
      messages = lines
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
      written = await workplace.read('reports/simulation/junit.xml')
    } finally {
      await workplace.remove()
    }
  })

  test('of a whole run', () => {
    const expected = printed(messages, { suiteName: 'integral simulation' })
    assert.include(expected, ' tests="6" skipped="2" failures="2" errors="0"')
    assert.include(expected, '<testcase name="own.mjs:')
    assert.equal(written.replace(/\s*<properties>[\s\S]*<\/properties>/, ''), expected)
  })

  test('in a suite of any name', () => {
    assert.equal(ownOf(messages), printed(messages, OPTIONS))
  })

  test('where no hook has failed', () => {
    const others = messages.filter(({ testRunHookFinished }) => !testRunHookFinished)
    assert.equal(ownOf(others), printed(others, OPTIONS))
  })

  test('of no scenarios', () => {
    const none = messages.filter(({ testCase }) => !testCase)
    const expected = printed(
      none.filter(({ testCaseStarted }) => !testCaseStarted),
      OPTIONS,
    )
    assert.include(expected, ' tests="0" ')
    assert.equal(ownOf(none), expected)
  })

  test('where a scenario is retried, and another was broken off', () => {
    const finished = messages.filter(({ testCaseFinished }) => testCaseFinished)
    const [first, last] = [finished.at(0), finished.at(-1)]
    const id = first?.testCaseFinished?.testCaseStartedId ?? ''
    const again = (message: Message): Message =>
      JSON.parse(JSON.stringify(message).replaceAll(id, 'again'))
    const more = messages.flatMap((message) => {
      if (message === last) return []
      if (message !== first) return [message]
      const all = messages.filter((each) => JSON.stringify(each).includes(id)).map(again)
      return [{ testCaseFinished: { ...message.testCaseFinished, willBeRetried: true } }, ...all]
    }) as Message[]
    const expected = printed(more, OPTIONS)
    assert.include(expected, ' tests="6" ')
    assert.equal(ownOf(more), expected)
  })
})
