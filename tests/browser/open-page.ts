import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core'

/** A page as it stands in the browser, and what it has been up to since it was opened. */
export interface OpenedPage {
  readonly page: Page
  /** Every address that the browser asked for, the page's own first; also what was refused or failed. */
  readonly requests: readonly string[]
  /** Errors that no script caught, and what the page told the console as an error. */
  readonly errors: readonly string[]
}

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable']
const executablePath = names.map(onPath).find((path) => path !== undefined)

/** For a test's `skip`: why no page can be opened on this machine, or false where it can. */
export const noChromium: string | false =
  executablePath === undefined ? `none of ${names.join(', ')} is installed on this machine` : false

/**
 * Starts a headless Chromium that can look up no host, hands `use` a function that opens files from disk in
 * it, each in a tab and profile of its own, and ends it.
 *
 * @param options - Of every tab, e.g. `{ javaScriptEnabled: false }`; 1280 × 900 pixels unless told otherwise.
 */
export async function withBrowser<T>(
  use: (open: (file: string) => Promise<OpenedPage>) => Promise<T>,
  options: BrowserContextOptions = {},
): Promise<T> {
  if (executablePath === undefined) throw new Error(String(noChromium))
  const browser = await chromium.launch({
    executablePath,
    args: ['--disable-gpu', '--host-resolver-rules=MAP * ~NOTFOUND'],
  })
  try {
    return await use(async (file) => {
      const context = await browser.newContext({
        viewport: { width: 1280, height: 900 },
        locale: 'en-GB',
        timezoneId: 'UTC',
        ...options,
      })
      const requests: string[] = []
      const errors: string[] = []
      context.on('request', (request) => requests.push(request.url()))
      context.on('console', (said) => {
        if (said.type() === 'error') errors.push(said.text())
      })
      context.on('weberror', (error) => errors.push(error.error().message))
      const page = await context.newPage()
      await page.goto(pathToFileURL(file).href)
      return { page, requests, errors }
    })
  } finally {
    await browser.close()
  }
}

/** The text of a part of a page as a person sees it: without what is hidden, and in lines. */
export function seenIn(part: Locator): Promise<string> {
  // biome-ignore lint/performance/useDomNodeTextContent: the text of the document is not what is seen.
  return part.innerText()
}

/** Those of the requests that went beyond the disk and the page itself; there must be none. */
export function reachingOut(requests: readonly string[]): string[] {
  return requests.filter((url) => !/^(?:file|data|blob|about):/.test(url))
}

function onPath(name: string): string | undefined {
  return (process.env.PATH ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
