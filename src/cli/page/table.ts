import { type Html, html } from './html.ts'

/** A column: its title; `number` stands to the right. */
export type Column = string | { readonly title: string; readonly kind: 'number' }

export interface Table {
  /** What the table shows, in a sentence: people who do not see it hear it first. */
  readonly caption: Html | string
  /** Short name of the region that scrolls sideways on narrow screens; unique on the page. */
  readonly label: string
  readonly columns: readonly Column[]
  /** Rows, `<tr>` with a `<th scope="row">` first; or groups of rows, as `rowGroup` makes them. */
  readonly rows: readonly Html[]
  readonly isGrouped?: boolean
}

/** A table with a caption and column headers; on paper the headers stand on every page. */
export function table({ caption, label, columns, rows, isGrouped = false }: Table): Html {
  return html`<div class="wide" role="region" aria-label="${label}" tabindex="0"><table>
<caption>${caption}</caption>
<thead><tr>${columns.map(head)}</tr></thead>
${isGrouped ? rows : html`<tbody>\n${rows}</tbody>`}
</table></div>`
}

function head(column: Column): Html {
  return typeof column === 'string'
    ? html`<th scope="col">${column}</th>`
    : html`<th scope="col" class="${column.kind}">${column.title}</th>`
}

/** Rows that belong together, below a title that spans the table. @param width - Columns there are. */
export function rowGroup(title: Html | string, width: number, rows: readonly Html[]): Html {
  return html`<tbody class="family">
<tr><th colspan="${width}" scope="rowgroup">${title}</th></tr>
${rows}
</tbody>`
}
