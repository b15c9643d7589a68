import { few } from '../../evidence/few.ts'
import type { Matrix, MatrixRun } from '../../evidence/matrix/matrix.ts'
import type { RunRecord } from '../../evidence/record/run-record.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { countOf } from '../../evidence/summary.ts'
import { type Html, html } from '../page/html.ts'
import { mark, SIGNS, type Tone } from '../page/mark.ts'
import { utc } from '../page/utc.ts'
import { departureLines, departuresOf } from './departures.ts'
import { toneOf } from './tones.ts'

/** How each target stands, for the first minute of reading. */
export function standings({ runs, without, why }: Matrix): Html {
  return html`<ul class="standings">
${runs.map(standing)}
${without.map((target) =>
  card(
    'open',
    target,
    'no run',
    html`<p>${why[target] ?? 'Nothing here says anything about it.'}</p>`,
  ),
)}
</ul>`
}

function standing({ name, standing: { word, sentence }, record }: MatrixRun): Html {
  const { target, startedAt } = record.run
  const warnings = departureLines(departuresOf(record), few)
  const scope = isSimulated(target) ? html`<p>No provider was tested.</p>` : ''
  return card(
    toneOf(word),
    name,
    word,
    html`<p>${sentence}</p>${unverified(record)}${scope}${warnings.map((line) => html`<p>${mark('warn', line)}</p>`)}<p class="says">${utc(startedAt)}</p>`,
  )
}

/** What nobody may take for held, whatever the verdict. */
function unverified({ verdict: { rules, scenarios } }: RunRecord): Html {
  const open = rules.filter(({ result }) => result === 'not-verified').length
  const parts = [
    ...(open === 0 ? [] : [countOf(open, 'rule')]),
    ...(scenarios.notVerified === 0 ? [] : [countOf(scenarios.notVerified, 'scenario')]),
  ]
  return parts.length === 0
    ? html``
    : html`<p>${mark('open', `not verified: ${parts.join(', ')}`)}</p>`
}

function card(tone: Tone, target: string, word: string, rest: Html): Html {
  return html`<li class="standing ${tone}"><p>${target}</p>
<p class="word"><span aria-hidden="true">${SIGNS[tone]}</span> ${word}</p>
${rest}</li>
`
}
