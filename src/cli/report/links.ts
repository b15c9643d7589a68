import { existsSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { MatrixRun } from '../../evidence/matrix/matrix.ts'
import { CERTIFICATE_FILES } from '../certify/certificate-files.ts'
import { lineToType } from '../line-to-type.ts'
import { certificateResultOf } from './certificate-result.ts'
import { noteOnOtherRuns } from './other-runs.ts'

/** Something to read, as the page that leads to it shows it. */
export interface Linked {
  /** Relative to the page. */
  readonly href: string
  readonly name: string
  /** Of which target; `every target` where of all. */
  readonly of: string
  readonly about: string
  /** What is to be known before it is believed; empty where there is nothing. */
  readonly note?: string
}

/** What a run and the commands after it may leave in its directory, in the order in which it is told. */
const OF_A_RUN = [
  ['allure.html', 'Scenarios', 'steps, orders, exchanges, timelines and state diagrams'],
  ['cucumber.html', 'Features', 'the features as they ran'],
  ['verdict.json', 'Verdict', 'the verdict, for machines'],
  [
    'evidence/transcript.ndjson',
    'Transcript',
    'every exchange, redacted: a line when it was sent, and one when it ended',
  ],
  [
    'evidence/manifest.dsse.json',
    'Manifest',
    `what “${lineToType('evidence verify')}” holds the evidence against`,
  ],
] as const

/** What commands on several targets write beside the runs. */
const OF_ALL = {
  ...{ file: 'drift/drift.html', name: 'Drift', of: 'simulation and uat' },
  about: 'where the endpoint behaves otherwise than the simulation',
}

/** What there is of each run. @param from - The folder that the addresses are relative to. */
export function linksOf(runs: readonly MatrixRun[], cwd: string, from: string): Linked[] {
  const drift = runs.map(({ dir }) => join(resolve(cwd, dir), '..', OF_ALL.file)).find(existsSync)
  const { name, of, about } = OF_ALL
  const ids = runs.map(({ record }) => record.run.id)
  const ofAll =
    drift === undefined
      ? []
      : [
          {
            name,
            of,
            about,
            note: noteOnOtherRuns(drift, ids),
            href: addressOf(relative(from, drift)),
          },
        ]
  return [...ofAll, ...ofRuns(runs, cwd, from)]
}

function ofRuns(runs: readonly MatrixRun[], cwd: string, from: string): Linked[] {
  return runs.flatMap(({ name: of, dir, record }) => {
    const folder = resolve(cwd, dir)
    const result = certificateResultOf(folder, record.run.id)
    return [...(result === undefined ? [] : certificateLinks(result)), ...OF_A_RUN]
      .map(([file, name, about]) => ({ file: join(folder, file), name, about, of }))
      .filter(({ file }) => existsSync(file))
      .map(({ file, ...link }) => ({ ...link, href: addressOf(relative(from, file)) }))
  })
}

/** @param result - What the certificate came to, which nobody is to learn only by opening it. */
function certificateLinks(result: string): (readonly [string, string, string])[] {
  const about = 'step, expected, observed and result of every scenario, to be signed'
  return [
    [CERTIFICATE_FILES.html, 'Certificate', `${result}: ${about}`],
    [CERTIFICATE_FILES.pdf, 'Certificate as PDF', `${result}: the same, for paper`],
  ]
}

function addressOf(path: string): string {
  return path.split(sep).map(encodeURIComponent).join('/')
}
