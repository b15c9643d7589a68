import { Html } from '../page/html.ts'

/** What the pages of `report` have besides what all pages have. */
export const REPORT_STYLE = new Html(`
.lead { font-size: 1.0625rem; }
.standings { display: grid; grid-template-columns: repeat(auto-fit, minmax(15rem, 1fr)); gap: .9rem; margin: 1.25rem 0; padding: 0; list-style: none; }
.standing { padding: .8rem 1rem .9rem; border: 1px solid var(--line); border-top: 5px solid; border-radius: 4px; break-inside: avoid; }
.standing p { margin: 0; }
.standing .mark { white-space: normal; overflow-wrap: anywhere; font-weight: 400; }
.standing.good { border-top-color: var(--good); background: var(--good-tint); }
.standing.bad { border-top-color: var(--bad); background: var(--bad-tint); }
.standing.open { border-top: 5px dashed var(--open); background: var(--open-tint); }
.standing .word { margin: .1rem 0 .35rem; font-size: 1.5rem; font-weight: 650; line-height: 1.25; }
.standing.good .word { color: var(--good); }
.standing.bad .word { color: var(--bad); }
.standing.open .word { color: var(--open); }
.standing .says { margin-top: .35rem; }
.numbers { white-space: nowrap; }
.line { display: block; }
.part { display: inline-block; margin-right: 1rem; white-space: nowrap; }
.count { display: inline-block; min-width: 1.75rem; text-align: right; font-variant-numeric: tabular-nums; font-weight: 600; }
td.none { color: var(--soft); white-space: nowrap; }
td.result { min-width: 9rem; }
td.broken { box-shadow: inset 4px 0 0 var(--bad); padding-left: .75rem; background: var(--bad-tint); }
td.waived { box-shadow: inset 4px 0 0 var(--open); padding-left: .75rem; background: var(--open-tint); }
td.source { min-width: 13rem; max-width: 22rem; font-size: .875rem; }
details.names summary { font-size: .875rem; }
details.names ul { margin: .25rem 0 .5rem; padding-left: 1.1rem; font-size: .875rem; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
article.broken { margin: 1.25rem 0; padding: 0 1.25rem .75rem; border: 1px solid var(--line); border-left: 5px solid var(--bad); border-radius: 4px; }
article.broken h3 { margin-top: 1rem; }
article.broken h3 code { font-size: 1em; margin-right: .5rem; }
details.exchange { min-width: 0; }
.exchanges { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(26rem, 100%), 1fr)); gap: 0 1rem; align-items: start; }
.likewise { columns: 2 24rem; column-gap: 2rem; padding-left: 1.1rem; font-size: .875rem; }
.likewise li { break-inside: avoid; margin-bottom: .35rem; }
article.broken ol, section > ol { padding-left: 1.25rem; }
dl.promise { margin: .5rem 0; }
dl.promise div { display: grid; grid-template-columns: 6rem 1fr; }
dl.promise dt { color: var(--soft); }
dl.promise dd { margin: 0; }
.sentence { max-width: none; font-weight: 600; }
.where { max-width: none; font-size: .875rem; color: var(--soft); }
.drawings { display: grid; gap: 1rem; margin: .75rem 0; }
figure { margin: 0; padding: 1rem; border: 1px solid var(--line); border-radius: 6px; break-inside: avoid; }
figure svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
figcaption { margin-top: .75rem; color: var(--soft); font-size: .875rem; }
.limits li { max-width: 60rem; margin-bottom: .4rem; }
@media print {
  details.names summary { color: inherit; list-style: none; }
  td, th { padding-top: 3px; padding-bottom: 3px; }
  details.exchange::details-content { content-visibility: visible; block-size: auto; }
  h3, .sentence, .where, summary { break-after: avoid; }
  td.broken { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  pre { max-height: none; }
}
`)
