import type { DriftReport, Occurrence } from '../../evidence/drift/drift-report.ts'
import type { StoryLine } from '../../evidence/drift/story.ts'
import { type Html, html } from '../page/html.ts'
import { rowGroup, table } from '../page/table.ts'
import { namesOf } from './names.ts'
import { exchangesText, sideBySide } from './side-by-side.ts'

/** Timelines shown at most: enough to see one of each difference. All stand in `drift.json`. */
const MOST_STORIES = 40

/** For each difference a scenario that shows it, with both timelines; one may show several. */
export function storySection(report: DriftReport): Html {
  const chosen = storiesToShow(report)
  if (chosen.size === 0) return html``
  const stories = [...chosen].slice(0, MOST_STORIES)
  const left = chosen.size - stories.length
  return html`<h2 id="timelines">Timelines side by side</h2>
<p>One scenario for each difference; those of all the others stand in <code>drift.json</code>. Lines in grey are the exchanges
that show a difference. t0 is the placing of the order; the number of an exchange is that in the transcript of its
scenario.${left > 0 ? ` ${left} scenarios more are left out here.` : ''}</p>
${stories.map(([scenario, shown], at) => story(scenario, shown, at, report))}`
}

/** Scenarios by the differences that they are to show, each difference once. */
function storiesToShow({ groups }: DriftReport): ReadonlyMap<string, readonly Occurrence[]> {
  const chosen = new Map<string, Occurrence[]>()
  for (const { occurrences, open } of groups) {
    const candidates = open.length > 0 ? open : occurrences
    const one = candidates.find(({ scenario }) => chosen.has(scenario)) ?? candidates[0]
    if (one) chosen.set(one.scenario, [...(chosen.get(one.scenario) ?? []), one])
  }
  return chosen
}

function story(
  scenario: string,
  shown: readonly Occurrence[],
  at: number,
  report: DriftReport,
): Html {
  const names = namesOf(report)
  const stories = report.compared.find((each) => each.scenario === scenario)?.stories
  if (!stories) return html``
  const cited = (side: 'simulation' | 'endpoint') =>
    new Set(shown.flatMap((each) => each[side].exchanges))
  const [here, there] = [cited('simulation'), cited('endpoint')]
  const groups = sideBySide(stories).map(({ step, rows }) =>
    rowGroup(
      step,
      2,
      rows.map(([one, other]) => {
        const isCited =
          one?.exchanges.some((number) => here.has(number)) ||
          other?.exchanges.some((number) => there.has(number))
        return html`<tr class="${isCited ? 'cited' : ''}"><td>${lineCell(one)}</td><td>${lineCell(other)}</td></tr>
`
      }),
    ),
  )
  return html`<h3 id="story-${at + 1}">${scenario}</h3>
<ul>${shown.map(({ id }) => html`<li><code>${id}</code></li>`)}</ul>
<div class="stories">${table({
    caption: `What ${names.simulation} and ${names.endpoint} did, step by step.`,
    label: `Timelines ${at + 1}`,
    columns: [names.simulation, names.endpoint],
    rows: groups,
    isGrouped: true,
  })}</div>`
}

function lineCell(line: StoryLine | undefined): Html {
  if (!line) return html``
  const when = line.when === undefined ? '' : `${line.when}, `
  const noun = line.exchanges.length === 1 ? 'exchange' : 'exchanges'
  return html`${line.text}<span class="says">${when}${noun} ${exchangesText(line.exchanges)}</span>`
}
