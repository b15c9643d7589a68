import { describe, it } from 'node:test'
import { assert } from 'chai'
import { changesSince } from '../../../src/evidence/history/changes.ts'
import { changesText } from '../../../src/evidence/history/changes-text.ts'
import { comparableRun } from '../../../src/evidence/history/comparable-run.ts'
import type { HistoryLine } from '../../../src/evidence/history/history-line.ts'
import type { RuleVerdict } from '../../../src/evidence/verdict.ts'
import { FEATURE, finding, line } from './lines.ts'

const rules = (held: readonly string[], broken: readonly string[], not: readonly string[]) => ({
  ...{ held, broken },
  'not-verified': not,
})

/** As a verdict has them, each shown in these scenarios. */
function verdictRules(
  { rules: { held, broken, 'not-verified': not } }: HistoryLine,
  shownIn: readonly string[] = [],
): RuleVerdict[] {
  const scenarios = shownIn.map((name) => `${FEATURE}:7 ${name}`)
  const rule = (result: RuleVerdict['result']) => (id: string) =>
    ({ id, severity: 'must', result, scenarios }) as const
  return [
    ...held.map(rule('held')),
    ...broken.map(rule('broken')),
    ...not.map(rule('not-verified')),
  ]
}

const says = (then: HistoryLine, now: HistoryLine, shownIn?: readonly string[]) =>
  changesText(changesSince(then, now, verdictRules(now, shownIn)))

const HEADING = 'Since the last run (uat-20261126T081502Z-9f3c1a, 2026-11-26 08:15 UTC'

describe('what changed since an earlier run', () => {
  const then = line({
    ...{ passed: ['A', 'B'], failed: ['C'] },
    rules: rules(['r.a', 'r.b'], ['r.c'], ['r.d']),
    findings: [finding('r.c', 'C')],
  })

  it('is nothing', () => {
    assert.deepEqual(says(then, then), [`${HEADING}): no change`])
  })

  it('is said in one block, each thing by its name', () => {
    const now = line({
      ...{ passed: ['C'], failed: ['A'], notVerified: ['B'] },
      rules: rules(['r.c', 'r.d'], ['r.a'], ['r.b']),
      findings: [finding('r.a', 'A')],
    })
    assert.deepEqual(says(then, now), [
      `${HEADING})`,
      '  newly broken      r.a',
      '  newly held        r.c, r.d',
      '  newly unverified  r.b',
      '  new findings',
      `    r.a-code in ${FEATURE} A`,
      '  findings gone',
      `    r.c-code in ${FEATURE} C`,
      '  scenarios newly failing',
      `    ${FEATURE} A`,
      '  scenarios newly passing',
      `    ${FEATURE} C`,
      '  scenarios newly unverified',
      `    ${FEATURE} B`,
    ])
  })

  it('is compared on what both ran', () => {
    const now = line({
      ...{ selection: ['--name A'], passed: ['A'], failed: ['New'] },
      rules: rules(['r.a'], ['r.new'], ['r.b', 'r.c', 'r.d']),
      findings: [finding('r.new', 'New')],
    })
    const scope = `${HEADING}; on the one scenario that both ran`
    assert.deepEqual(says(then, now), [`${scope}): no change`])
    // What holds now, and did not then, counts where a scenario shows it that ran then too.
    const held = line({ ...now, rules: rules(['r.d'], [], []) })
    const heldIn = (name: string) =>
      says(then, line({ ...held, passed: ['A', 'New'], scenarios: now.scenarios }), [name])
    assert.deepEqual(heldIn('A'), [`${scope})`, '  newly held  r.d'])
    assert.deepEqual(heldIn('New'), [`${scope}): no change`])
  })

  it('does not call a finding gone whose scenario was not run', () => {
    const now = line({ passed: ['A'], rules: rules([], [], ['r.a', 'r.b', 'r.c', 'r.d']) })
    assert.match(says(then, now).join('\n'), /: no change$/)
  })

  it('counts what the run itself shows only where the same was run', () => {
    const itself = { code: 'code', rule: 'r.e', uri: '', name: 'the run itself' }
    const before = line({ passed: ['A', 'B'], findings: [itself], rules: rules([], ['r.e'], []) })
    const smaller = line({ passed: ['A'], rules: rules(['r.e'], [], []) })
    const same = line({ passed: ['A', 'B'], rules: rules(['r.e'], [], []) })
    assert.match(says(before, smaller, ['A']).join('\n'), /: no change$/)
    assert.deepEqual(says(before, same, ['A']), [
      `${HEADING})`,
      '  newly held  r.e',
      '  findings gone',
      '    code in the run itself',
    ])
  })

  it('says what else was otherwise', () => {
    const now = line({ ...then, seed: 'other', settings: { a: 1 }, org: 'B', software: '2' })
    assert.deepEqual(says(then, now), [
      `${HEADING}; another seed; other settings; another organisation; another version of the harness): no change`,
    ])
  })

  it('names the first few of many', () => {
    const many = Array.from({ length: 8 }, (_, at) => `S${at}`)
    const said = says(line({ passed: many }), line({ failed: many }))
    assert.lengthOf(said, 1 + 1 + 5 + 1)
    assert.equal(said.at(-1), '    … and 3 more')
  })
})

describe('the run to compare with', () => {
  const current = line({ run: 'now', passed: ['A'], selection: ['--name A'] })
  const found = (...runs: HistoryLine[]) => comparableRun({ runs, notes: [] }, current)?.run

  it('is the last with the same selection, else the last full one, else any', () => {
    const same = line({ run: 'same', passed: ['A'], selection: ['--name A'] })
    const full = line({ run: 'full', passed: ['A', 'B'] })
    const other = line({ run: 'other', passed: ['A'], selection: ['--tags "@a"'] })
    assert.equal(found(same, { ...same, run: 'same.2' }, full, other), 'same.2')
    assert.equal(found(full, { ...full, run: 'full.2' }, other), 'full.2')
    assert.equal(found(other), 'other')
    assert.isUndefined(found())
  })

  it('was on the same target, at the same address, and had a scenario in common', () => {
    const run = line({ run: 'then', passed: ['A'] })
    assert.isUndefined(found({ ...run, target: 'served' }))
    assert.isUndefined(found({ ...run, baseUrl: 'https://other.example' }))
    assert.isUndefined(found(line({ run: 'then', passed: ['B'] })))
    assert.isUndefined(found({ ...run, run: 'now' }))
  })

  it('may have been served at another port', () => {
    const served = (baseUrl: string) => line({ target: 'served', passed: ['A'], baseUrl })
    const then = { ...served('http://127.0.0.1:1'), run: 'then' }
    const now = { ...served('http://127.0.0.1:2'), run: 'now' }
    assert.equal(comparableRun({ runs: [then], notes: [] }, now)?.run, 'then')
  })
})
