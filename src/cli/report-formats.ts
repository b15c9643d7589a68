import { existsSync } from 'node:fs'
import { extname } from 'node:path'
import type { IRunOptionsFormats } from '@cucumber/cucumber/api'
import type { EndpointConfig } from '../backends/endpoint/endpoint-config.ts'
import { SIMULATION_SCOPE } from '../evidence/summary.ts'
import { type ReportFiles, unfinished } from './report-files.ts'
import { selectionOf, type VerifyOptions } from './verify-options.ts'

/** Every formatter has a file of its own: two without one silence each other. */
export function formatsFor(
  options: VerifyOptions,
  files: ReportFiles,
  config: EndpointConfig | undefined,
): IRunOptionsFormats {
  const { target, seed, settings } = options
  const selection = selectionOf(options)
  return {
    stdout: formatterUrl('progress-formatter'),
    files: {
      [unfinished(files, 'html')]: 'html',
      [unfinished(files, 'junit')]: 'junit',
      [unfinished(files, 'allure')]: formatterUrl('allure-formatter'),
      [files.messages]: 'message',
    },
    publish: false,
    options: {
      target,
      resultsDir: files.allureResults,
      environmentInfo: {
        target,
        ...(config
          ? { endpoint: config.baseUrl, user: config.credentials.user, org: config.credentials.org }
          : { scope: SIMULATION_SCOPE }),
        seed,
        ...(selection.length > 0 && { scenarios: selection.join(' ') }),
        ...(Object.keys(settings).length > 0 && { assumptions: JSON.stringify(settings) }),
        'Node.js': process.version,
      },
      junit: { suiteName: `integral ${target}` },
    },
  }
}

/** A formatter beside this file, with the extension that this file has, in source or built. */
function formatterUrl(name: string): string {
  return new URL(`./${name}${extname(import.meta.url)}`, import.meta.url).href
}

/** What a run writes, and what each file is for. @param why - Why no scenario was run, if so. */
export function reportsOf(files: ReportFiles, why: string | undefined) {
  const pages = [
    { path: files.allureHtml, about: 'scenarios, orders, exchanges and state diagrams' },
    { path: files.cucumberHtml, about: 'the features as they ran' },
    { path: files.junit, about: 'for build servers' },
    { path: files.messages, about: 'everything, as Cucumber messages' },
  ]
  const evidence = {
    path: files.evidence,
    about: 'every exchange and scenario, for auditors',
  }
  const serverLog = { path: files.serverLog, about: 'what the server said on its error stream' }
  return [
    { path: files.verdict, about: 'the verdict, for machines' },
    ...(why === undefined ? pages : []),
    evidence,
    ...(existsSync(files.serverLog) ? [serverLog] : []),
  ]
}
