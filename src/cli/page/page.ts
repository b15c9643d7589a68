import { Html, html } from './html.ts'
import { PAGE_STYLE } from './style.ts'
import { utc } from './utc.ts'

/** What a page consists of; the rest is the same for all of them. */
export interface Page {
  /** Of the document, and its only `h1`. */
  readonly title: string
  /** Below the title, before the main part: what this is, of what, for whom. */
  readonly lead?: Html
  /** The main part. Its headings begin with `h2`. */
  readonly body: Html
  /** The runs that it tells of; empty where it tells of none. */
  readonly runIds: readonly string[]
  readonly writtenAt: Date
  /** Rules of its own, after those of all pages. */
  readonly style?: Html
}

/** Nothing is loaded and nothing runs, whatever might have slipped into the text. */
const POLICY = new Html("default-src 'none'; style-src 'unsafe-inline'; img-src data:")

/**
 * A page that is whole by itself: no script, no address, nothing to load. It says at its end which
 * runs it tells of and when it was written, in UTC.
 */
export function page({ title, lead, body, runIds, writtenAt, style }: Page): string {
  const whole = html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="referrer" content="no-referrer">
<title>${title}</title>
<style>${PAGE_STYLE}${paperEdges(title, runIds)}${style ?? ''}</style>
</head>
<body>
<header>
<p class="eyebrow">integral-harness</p>
<h1>${title}</h1>
${lead ?? ''}
</header>
<main>
${body}
</main>
<footer>
<p>${runsOf(runIds)}Written ${utc(writtenAt)} by integral-harness.</p>
</footer>
</body>
</html>
`
  return whole.text
}

function runsOf(ids: readonly string[]): Html {
  if (ids.length === 0) return html``
  const codes = ids.map((id, at) => html`${at === 0 ? '' : ', '}<code>${id}</code>`)
  return html`${ids.length === 1 ? 'Run' : 'Runs'} ${codes}. `
}

/** At the edge of every sheet of paper: what it belongs to, of which run, and which page it is. */
function paperEdges(title: string, runIds: readonly string[]): Html {
  const edge = (text: string) =>
    `{ content: ${text}; color: #4b5767; font: 8pt Helvetica, Arial, sans-serif; }`
  return new Html(
    `@page { @bottom-left ${edge(cssText([title, ...runIds].join(' · ')))} @bottom-right ${edge('counter(page) " of " counter(pages)')} }\n`,
  )
}

/** A text as CSS writes it; what could end the text, or the style, is escaped. */
function cssText(text: string): string {
  const escaped = text.replaceAll(
    /["\\<>&\n\r\f]/g,
    (letter) => `\\${letter.charCodeAt(0).toString(16)} `,
  )
  return `"${escaped}"`
}
