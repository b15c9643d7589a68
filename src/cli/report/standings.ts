import type { Matrix, MatrixRun } from '../../evidence/matrix/matrix.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { type Html, html } from '../page/html.ts'
import { SIGNS, type Tone } from '../page/mark.ts'
import { utc } from '../page/utc.ts'
import { toneOf } from './tones.ts'

/** How each target stands, for the first minute of reading. */
export function standings({ runs, without }: Matrix): Html {
  return html`<ul class="standings">
${runs.map(standing)}
${without.map((target) => card('open', target, 'no run', html`<p>Nothing here says anything about it.</p>`))}
</ul>`
}

function standing({ name, standing: { word, sentence }, record }: MatrixRun): Html {
  const { target, startedAt } = record.run
  const scope = isSimulated(target) ? html`<p>No provider was tested.</p>` : ''
  return card(
    toneOf(word),
    name,
    word,
    html`<p>${sentence}</p>${scope}<p class="says">${utc(startedAt)}</p>`,
  )
}

function card(tone: Tone, target: string, word: string, rest: Html): Html {
  return html`<li class="standing ${tone}"><p>${target}</p>
<p class="word"><span aria-hidden="true">${SIGNS[tone]}</span> ${word}</p>
${rest}</li>
`
}
