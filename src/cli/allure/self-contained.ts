/**
 * Allows a page to run what stands in it, and to load nothing from anywhere. A browser keeps to this
 * whatever the page's scripts would like.
 */
const POLICY =
  "default-src 'unsafe-inline' 'unsafe-eval' data: blob:; form-action 'none'; base-uri 'self' file:"

const TRACKER =
  /<script[^>]*\bsrc="https?:\/\/[^"]*googletagmanager[^"]*"[^>]*>\s*<\/script>\s*<script>[^<]*\bgtag\([^<]*<\/script>/g

/** Addresses in the page's own script: the maker's home page and a viewer for a foreign format. */
const ADDRESSES = /https:\/\/(?:allurereport\.org|trace\.playwright\.dev)[^"'`\s]*/g

const LOADS =
  /<[a-z]+\b[^>]*\s(?:src|href|action|poster|data|srcset)\s*=\s*["']?\s*(?:https?:)?\/\/[^>]*>/gi

/**
 * Allure's page without the analytics that it carries even when told not to, and under a policy that
 * lets it reach out to nothing.
 *
 * @throws {Error} The page still loads something: Allure has changed, and this must be looked at.
 */
export function selfContained(html: string): string {
  const quiet = html
    .replaceAll(TRACKER, '')
    .replace(
      /<meta charset="utf-8">/,
      (charset) => `${charset}<meta http-equiv="Content-Security-Policy" content="${POLICY}">`,
    )
    .replaceAll(
      /(data:text\/javascript;base64,)([A-Za-z0-9+/=]+)/g,
      (_, head: string, code: string) => head + withoutAddresses(code),
    )
  const [load] = quiet.match(LOADS) ?? []
  if (load !== undefined) throw new Error(`The page would load ${load.slice(0, 200)}`)
  if (!quiet.includes(POLICY)) throw new Error('The page has no place for a content policy')
  return quiet
}

function withoutAddresses(base64: string): string {
  const code = Buffer.from(base64, 'base64').toString()
  return Buffer.from(code.replaceAll(ADDRESSES, '#')).toString('base64')
}
