import { cut } from '../../evidence/cut.ts'
import { asText, type Exchange, titleOf } from '../../evidence/exchange.ts'
import { Html, html } from '../page/html.ts'

/** Longest text of an exchange on a page, in characters; the evidence holds it whole. */
const MOST_SHOWN = 6_000

/** An exchange as it went over the wire, redacted when it was recorded. @param isOpen - At first. */
export function exchangeBlock(exchange: Exchange, isOpen: boolean): Html {
  return html`<details class="exchange"${new Html(isOpen ? ' open' : '')}><summary>Exchange ${exchange.number}: ${titleOf(exchange)}</summary>
<pre tabindex="0" aria-label="Exchange ${exchange.number}">${cut(asText(exchange), MOST_SHOWN)}</pre></details>
`
}
