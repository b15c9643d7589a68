import type { DriftReport } from '../../evidence/drift/drift-report.ts'
import { hasDrift } from '../../evidence/drift/drift-report.ts'
import { countOf } from '../../evidence/summary.ts'
import { contents } from '../page/contents.ts'
import { Html, html } from '../page/html.ts'
import { verdictLine } from '../page/mark.ts'
import { page } from '../page/page.ts'
import { utc } from '../page/utc.ts'
import { calibrationSection } from './calibration-section.ts'
import type { CheckedCalibration } from './checked-calibration.ts'
import { differenceSection, waiverSection } from './difference-sections.ts'
import { driftSum, headline } from './drift-sum.ts'
import { namesOf } from './names.ts'
import { notComparedSection, scenarioSection, unseenSection } from './scenario-sections.ts'
import { storySection } from './story-section.ts'

const STYLE = new Html(`
.stories td { width: 50%; }
.stories .says { font-family: ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; }
.stories tr.cited td { background: var(--chip); }
`)

/** What the page tells besides the comparison. */
export interface DriftPageFacts {
  readonly writtenAt: Date
  /** What the evidence of each side says of itself, in one sentence. */
  readonly evidence: Readonly<Record<'simulation' | 'endpoint', string>>
  readonly calibration?: CheckedCalibration | undefined
}

/** The comparison as a page that needs nothing else: no script, no picture, no address. */
export function driftPage(
  report: DriftReport,
  { writtenAt, evidence, calibration }: DriftPageFacts,
): string {
  const names = namesOf(report)
  const title = `Drift of ${names.simulation} from ${names.endpoint}`
  return page({
    title,
    lead: lead(report, evidence),
    body: html`${verdictLine(toneOf(report), `${headline(report)}.`)}
${tiles(report)}
${contents([
  ['differences', 'Differences'],
  ...(report.waivers.length > 0 ? ([['waivers', 'Waivers']] as const) : []),
  ...(report.groups.length > 0 ? ([['timelines', 'Timelines side by side']] as const) : []),
  ...(calibration ? ([['calibration', 'Calibration']] as const) : []),
  ['unseen', 'Seen on one side only'],
  ['scenarios', 'Scenarios compared'],
  ['not-compared', 'Not compared'],
])}
${differenceSection(report)}
${waiverSection(report)}
${storySection(report)}
${calibration ? calibrationSection(calibration) : ''}
${unseenSection(report)}
${scenarioSection(report)}
${notComparedSection(report)}`,
    runIds: [report.simulation.id, report.endpoint.id],
    writtenAt,
    style: STYLE,
  })
}

function toneOf(report: DriftReport): 'good' | 'bad' | 'warn' {
  if (hasDrift(report)) return 'bad'
  return driftSum(report).expiredWaivers > 0 ? 'warn' : 'good'
}

function lead(report: DriftReport, evidence: DriftPageFacts['evidence']): Html {
  const names = namesOf(report)
  const fact = (name: string, run: DriftReport['simulation'], says: string) =>
    html`<p class="facts">${name}: run <code>${run.id}</code>, ${utc(run.startedAt)}${run.baseUrl === undefined ? '' : html`, <code>${run.baseUrl}</code>`}, seed ${run.seed}${Object.keys(run.settings).length > 0 ? html`, settings <code>${JSON.stringify(run.settings)}</code>` : ''}. ${says}</p>`
  return html`<p>The same scenarios on both, compared as order timelines and answers. Ids, times, amounts and prices are
taken out, or stand as references such as ‹order:1›: what differs here is behaviour. What was not verified on both is listed
as not compared, and never as the same.</p>
${fact(names.simulation, report.simulation, evidence.simulation)}
${fact(names.endpoint, report.endpoint, evidence.endpoint)}`
}

function tiles(report: DriftReport): Html {
  const sum = driftSum(report)
  const tile = (title: string, count: number, of: number | undefined, isWrong: boolean) =>
    html`<div class="${isWrong ? 'wrong' : ''}"><dt>${title}</dt><dd>${count}${of === undefined ? '' : html` <small>of ${countOf(of, 'scenario')}</small>`}</dd></div>`
  return html`<dl class="sum">
${tile('Differences', sum.open, undefined, sum.open > 0)}
${tile('Differences waived', sum.waived, undefined, false)}
${tile('Scenarios the same', sum.same, sum.compared, false)}
${tile('Scenarios not compared', sum.notCompared, undefined, false)}
${tile('Expired waivers', sum.expiredWaivers, undefined, sum.expiredWaivers > 0)}
</dl>`
}
