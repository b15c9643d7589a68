import type { Certificate } from '../../../evidence/certificate/certificate.ts'
import { Html } from '../../page/html.ts'

/** A4, portrait, with the run and the number of the page at the edge of each. */
export function certificateStyle({ provider, run, result, evidence }: Certificate): Html {
  const digest = evidence.manifestSha256
  return new Html(`
@page { size: A4 portrait; margin: 20mm 15mm 18mm;
  font: 8pt/1.3 system-ui, "Segoe UI", "Helvetica Neue", Arial, sans-serif; color: #4b5767;
  @top-left { content: ${cssText(`Certificate of conformance · ${provider} · ${result}`)}; }
  @top-right { content: ${cssText(`Run ${run.id}`)}; }
  @bottom-left { content: ${cssText(digest === undefined ? 'No evidence' : `Evidence ${digest}`)}; font-size: 7pt; }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); }
}
${STYLE}`)
}

/** Text as CSS holds it: whatever could end it, or the style sheet, stands as its number. */
function cssText(text: string): string {
  const safe = text.replaceAll(
    /[^A-Za-z0-9 .,:·-]/gu,
    (letter) => `\\${letter.codePointAt(0)?.toString(16)} `,
  )
  return `"${safe}"`
}

const STYLE = `
body { max-width: 62rem; }
h1 { font-size: 1.875rem; letter-spacing: -.01em; }
.subject { font-size: 1.125rem; }
.outcome { margin: 1.25rem 0; border: 2px solid; padding: 1rem 1.25rem; break-inside: avoid; }
.outcome .result { margin: 0 0 .5rem; font-size: 1.625rem; font-weight: 700; line-height: 1.2; letter-spacing: .02em;
  text-transform: uppercase; max-width: none; }
.outcome ul { margin: 0; padding-left: 1.25rem; color: var(--ink); }
.outcome .cautions { margin-top: .5rem; font-weight: 700; }
.outcome.good { border-color: var(--good); color: var(--good); background: var(--good-tint); }
.outcome.warn { border-color: var(--open); color: var(--open); background: var(--open-tint); }
.outcome.bad { border-color: var(--bad); color: var(--bad); background: var(--bad-tint); }
.untested { margin: 1.25rem 0; padding: .75rem 1.25rem; border: 4px double var(--bad); color: var(--bad); font-size: 1.5rem;
  font-weight: 700; line-height: 1.25; text-align: center; max-width: none; break-inside: avoid; }
table.facts th { width: 11rem; padding-right: 1rem; color: var(--soft); }
table.facts td { color: var(--ink); }
table.facts caption { padding: .5rem 0 .1rem; color: var(--ink); font-weight: 600; }
table.facts tr, table.steps tr { break-inside: avoid; }
.signatures { display: grid; grid-template-columns: 1fr 1fr; gap: 1.5rem; margin-top: 1rem; break-inside: avoid; }
.signatures section { border: 1px solid var(--ink); padding: .75rem 1rem 1rem; }
.signatures h3 { margin: 0 0 .25rem; }
.signatures dl { margin: 0; }
.signatures div { display: grid; grid-template-columns: 6.5rem 1fr; align-items: end; }
.signatures dt { color: var(--soft); font-size: .875rem; }
.signatures dl dd { margin: 0; min-height: 2.25rem; border-bottom: 1px solid var(--ink); padding-top: 1rem; }
.signatures .tall dd { min-height: 4rem; }
.scenario { margin-top: 1.25rem; }
.scenario h4 { margin: 0; font-size: .9375rem; break-after: avoid; }
.scenario p, h3 + p.says { margin: 0; max-width: none; break-after: avoid; }
table.steps { table-layout: fixed; font-size: .875rem; margin-top: .25rem; }
table.steps col.n { width: 3.25em; } table.steps col.w { width: 25%; } table.steps col.r { width: 7em; }
table.steps td, table.steps th { overflow-wrap: anywhere; padding-right: .6rem; }
table.steps ul { margin: 0; padding: 0; list-style: none; }
table.steps pre { margin: 0; padding: .25rem .5rem; font-size: .9em; }
table.steps .first > * { border-bottom: 0; }
table.even { table-layout: fixed; } table.even td, table.even th, table.exceptions td { overflow-wrap: anywhere; }
table.even col.n { width: 3em; } table.even col.r { width: 7em; }
table.exceptions td:nth-child(5), table.exceptions td:nth-child(6) { white-space: nowrap; }
table.counts { max-width: 30rem; }
@media print {
  h1 { font-size: 20pt; } .subject { font-size: 12pt; } .outcome .result { font-size: 16pt; } .untested { font-size: 15pt; }
  body { font-size: 9pt; } table.steps { font-size: 8pt; } h2 { font-size: 13pt; margin-top: 18pt; } h3 { font-size: 10.5pt; }
  th, td { padding: 3pt 6pt 3pt 0; }
  tbody.family th[scope=rowgroup] { padding-top: 8pt; }
  p { max-width: none; }
  table.steps .first, thead, tbody.family > tr:first-child { break-after: avoid; }
  tbody > tr:first-child { break-before: avoid; }
  table.counts, table.exceptions tr { break-inside: avoid; }
  table.facts th, table.facts td { padding: 2.25pt 6pt 2.25pt 0; }
  h3, caption { break-after: avoid; }
  table.steps { line-height: 1.35; }
  .outcome, .untested, .scenario h4 { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  footer { display: none; }
}
`
