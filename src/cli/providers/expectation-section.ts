import { type Html, html } from '../page/html.ts'
import { mark, type Tone } from '../page/mark.ts'
import { table } from '../page/table.ts'
import type { Expectation } from './expectations.ts'
import type { ProviderResult } from './provider-result.ts'

const TONES = {
  met: 'good',
  contradicted: 'bad',
  'not seen': 'open',
  'not tried': 'open',
} as const satisfies Record<Expectation['result'], Tone>

export function hasExpectations(results: readonly ProviderResult[]): boolean {
  return results.some(({ expectations }) => expectations.length > 0)
}

/** What each provider was expected to offer, or not to, and what was seen of it. */
export function expectationSection(results: readonly ProviderResult[]): Html {
  return html`<p>What the file of providers says that a provider offers, or does not. What was promised and not seen is no pass, and neither is what was
seen though it should not be there: the provider, or the file, is wrong then.</p>
${table({
  label: 'What was expected',
  caption: 'Each capability that something was said of, and how often it was asked for and given.',
  columns: ['Provider', 'Capability', 'Expected', 'Result', 'Seen'],
  rows: results.flatMap(({ planned, expectations }) =>
    expectations.map(
      ({ capability, expected, result, seen }) =>
        html`<tr><th scope="row">${planned.name}</th><td><code>${capability}</code></td><td>${expected ? 'yes' : 'no'}</td><td>${mark(TONES[result], result)}</td><td>${seen}</td></tr>\n`,
    ),
  ),
})}`
}
