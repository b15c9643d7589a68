import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { assert } from 'chai'
import { readRun } from '../../../src/cli/record/read-run.ts'
import { verdictOf } from '../../../src/evidence/verdict-tally.ts'
import { type Ran, Workplace } from '../workplace.ts'

const FEATURES = {
  'trading.feature': `@orders
Feature: Trading
  Background:
    Given Ada is signed in
  Rule: A previously quoted order is dealt at its quote
    @quoted
    Scenario: Ada trades
      Given Ada has a rate
      When Ada places a PQ order
      And its status is FILLED
      Then Ada downloads the trade
    Scenario Outline: Another <way>
      When Ada places a Limit order
      * its status is <status>
      Examples:
        | way | status   |
        | day | REJECTED |
        | day | FILLED   |
`,
  'failing.feature': `Feature: A failure
  Scenario: The order differs
    Given Ada is signed in
    Then it is not so
    And Ada has a rate
`,
  'skipped.feature': `Feature: Skipped
  @cannot
  Scenario: The market moves
    Given Ada is signed in
`,
}

/** What a run is refused with. */
async function refusal(dir: string): Promise<string> {
  try {
    await readRun(dir)
  } catch (error) {
    assert.equal(Object(error).name, 'UsageError')
    return Object(error).message
  }
  throw new Error(`${dir} was read`)
}

describe('the record of a run', () => {
  let workplace: Workplace
  let ran: Ran
  const out = () => join(workplace.path, 'reports/simulation')
  before(async () => {
    workplace = await Workplace.of(FEATURES)
    ran = await workplace.verify('--parallel', '2')
    assert.equal(ran.code, 1, ran.stderr)
  })
  after(() => workplace.remove())

  test('says what was run, with what, and when', async () => {
    const { run, verdict } = await readRun(out())
    assert.match(run.id, /^simulation-\d{8}T\d{6}Z-[0-9a-f]{6}$/)
    assert.deepEqual(
      [run.target, run.seed, run.startedAt],
      ['simulation', 'integral', verdict.startedAt],
    )
    assert.equal(run.software.node, process.versions.node)
    assert.match(run.software['integral-harness'] ?? '', /^\d+\.\d+\.\d+$/)
    for (const digest of Object.values(run.digests)) assert.match(digest, /^[0-9a-f]{64}$/)
  })

  test('has every scenario in the order of the files, with its steps as written', async () => {
    const { scenarios } = await readRun(out())
    assert.deepEqual(
      scenarios.map(({ uri, line, status }) => `${uri}:${line} ${status}`),
      [
        'features/failing.feature:2 failed',
        'features/skipped.feature:3 notVerified',
        'features/trading.feature:7 passed',
        'features/trading.feature:17 passed',
        'features/trading.feature:18 passed',
      ],
    )
    const [failing, skipped, quoted, row] = scenarios
    assert.deepInclude(quoted, {
      feature: 'Trading',
      rule: 'A previously quoted order is dealt at its quote',
      tags: ['@orders', '@quoted'],
    })
    assert.deepEqual(
      quoted?.steps.map(({ keyword, kind, text }) => [keyword, kind, text]),
      [
        ['Given', 'context', 'Ada is signed in'],
        ['Given', 'context', 'Ada has a rate'],
        ['When', 'action', 'Ada places a PQ order'],
        ['And', 'action', 'its status is FILLED'],
        ['Then', 'outcome', 'Ada downloads the trade'],
      ],
    )
    assert.equal(row?.steps.at(-1)?.keyword, '*')
    assert.deepEqual(
      failing?.steps.map(({ status }) => status),
      ['passed', 'failed', 'skipped'],
    )
    assert.equal(failing?.failure?.message, failing?.steps[1]?.message)
    assert.isUndefined(failing?.rule)
    assert.equal(skipped?.notVerified, 'the backend cannot move the market')
  })

  test('is what the verdict was computed from', async () => {
    const { verdict, scenarios, run } = await readRun(out())
    assert.deepEqual(verdictOf(run, scenarios), verdict)
  })

  test('is found by its folder too', async () => {
    assert.deepEqual(await readRun(join(out(), 'evidence')), await readRun(out()))
  })

  test('keeps the features and the rules as they were run', async () => {
    for (const [name, text] of Object.entries(FEATURES)) {
      assert.equal(await readFile(join(out(), 'evidence/features', name), 'utf8'), text)
    }
    assert.isAbove(JSON.parse(await readFile(join(out(), 'evidence/rules.json'), 'utf8')).length, 9)
  })

  test('is refused where there is none, where it is not whole, and in another format', async () => {
    assert.match(
      await refusal(join(workplace.path, 'nowhere')),
      /^There is no run in .*nowhere: run/,
    )
    const file = join(out(), 'evidence/run.json')
    const facts = await readFile(file, 'utf8')
    await writeFile(file, facts.replace('integral-evidence/1', 'integral-evidence/9'))
    assert.match(await refusal(out()), /format integral-evidence\/9, and this version reads/)
    await writeFile(file, facts)
    await rm(join(out(), 'evidence/verdict.json'))
    assert.match(await refusal(out()), /^The run simulation-\S+ in \S+ was broken off/)
  })

  test('is replaced by the next run, which touches nothing else', async () => {
    const note = join(out(), 'evidence/notes.txt')
    await writeFile(note, 'mine')
    const before = await readFile(join(out(), 'verdict.json'), 'utf8')
    const refused = await workplace.verify()
    assert.equal(refused.code, 2)
    assert.match(refused.stderr, /it holds notes\.txt, which no run has written; move it elsewhere/)
    assert.equal(await readFile(join(out(), 'verdict.json'), 'utf8'), before)
    await rm(note)
    await mkdir(join(out(), 'evidence/features/gone'), { recursive: true })
    await writeFile(join(out(), 'evidence/features/gone/old.feature'), 'Feature: Old')
    assert.equal((await workplace.verify('features/skipped.feature')).code, 2)
    const { scenarios } = await readRun(out())
    assert.lengthOf(scenarios, 1)
    const files = [...(await workplace.files('reports/simulation/evidence/features')).keys()]
    assert.deepEqual(files, ['skipped.feature'])
  })
})

describe('a run whose features are changed after they were read', () => {
  test('does not begin, says which, and keeps what it had read', async () => {
    const workplace = await Workplace.of(FEATURES)
    try {
      // Another program saves one, right after its text was written down.
      await workplace.write(
        'cucumber.mjs',
        `import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
const { writeFileSync } = fs
fs.writeFileSync = (file, text) => {
  writeFileSync(file, text)
  if (file.endsWith('rules.json')) fs.appendFileSync('features/trading.feature', '# later')
}
syncBuiltinESMExports()
${await workplace.read('cucumber.mjs')}`,
      )
      const { code, stdout, stderr } = await workplace.verify()
      const why =
        'Failed to run features/trading.feature: it was changed after it had been read; run it again.'
      assert.equal(code, 2, stdout)
      assert.include(stderr, why)
      assert.notInclude(stderr, '    at ')
      const { verdict, scenarios, run } = await readRun(join(workplace.path, 'reports/simulation'))
      assert.include(verdict.notJudged, why)
      assert.isEmpty(scenarios)
      assert.equal(
        await workplace.read('reports/simulation/evidence/features/trading.feature'),
        FEATURES['trading.feature'],
      )
      assert.match(run.digests.features, /^[0-9a-f]{64}$/)
    } finally {
      await workplace.remove()
    }
  })
})
