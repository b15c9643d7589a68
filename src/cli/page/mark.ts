import { type Html, html } from './html.ts'

/** `good` held, `bad` is broken or failed, `open` is not verified, `warn` wants to be looked at. */
export type Tone = 'good' | 'bad' | 'open' | 'warn'

/** Each has a sign of its own: no meaning rests on colour, and paper may be grey. */
export const SIGNS = { good: '✓', bad: '✗', open: '○', warn: '△' } as const

/** A result in words, with its sign: `✓ held`. */
export function mark(tone: Tone, text: string): Html {
  return html`<span class="mark ${tone}"><span aria-hidden="true">${SIGNS[tone]}</span> ${text}</span>`
}

/** The one sentence that a reader came for. */
export function verdictLine(tone: Tone, sentence: Html | string): Html {
  return html`<p class="verdict ${tone}"><span class="sign" aria-hidden="true">${SIGNS[tone]}</span> ${sentence}</p>`
}
