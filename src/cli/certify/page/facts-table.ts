import { type Html, html } from '../../page/html.ts'

/** Facts by name, in two columns; those without a value are left out. */
export function factsTable(
  caption: string,
  facts: readonly (readonly [name: string, value: Html | string | undefined])[],
): Html {
  const rows = facts.flatMap(([name, value]) =>
    value === undefined ? [] : [html`<tr><th scope="row">${name}</th><td>${value}</td></tr>\n`],
  )
  return html`<table class="facts"><caption>${caption}</caption><tbody>
${rows}</tbody></table>`
}
