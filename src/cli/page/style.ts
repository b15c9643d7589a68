import { Html } from './html.ts'

/**
 * How every page looks, on a screen and on paper. Every text has a contrast of 4.5 or more, and no
 * meaning rests on colour: results have signs, and tints differ in brightness.
 */
export const PAGE_STYLE = new Html(`
:root { color-scheme: light; --ink: #1c2430; --soft: #4b5767; --line: #d5dbe3; --good: #0f6b3c;
  --good-tint: #e4f4ea; --bad: #a3160f; --bad-tint: #fdeae8;
  --open: #6a4b00; --open-tint: #fbf3dc; --chip: #eef1f5; --link: #0b4f9c; }
* { box-sizing: border-box; }
body { margin: 0 auto; padding: 2rem 1.5rem 4rem; max-width: 82rem; color: var(--ink); background: #fff;
  font: 15px/1.5 "Segoe UI", "Helvetica Neue", Helvetica, Arial, sans-serif; }
body > header { padding-bottom: 1rem; margin-bottom: 1.25rem; border-bottom: 3px solid var(--ink); }
.eyebrow { margin: 0 0 .35rem; color: var(--soft); font-size: .8125rem; font-weight: 600; letter-spacing: .04em; }
h1 { margin: 0 0 .25rem; font-size: 2rem; line-height: 1.2; letter-spacing: -.01em; }
h2 { margin: 2.75rem 0 .25rem; font-size: 1.25rem; }
p { margin: .25rem 0 .75rem; max-width: 48rem; }
h3 { margin: 1.75rem 0 .25rem; font-size: 1.0625rem; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
footer { margin-top: 3rem; padding-top: .75rem; border-top: 1px solid var(--line); color: var(--soft); font-size: .875rem; }
footer p { max-width: none; overflow-wrap: anywhere; }
nav.contents ul { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: 1rem 0; padding: 0; list-style: none; }
.facts, .note { color: var(--soft); }
.verdict { margin: 1.25rem 0; padding: .75rem 1rem; border-left: 5px solid; font-weight: 600; max-width: none; }
.verdict.good { background: var(--good-tint); border-color: var(--good); }
.verdict.bad { background: var(--bad-tint); border-color: var(--bad); }
.verdict.open, .verdict.warn { background: var(--open-tint); border-color: var(--open); }
.sum { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .75rem; margin: 1rem 0; }
.sum div { padding: .6rem .9rem .7rem; border: 1px solid var(--line); border-radius: 6px; }
.sum dt { color: var(--soft); font-size: .875rem; }
.sum dd { margin: 0; font-size: 1.5rem; font-weight: 650; line-height: 1.25; font-variant-numeric: tabular-nums; }
.sum dd small { font-size: .875rem; font-weight: 400; color: var(--soft); }
.sum .wrong dd { color: var(--bad); }
.wide { position: relative; overflow-x: auto; }
table { width: 100%; border-collapse: collapse; margin-top: .5rem; }
caption { text-align: left; color: var(--soft); padding-bottom: .5rem; }
th, td { padding: .45rem .75rem .45rem 0; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top;
  font-weight: 400; }
thead th { border-bottom: 2px solid var(--ink); font-weight: 600; font-size: .875rem; white-space: nowrap; vertical-align: bottom; }
.seen { width: 27%; }
tbody.family th[scope=rowgroup] { padding-top: 1.5rem; font-size: 1rem; font-weight: 650; border-bottom-color: var(--ink); }
td.number, th.number { text-align: right; padding-right: 1.5rem; font-variant-numeric: tabular-nums; }
code { font: .875em/1.4 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; overflow-wrap: anywhere; }
th > code, .strong { font-weight: 600; }
dl:not(.sum) dd { margin: .25rem 0 1rem; }
.says { display: block; color: var(--soft); font-size: .875rem; }
.mark { white-space: nowrap; font-weight: 600; }
.mark.good { color: var(--good); }
.mark.bad { color: var(--bad); }
.mark.open, .mark.warn { color: var(--open); }
details > summary { cursor: pointer; color: var(--link); }
pre { margin: .5rem 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: 4px; background: #f7f9fb;
  font: .8125rem/1.45 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace; white-space: pre-wrap;
  overflow-wrap: anywhere; }
.chips { display: flex; flex-wrap: wrap; gap: .25rem; margin: 0; padding: 0; list-style: none; }
.chips li { padding: 0 .45rem; border: 1px solid transparent; border-radius: 4px; background: var(--chip); }
.chips code { white-space: nowrap; }
.chips li.right { background: var(--good-tint); border-color: var(--good); font-weight: 600; }
.chips li.wrong { background: var(--bad-tint); border-color: var(--bad); }
@page { size: landscape; margin: 12mm; }
@media print {
  html { font-size: 11px; }
  body { padding: 0; max-width: none; font-size: 11px; }
  .wide { overflow: visible; }
  nav { display: none; }
  h1 { font-size: 22px; }
  h2 { font-size: 15px; margin-top: 1.5rem; }
  a { color: inherit; text-decoration: none; }
  pre { font-size: 9px; }
  thead { display: table-header-group; }
  tr, .sum div { break-inside: avoid; }
  h2 { break-after: avoid; }
  .chips li, .verdict, .standing { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
}
`)
