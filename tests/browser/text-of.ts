import type { Locator } from 'playwright-core'

/** What a person reads there: what is hidden or closed is left out. */
export function textOf(locator: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the text of the DOM has what nobody sees, too.
  return locator.innerText()
}
