import { existsSync } from 'node:fs'
import { join, relative, resolve, sep } from 'node:path'
import type { MatrixRun } from '../../evidence/matrix/matrix.ts'
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
  [
    'certificate.html',
    'Certificate',
    'step, expected, observed and result of every scenario, to be signed',
  ],
  ['certificate.pdf', 'Certificate as PDF', 'the same, for paper'],
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
    'what “npm run -s evidence -- verify” holds the evidence against',
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
  return runs.flatMap(({ name: of, dir, record }) =>
    OF_A_RUN.map(([file, name, about]) => ({
      file: join(resolve(cwd, dir), file),
      name,
      about,
      of,
    }))
      .filter(({ file }) => existsSync(file))
      .map(({ file, ...link }) => ({
        ...link,
        note: noteOnOtherRuns(file, [record.run.id]),
        href: addressOf(relative(from, file)),
      })),
  )
}

function addressOf(path: string): string {
  return path.split(sep).map(encodeURIComponent).join('/')
}
