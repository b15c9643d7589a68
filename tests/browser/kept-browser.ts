import type { BrowserContextOptions } from 'playwright-core'
import { type OpenedPage, withBrowser } from './open-page.ts'

/** A browser for several tests: to start one takes longer than most of them. */
export interface KeptBrowser {
  open(file: string): Promise<OpenedPage>
  close(): Promise<void>
}

/** @see withBrowser */
export async function keptBrowser(options: BrowserContextOptions = {}): Promise<KeptBrowser> {
  const done = Promise.withResolvers<void>()
  const ready = Promise.withResolvers<KeptBrowser['open']>()
  const ended = withBrowser((open) => {
    ready.resolve(open)
    return done.promise
  }, options)
  ended.catch(ready.reject)
  return {
    open: await ready.promise,
    close: () => {
      done.resolve()
      return ended
    },
  }
}
