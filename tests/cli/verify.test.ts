import { after, before, describe, test } from 'node:test'
import { assert } from 'chai'
import { PASSWORD, TOKEN } from './secrets.ts'
import { type Ran, Workplace } from './workplace.ts'

const trading = `Feature: Trading
  Rule: A previously quoted order is dealt at its quote
    Scenario: Ada trades
      Given Ada is signed in
      And Ada has a rate
      When Ada places a PQ order
      And its status is NEW
      And its status is FILLED
      Then Ada downloads the trade
    Scenario: Ada is refused
      Given Ada is signed in
      When Ada is refused a PQ order
    Scenario Outline: Another <way>
      Given Ada is signed in
      When Ada places a Limit order
      And its status is <status>
      Examples:
        | way | status   |
        | day | REJECTED |
        | day | FILLED   |
`
const finding = `Feature: A finding
  Scenario: The order comes back
    Given Ada is signed in
    When Ada places a PQ order
    And its status is FILLED
    And its status is NEW
`
const failing = `Feature: A failure
  Scenario: The order differs
    Given Ada is signed in
    Then it is not so
`
const skipped = `Feature: Skipped
  @cannot
  Scenario: The market moves
    Given Ada is signed in
`

/** Runs `verify` once on these features and hands the result to the check. */
function running(
  title: string,
  features: Readonly<Record<string, string>>,
  args: readonly string[],
  check: (ran: Ran, workplace: Workplace) => Promise<void> | void,
): void {
  test(title, async () => {
    const workplace = await Workplace.of(features)
    try {
      await check(await workplace.verify(...args), workplace)
    } finally {
      await workplace.remove()
    }
  })
}

