import type { Matrix, MatrixCell, MatrixRun } from '../../evidence/matrix/matrix.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { SIMULATION_SCOPE } from '../../evidence/summary.ts'
import type { Verdict } from '../../evidence/verdict.ts'
import { type Html, html } from '../page/html.ts'
import { mark } from '../page/mark.ts'
import { table } from '../page/table.ts'
import { utc } from '../page/utc.ts'
import { departureLines, departuresOf } from './departures.ts'
import { resultMark, toneOf } from './tones.ts'

/** What was run last on each target, with what, and what it came to. */
export function runTable({ runs, without, why, noun }: Matrix): Html {
  const columns = [
    noun === 'target' ? 'Target' : 'Provider',
    'Verdict',
    'Run',
    'Scenarios',
    'Rules',
    'To be known before believing it',
  ]
  return table({
    label: `Last run on each ${noun}`,
    caption: `The last run on each ${noun}; dates are UTC.`,
    columns,
    rows: [
      ...runs.map((run) => runRow(run, noun === 'target' ? run.record.run.target : run.name)),
      ...without.map(
        (target) => html`<tr><th scope="row"><strong>${target}</strong></th>
<td>${mark('open', 'no run')}</td><td>${why[target] ?? 'never, as far as this page knows'}</td><td>–</td><td>–</td><td>–</td></tr>
`,
      ),
    ],
  })
}

function runRow(run: MatrixRun, heading: string): Html {
  const { run: facts, verdict } = run.record
  const { passed, failed, notVerified } = verdict.scenarios
  const count = (result: MatrixCell['result']) =>
    verdict.rules.filter((rule) => rule.result === result).length
  return html`<tr>
<th scope="row"><strong>${heading}</strong><span class="says">${verdict.baseUrl}</span></th>
<td>${mark(toneOf(run.standing.word), run.standing.word)}<span class="says">${run.standing.sentence}</span></td>
<td>${utc(facts.startedAt)}<span class="says"><code>${facts.id}</code></span><span class="says">seed <code>${facts.seed}</code></span></td>
<td class="numbers">${numbers([
    [passed, 'passed'],
    [failed, 'failed'],
    [notVerified, 'not verified'],
  ])}</td>
<td class="numbers">${numbers([
    [count('held'), 'held'],
    [count('broken'), 'broken'],
    [count('not-verified'), 'not verified'],
  ])}</td>
<td>${scopeOf(run).map((line) => html`<span class="line">${line}</span>`)}</td>
</tr>
`
}

function numbers(counted: readonly (readonly [number, string])[]): Html {
  return html`${counted.map(([count, what]) => html`<span class="line"><span class="count">${count}</span> ${what}</span>`)}`
}

/** What makes a run less than a whole one on a real endpoint, and as whom it traded. */
function scopeOf({ record, evidence }: MatrixRun): string[] {
  const { run, verdict } = record
  const { caps, account, accounts = account === undefined ? [] : [account] } = verdict
  return [
    ...departureLines(departuresOf(record), (settings) => settings.join(', ')),
    ...(isSimulated(run.target) ? [SIMULATION_SCOPE] : []),
    ...accounts.map(({ user, org }) =>
      caps?.placed === 0
        ? `No order was placed, with the login of ${user} of ${org}`
        : `Traded as ${user} of ${org}`,
    ),
    ...(evidence === undefined || isEmpty(verdict) ? [] : [evidence]),
  ]
}

/** Whether no scenario came to an end: that what there is of its evidence is whole says nothing then. */
function isEmpty({ scenarios: { passed, failed, notVerified } }: Verdict): boolean {
  return passed + failed + notVerified === 0
}

/** How the rules of each family fared, so that the eye knows where to look. */
export function familyTable({ runs, without, rows }: Matrix): Html {
  const families = [...Map.groupBy(rows, ({ rule }) => rule.family)]
  return table({
    label: 'Rules by family',
    caption: 'How many rules of each family held, were broken or not verified.',
    columns: [
      'Family',
      { title: 'Rules', kind: 'number' },
      ...runs.map(({ name }) => name),
      ...without,
    ],
    rows: families.map(
      ([
        family,
        ofFamily,
      ]) => html`<tr><th scope="row">${family}</th><td class="number">${ofFamily.length}</td>
${runs.map((_, at) => familyCell(ofFamily.flatMap(({ cells }) => cells[at] ?? [])))}
${without.map(() => html`<td class="none">no run</td>`)}</tr>
`,
    ),
  })
}

const RESULTS = ['broken', 'held', 'not-verified'] as const

function familyCell(cells: readonly MatrixCell[]): Html {
  const counted = RESULTS.flatMap((result) => {
    const count = cells.filter((cell) => cell.result === result).length
    return count === 0 ? [] : [html`<span class="part">${resultMark(result)} ${count}</span>`]
  })
  return html`<td>${counted}</td>`
}
