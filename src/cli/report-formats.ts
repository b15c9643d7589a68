import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import type { IRunOptionsFormats } from '@cucumber/cucumber/api'
import type { ReportFiles } from './report-files.ts'

/** Nothing but what the run itself needs: the pages are made elsewhere, of what it writes. */
export function runFormats(): IRunOptionsFormats {
  return {
    stdout: formatterUrl('forgetful-formatter'),
    files: {},
    publish: false,
    options: {},
  }
}

/** A formatter beside this file, with the extension that this file has, in source or built. */
function formatterUrl(name: string): string {
  return new URL(`./${name}${extname(import.meta.url)}`, import.meta.url).href
}

/**
 * What a run writes, and what each file is for.
 *
 * @param isSigned - Whether somebody vouches for the evidence.
 * @param why - Why no scenario was run, if so.
 * @param noMessages - Why there are none of Cucumber's messages, if so.
 */
export function reportsOf(
  files: ReportFiles,
  isSigned: boolean,
  why: string | undefined,
  noMessages?: string,
) {
  const allure = {
    path: files.allureHtml,
    about: 'scenarios, orders, exchanges and state diagrams',
  }
  const ofMessages = [
    { path: files.cucumberHtml, about: 'the features as they ran' },
    { path: files.junit, about: 'for build servers' },
    { path: files.messages, about: 'the run, as Cucumber messages' },
  ].map((page) =>
    noMessages === undefined ? page : { ...page, about: `left out, because ${noMessages}` },
  )
  const evidence = {
    path: files.evidence,
    about: `every exchange and scenario, for auditors; ${isSigned ? 'signed' : 'not signed'}`,
  }
  const serverLog = { path: files.serverLog, about: 'what the server said on its error stream' }
  return [
    { path: files.verdict, about: 'the verdict, for machines' },
    ...(why === undefined ? [allure, ...ofMessages] : []),
    evidence,
    ...(existsSync(files.serverLog) ? [serverLog] : []),
  ]
}