describe('a run in which everything held', () => {
  let workplace: Workplace
  let ran: Ran
  before(async () => {
    workplace = await Workplace.of({ 'trading.feature': trading, 'skipped.feature': skipped })
    ran = await workplace.verify()
  })
  after(() => workplace.remove())

  test('ends with 0, and says what it saw', () => {
    assert.equal(ran.code, 0, ran.stdout + ran.stderr)
    assert.equal(ran.stderr, '')
    assert.include(
      ran.stdout,
      '5 scenarios on simulation (seed integral): 4 passed, 0 failed, 1 not verified',
    )
    assert.match(
      ran.stdout,
      /PQ lifecycle +15 of 27 rules observed; not observed: pq\.received-rejected/,
    )
    assert.match(
      ran.stdout,
      /^ {2}PQ +4 of 5 states, 4 of 6 transitions, 2 of 4 transition pairs; not /m,
    )
    assert.include(ran.stdout, '1 because the backend cannot move the market:')
    assert.include(ran.stdout, 'reports/simulation/allure.html')
    assert.notMatch(ran.stdout, /publish|reports\.cucumber\.io/i)
  })

  test('leaves every report, and nothing else', async () => {
    const files = [...(await workplace.files('reports')).keys()]
    const reports = files.filter((file) => !file.startsWith('simulation/allure-results/')).sort()
    assert.deepEqual(reports, [
      'history/allure-simulation.jsonl',
      'history/simulation.ndjson',
      'simulation/allure.html',
      'simulation/cucumber.html',
      'simulation/evidence/features/skipped.feature',
      'simulation/evidence/features/trading.feature',
      'simulation/evidence/manifest.dsse.json',
      'simulation/evidence/rules.json',
      'simulation/evidence/run.json',
      'simulation/evidence/scenarios.ndjson',
      'simulation/evidence/transcript.ndjson',
      'simulation/evidence/verdict.json',
      'simulation/junit.xml',
      'simulation/messages.ndjson',
      'simulation/verdict.json',
    ])
    const inAllure = (end: string) => files.filter((file) => file.endsWith(end)).length
    assert.equal(inAllure('-result.json'), 5)
    assert.isAbove(inAllure('.httpexchange'), 10)
    assert.isAbove(inAllure('.svg'), 4)
  })

  test('shows rows of an outline as tests of their own, under their rule', async () => {
    const files = await workplace.files('reports/simulation/allure-results')
    const results = [...files].filter(([name]) => name.endsWith('-result.json'))
    const parsed = results.map(([, text]) => JSON.parse(text))
    assert.lengthOf(new Set(parsed.map(({ historyId }) => historyId)), 5)
    const { labels } = parsed.find(({ name }) => name === 'Ada trades')
    assert.deepInclude(labels, {
      name: 'story',
      value: 'A previously quoted order is dealt at its quote',
    })
  })

  test('tells which words of its steps a page is to set apart', async () => {
    for (const page of ['messages.ndjson', 'cucumber.html']) {
      const text = await workplace.read(`reports/simulation/${page}`)
      const [matches] = /"stepMatchArguments":\[\{"group":\{[^}]*"value":"FILLED"/.exec(text) ?? []
      assert.isDefined(matches, page)
    }
  })

  test('leaves pages that reach out to nothing', async () => {
    for (const page of ['allure.html', 'cucumber.html']) {
      const html = await workplace.read(`reports/simulation/${page}`)
      assert.notMatch(html, /googletagmanager|gtag\(/)
      assert.isNull(html.match(/<[a-z]+\b[^>]*\s(?:src|href)\s*=\s*["']?(?:https?:)?\/\//i))
    }
    const html = await workplace.read('reports/simulation/allure.html')
    assert.match(
      html,
      /<meta http-equiv="Content-Security-Policy" content="default-src 'unsafe-inline'/,
    )
  })

  test('leaves no secret in any file or stream, however encoded', async () => {
    const texts = [
      ...(await workplace.files('reports')),
      ['stdout', ran.stdout],
      ['stderr', ran.stderr],
    ]
    assert.isAbove(texts.length, 20)
    for (const [name = '', text = ''] of texts) {
      for (const form of decoded(text)) {
        for (const secret of [TOKEN, PASSWORD]) assert.isFalse(form.includes(secret), name)
      }
    }
  })

  test('cleans up after an earlier run, and only that', async () => {
    await workplace.write('reports/simulation/mine.txt', 'mine')
    await workplace.write('reports/simulation/allure-results/mine.json', '{}')
    const again = await workplace.verify('features/skipped.feature')
    assert.equal(again.code, 2)
    const files = [...(await workplace.files('reports/simulation')).keys()]
    assert.includeMembers(files, ['mine.txt', 'allure-results/mine.json'])
    assert.lengthOf(
      files.filter((file) => file.endsWith('-result.json')),
      1,
    )
  })
})

describe('exit codes', () => {
  running('1: a finding', { 'a.feature': finding }, [], async ({ code, stdout }, workplace) => {
    assert.equal(code, 1)
    assert.include(
      stdout,
      'illegal-transition: order 482: FILLED → NEW (exchanges 3 and 4), though exchange 3 showed ',
    )
    const { findings, scenarios } = await workplace.verdict()
    assert.deepEqual(scenarios, { passed: 0, failed: 1, notVerified: 0 })
    assert.deepInclude(findings[0], {
      code: 'illegal-transition',
      orderId: '482',
      exchanges: [3, 4],
    })
    const files = await workplace.files('reports/simulation/allure-results')
    const [, result = ''] = [...files].find(([name]) => name.endsWith('-result.json')) ?? []
    assert.equal(JSON.parse(result).status, 'failed')
  })
  running('1: a failed scenario', { 'a.feature': failing }, [], ({ code, stdout }) => {
    assert.equal(code, 1)
    assert.match(
      stdout,
      /features\/a\.feature:2 The order differs\n +it is not so\n +the status: expected/,
    )
  })
  running(
    '1: a finding outranks what is missing',
    { 'a.feature': finding, 'b.feature': skipped },
    [],
    ({ code }) => {
      assert.equal(code, 1)
    },
  )
  running(
    '1: a step that is half written',
    { 'a.feature': 'Feature: A\n  Scenario: B\n    Then it is half written\n' },
    [],
    ({ code }) => assert.equal(code, 1),
  )
  running(
    '2: everything was skipped',
    { 'a.feature': skipped },
    ['features/a.feature'],
    ({ code, stderr }) => {
      assert.equal(code, 2)
      assert.equal(stderr, 'It could not be judged: no scenario was verified.\n')
    },
  )
  running(
    '2: nothing was shown',
    { 'a.feature': `@no-evidence\n${trading}` },
    ['--tags', '@no-evidence'],
    async ({ code }, workplace) => {
      assert.equal(code, 2)
      const { scenarios, rules } = await workplace.verdict()
      assert.deepEqual(scenarios, { passed: 0, failed: 0, notVerified: 4 })
      assert.isTrue(rules.every(({ result }) => result === 'not-verified'))
    },
  )
  const partial = { 'a.feature': 'Feature: A\n  Scenario: B\n    Given Ada is signed in\n' }
  running('2: a full run that did not trade', partial, [], ({ code, stderr }) => {
    assert.equal(code, 2)
    assert.equal(
      stderr,
      'It could not be judged: the full run did not observe a rate, an order queried to its end, a download.\n',
    )
  })
  running(
    '2: a full run that did not observe all of the order models, where that is required',
    { 'trading.feature': trading },
    ['--require-coverage'],
    ({ code, stderr }) => {
      assert.equal(code, 2)
      assert.match(
        stderr,
        /^It could not be judged: the full run did not observe REJECTED, RECEIVED → REJECTED, .* of a PQ order, NEW, EXPIRED, CANCELED, refused and 11 more of a Limit order\.\n$/,
      )
    },
  )
  running('0: the same, when only that was asked for', partial, ['--name', 'B'], ({ code }) => {
    assert.equal(code, 0)
  })
})

describe('what cannot be run is refused in one sentence, with 2', () => {
  const refused = (
    title: string,
    features: Readonly<Record<string, string>>,
    args: readonly string[],
    sentence: RegExp,
  ) =>
    running(title, features, args, ({ code, stdout, stderr }) => {
      assert.equal(code, 2)
      assert.match(stderr, sentence)
      assert.equal(stderr.trim().split('\n').length, 1, stderr)
      assert.notMatch(stdout, /passed/)
    })
  const fine = { 'a.feature': trading }
  refused(
    'all of the order models, where only some of the scenarios are chosen',
    fine,
    ['--require-coverage', '--name', 'Ada'],
    /^--require-coverage is of all scenarios, and --name chooses some: leave out one of them\.$/m,
  )
  const withStep = (step: string) => ({
    'a.feature': `Feature: A\n\n  Scenario: B\n    Given ${step}\n`,
  })

  refused(
    'an undefined step',
    withStep('Ada flies'),
    [],
    /^features\/a\.feature:4: step "Ada flies" is not defined: .*\.$/m,
  )
  refused(
    'an ambiguous step',
    withStep('it is twofold'),
    [],
    /^features\/a\.feature:4: step "it is twofold" is ambiguous: .*tiny-steps\.ts:\d+ and .*tiny-steps\.ts:\d+\.$/m,
  )
  refused(
    'a scenario without steps',
    { 'a.feature': 'Feature: A\n  Scenario: B\n' },
    [],
    /^features\/a\.feature:2: scenario "B" has no steps/,
  )
  refused(
    'a feature that is no Gherkin',
    { 'a.feature': 'Feature: A\n  Scenario: B\n    Given x\n  nonsense\n' },
    [],
    /^features\/a\.feature:\d+: not readable as Gherkin: .*\.$/m,
  )
  refused(
    'an empty selection',
    fine,
    ['--tags', '@nowhere'],
    /^Nothing to run: .* matches --tags "@nowhere"/,
  )
  refused(
    'no feature at all',
    {},
    [],
    /^Nothing to run: no feature file was found here, in features\/\*\*\/\*\.feature; name others\.\n$/,
  )
  refused(
    'a feature without a scenario',
    { 'a.feature': 'Feature: A\n' },
    ['features'],
    /^Nothing to run: no scenario is in features; choose others\.\n$/,
  )
  refused(
    'a malformed tag expression',
    fine,
    ['--tags', '@a and'],
    /^Malformed --tags "@a and": syntax error: Expected operand; use tags with/,
  )
  refused(
    'an unknown target',
    fine,
    ['--target', 'moon'],
    /^Unknown target "moon": use --target simulation, served or uat\.$/m,
  )
  refused('a malformed seed', fine, ['--seed', 'a b'], /^Malformed --seed "a b": use 1 to 64 /)
  refused('an unknown option', fine, ['--speed', '9'], /^error: unknown option '--speed'/)
  refused(
    'an output directory that is a file',
    fine,
    ['--out', 'cucumber.mjs'],
    /^Failed to write reports to .*: .*\.$/m,
  )
})

test('a support file that cannot be loaded is refused with its reason', async () => {
  const workplace = await Workplace.of({ 'a.feature': trading })
  await workplace.write('cucumber.mjs', 'export default { import: ["./broken.mjs"] }')
  await workplace.write('broken.mjs', 'throw new Error("not today")')
  const { code, stderr } = await workplace.verify()
  assert.equal(code, 2)
  assert.equal(stderr, 'Failed to load the step definitions: broken.mjs:1: not today.\n')
  await workplace.remove()
})

test('a run that breaks off before its first scenario could not be judged', async () => {
  const workplace = await Workplace.of({ 'a.feature': trading })
  const { code, stderr } = await workplace.verify('--seed', 'no-database')
  assert.equal(code, 2)
  assert.equal(stderr, 'It could not be judged: the run broke off: Error: no database.\n')
  await workplace.remove()
})

test('serial, repeated, shuffled and parallel runs come to the same verdict', async () => {
  const workplace = await Workplace.of({
    'a.feature': trading,
    'b.feature': finding,
    'c.feature': failing,
    'd.feature': skipped,
  })
  const ways = [[], [], ['--order', 'random:7'], ['--order', 'random'], ['--parallel', '2']]
  const verdicts = await Promise.all(
    ways.map(async (args, at) => {
      const { code } = await workplace.verify(...args, '--out', `out-${at}`)
      assert.equal(code, 1)
      const { run, startedAt, ...rest } = await workplace.verdict(`out-${at}`)
      assert.match(run ?? '', /^simulation-\d{8}T\d{6}Z-[0-9a-f]{6}$/)
      assert.match(startedAt, /^\d{4}-\d\d-\d\dT/)
      return JSON.stringify(rest)
    }),
  )
  assert.lengthOf(new Set(verdicts), 1)
  const above = [...(await workplace.files()).keys()].map((file) => file.split('/')[0])
  const known = ['cucumber.mjs', 'features', ...ways.map((_, at) => `out-${at}`)]
  assert.sameMembers([...new Set(above)], known)
  await workplace.remove()
})

test('what cannot be run leaves the reports of the last run', async () => {
  const workplace = await Workplace.of({ 'a.feature': trading })
  await workplace.verify('--out', 'out')
  const before = [...(await workplace.files('out')).keys()]
  for (const args of [['--name', 'nobody'], ['nofile.feature'], ['--tags', '@a and (']]) {
    const { code } = await workplace.verify(...args, '--out', 'out')
    assert.equal(code, 2)
    assert.sameMembers([...(await workplace.files('out')).keys()], before)
  }
  await workplace.remove()
})

test('shards together run every scenario once', async () => {
  const workplace = await Workplace.of({ 'a.feature': trading })
  const names: string[] = []
  for (const shard of ['1/2', '2/2']) {
    const { code, stdout } = await workplace.verify('--shard', shard, '--out', 'out')
    assert.equal(code, 0, stdout)
    const files = await workplace.files('out/allure-results')
    const results = [...files].filter(([name]) => name.endsWith('-result.json'))
    names.push(...results.map(([, text]) => JSON.parse(text).name))
  }
  assert.sameMembers(names, ['Ada trades', 'Ada is refused', 'Another day', 'Another day'])
  await workplace.remove()
})

/** A text, and all that it holds in base64, twice over, with percent, HTML and JSON escapes undone. */
function decoded(text: string, depth = 2): string[] {
  const plain = [
    text,
    text.replaceAll(/(?:%[0-9a-f]{2})+/gi, (run) =>
      Buffer.from(run.replaceAll('%', ''), 'hex').toString(),
    ),
    text
      .replaceAll(/&#(\d+);/g, (_, code) => String.fromCodePoint(Number(code)))
      .replaceAll('&quot;', '"')
      .replaceAll('&#x27;', "'")
      .replaceAll('&amp;', '&'),
    text.replaceAll(/\\u([0-9a-f]{4})/gi, (_, code) =>
      String.fromCharCode(Number.parseInt(code, 16)),
    ),
    text.replaceAll(/\\+(["/])/g, '$1'),
  ]
  if (depth === 0) return plain
  const runs = text.match(/[A-Za-z0-9+/_-]{16,}={0,2}/g) ?? []
  return [
    ...plain,
    ...runs.flatMap((run) => decoded(Buffer.from(run, 'base64').toString(), depth - 1)),
  ]
}
