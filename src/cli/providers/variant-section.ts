import { few } from '../../evidence/few.ts'
import type { Matrix, MatrixRun } from '../../evidence/matrix/matrix.ts'
import { countOf } from '../../evidence/summary.ts'
import type { Verdict } from '../../evidence/verdict.ts'
import { settingRows } from '../../mocks/exchange/settings/settings.ts'
import { type Html, html } from '../page/html.ts'
import { mark } from '../page/mark.ts'
import { table } from '../page/table.ts'

const ABOUT = new Map(Object.entries(settingRows).map(([name, { about }]) => [name, about]))

type Values = Verdict['variants'][number]['values']

export function hasVariants({ runs }: Matrix): boolean {
  return runs.some(({ record }) => record.verdict.variants.length > 0)
}

/** How each provider fills what the documentation leaves open; those in which providers differ come first. */
export function variantSection({ runs }: Matrix): Html {
  const seen = runs.filter(({ record }) => record.verdict.variants.length > 0)
  const settings = new Set(
    seen.flatMap(({ record }) => record.verdict.variants.map(({ setting }) => setting)),
  )
  const rows = [...settings].sort().map((setting) => {
    const cells = seen.map((run) => valuesIn(run, setting))
    return { setting, cells, differs: differ(cells) }
  })
  return html`<p>None of it is a finding: the documentation leaves it open, or says several things. A client has to cope with all of it.</p>
${table({
  label: 'Variants',
  caption:
    'What was seen where the documentation leaves open what to do, and in how many scenarios.',
  columns: ['What is left open', ...seen.map(({ name }) => name)],
  rows: rows
    .toSorted((one, other) => Number(other.differs) - Number(one.differs))
    .map(
      ({
        setting,
        cells,
        differs,
      }) => html`<tr><th scope="row"><code>${setting}</code>${differs ? html` ${mark('warn', 'they differ')}` : ''}<span class="says">${ABOUT.get(setting) ?? ''}</span></th>
${cells.map(cell)}</tr>
`,
    ),
})}`
}

function valuesIn({ record }: MatrixRun, setting: string): Values {
  return record.verdict.variants.find((each) => each.setting === setting)?.values ?? []
}

/** Whether two of those that showed something showed different things. */
function differ(cells: readonly Values[]): boolean {
  const shown = cells
    .filter((values) => values.length > 0)
    .map((values) => JSON.stringify(values.map(({ value }) => JSON.stringify(value)).sort()))
  return new Set(shown).size > 1
}

function cell(values: Values): Html {
  return values.length === 0
    ? html`<td class="none">not seen</td>`
    : html`<td>${values.map(({ value, scenarios }) => html`<span class="line"><code>${told(value)}</code> <span class="says">${countOf(scenarios, 'scenario')}</span></span>`)}</td>`
}

function told(value: unknown): string {
  return Array.isArray(value) ? few(value.map(String)) : String(value)
}
