import { type Html, html } from './html.ts'

/** Links to the parts of a page, by the ids of their headings; left out on paper. */
export function contents(parts: readonly (readonly [id: string, title: string])[]): Html {
  const links = parts.map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)
  return html`<nav class="contents" aria-label="Contents"><ul>${links}</ul></nav>`
}
