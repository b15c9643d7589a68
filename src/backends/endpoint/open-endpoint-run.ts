import { statSync } from 'node:fs'
import type { Clock } from '../../api/clock.ts'
import type { Fetch } from '../../api/fetch.ts'
import { BEAT_MS, isAlive, STALE_MS } from '../process-life.ts'
import { accountOf, accountsOf } from './account-of.ts'
import type { EndpointConfig } from './endpoint-config.ts'
import { EndpointRun } from './endpoint-run.ts'
import { Journal, type JournalOwner, type JournalState, readJournal } from './journal.ts'
import type { WireLog } from './wire-log.ts'

export interface OpenRunOptions {
  /** The run's id, for the journal. */
  readonly run: string
  readonly config: EndpointConfig
  readonly fetch: Fetch
  readonly clock: Clock
  /** Appended to, and read first: it says what an earlier run left. */
  readonly journalFile: string
  /** Told of every exchange. */
  readonly log: WireLog
  readonly startedAt: number
  /** How many workers run scenarios, 1 or more: the logins are spread over them. Default 1. */
  readonly workers?: number
}

/** A run that may not begin where it was told to. */
export class RunRefusedError extends Error {
  override readonly name = 'RunRefusedError'
}

/** A run, and what to do when all is over. */
export interface OpenedRun {
  readonly run: EndpointRun
  /** Notes in the journal that the run has come to its end. */
  close(): void
}

/**
 * Opens a run on an endpoint. Sends nothing yet.
 *
 * @throws {RunRefusedError} Another run is writing there, or the journal tells of orders of another
 * login.
 */
export function openEndpointRun(options: OpenRunOptions): OpenedRun {
  const { run, config, journalFile, ...rest } = options
  const found = refuseOthers(config, journalFile)
  const owner = ownerOf(config)
  const journal = new Journal(journalFile)
  journal.write({ kind: 'run', run, at: new Date().toISOString(), pid: process.pid, owner })
  const beat = setInterval(() => journal.touch(), BEAT_MS).unref()
  return {
    run: new EndpointRun({ ...rest, config, found, journal }),
    close: () => {
      clearInterval(beat)
      journal.write({ kind: 'finished', at: new Date().toISOString() })
      journal.close()
    },
  }
}

/**
 * @throws {RunRefusedError} Another run is at work with this journal, or it tells of orders of another
 * login.
 */
export function refuseOthers(config: EndpointConfig, file: string): JournalState {
  const found = readJournal(file)
  const { unfinishedBy } = found
  if (unfinishedBy !== undefined && unfinishedBy !== process.pid && isAtWork(unfinishedBy, file)) {
    throw new RunRefusedError(
      `Another run (process ${unfinishedBy}) is at work in the directory of ${file}: wait for it, or choose another with --out.`,
    )
  }
  const owners = ownersOf(config)
  const others = found.open.flatMap(({ owner }) =>
    owner === undefined || owners.some((each) => isSame(each, owner)) ? [] : [owner],
  )
  const [other] = others
  if (other === undefined) return found
  const count = others.filter((each) => isSame(each, other)).length
  throw new RunRefusedError(
    `${file} tells of ${count} orders that may be working at ${other.baseUrl} (user ${other.user} of ${other.org}): run "cleanup" with that login first, or choose another directory with --out.`,
  )
}

function ownerOf(config: EndpointConfig): JournalOwner {
  return { baseUrl: config.baseUrl, ...accountOf(config) }
}

function ownersOf(config: EndpointConfig): readonly JournalOwner[] {
  return accountsOf(config).map((account) => ({ baseUrl: config.baseUrl, ...account }))
}

function isSame(one: JournalOwner, other: JournalOwner): boolean {
  return one.baseUrl === other.baseUrl && one.user === other.user && one.org === other.org
}

/** A run keeps its journal fresh while it lives; the number alone may be another process's by now. */
function isAtWork(pid: number, file: string): boolean {
  return isAlive(pid) && Date.now() - statSync(file).mtimeMs < STALE_MS
}
