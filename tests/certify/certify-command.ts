import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { extractText, getDocumentProxy } from 'unpdf'
import { type Ended, startCommand } from '../e2e/uat/run-command.ts'

/** Nothing of this is on the PATH: no browser, among others. */
export const NO_BROWSER = { PATH: '/nonexistent', INTEGRAL_CHROMIUM: '' }

/** Runs `certify` as a user would. */
export function certify(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ended> {
  return startCommand(['certify', ...args], env).ended
}

/** What a certificate says, form by form; `pdf` is the text of its pages. */
export interface Written {
  readonly html: string
  // biome-ignore lint/suspicious/noExplicitAny: what is read is what a script would read.
  readonly json: any
  readonly pdf: readonly string[]
}

export async function written(dir: string): Promise<Written> {
  const read = (name: string) => readFile(join(dir, name))
  const has = existsSync(join(dir, 'certificate.pdf'))
  return {
    html: String(await read('certificate.html')),
    json: JSON.parse(String(await read('certificate.json'))),
    pdf: has ? await pagesOf(await read('certificate.pdf')) : [],
  }
}

/** The text of each page of a PDF, on one line. */
export async function pagesOf(pdf: Uint8Array): Promise<string[]> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), {
    mergePages: false,
  })
  return text.map((page) => page.replaceAll(/\s+/g, ' '))
}
