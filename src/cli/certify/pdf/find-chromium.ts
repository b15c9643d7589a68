import { accessSync, constants, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** What Chromium, and browsers that are made of it, are called where they are installed. */
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge',
  'msedge',
]

/** A browser, or why there is none, as a part of a sentence. */
export type FoundChromium = { readonly path: string } | { readonly why: string }

/** The browser that `INTEGRAL_CHROMIUM` names; without it, the first on the `PATH`. */
export function findChromium(env: Readonly<Record<string, string | undefined>>): FoundChromium {
  const named = env.INTEGRAL_CHROMIUM ?? ''
  if (named !== '') {
    return isProgram(named)
      ? { path: named }
      : { why: `INTEGRAL_CHROMIUM is ${named}, which is no program that can be run` }
  }
  const ending = process.platform === 'win32' ? '.exe' : ''
  const paths = (env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .flatMap((folder) => NAMES.map((name) => join(folder, name + ending)))
  const path = paths.find(isProgram)
  return path === undefined
    ? { why: 'there is no Chromium on the PATH, and INTEGRAL_CHROMIUM names none' }
    : { path }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
