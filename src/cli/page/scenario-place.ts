import { type Html, html } from './html.ts'

/** A scenario as verdicts name it, `features/x.feature:12 name`: its place below its name. */
export function scenarioPlace(label: string): Html {
  const [, uri = '', name = label] = /^(\S+:\d+) (.*)$/s.exec(label) ?? []
  const place = uri.replace(/^features\//, '')
  return html`${name}${place === '' ? '' : html`<span class="says"><code>${place}</code></span>`}`
}
