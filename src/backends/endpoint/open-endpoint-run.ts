import type { Clock } from '../../api/clock.ts'
import type { Fetch } from '../../api/fetch.ts'
import type { EndpointConfig } from './endpoint-config.ts'
import { EndpointRun } from './endpoint-run.ts'
import { Journal, type JournalOwner, type JournalState, readJournal } from './journal.ts'
import { WireLog } from './wire-log.ts'

export interface OpenRunOptions {
  readonly config: EndpointConfig
  readonly fetch: Fetch
  readonly clock: Clock
  /** Appended to, and read first: it says what an earlier run left. */
  readonly journalFile: string
  /** Written anew. */
  readonly transcriptFile: string
  readonly startedAt: number
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
  const { config, journalFile, transcriptFile, ...rest } = options
  const { user, org } = config.credentials
  const owner: JournalOwner = { baseUrl: config.baseUrl, user, org }
  const found = readJournal(journalFile)
  refuseOthers(found, owner, journalFile)
  const journal = new Journal(journalFile)
  journal.write({ kind: 'run', at: new Date().toISOString(), pid: process.pid, owner })
  const log = new WireLog(transcriptFile)
  return {
    run: new EndpointRun({ ...rest, config, found, journal, log }),
    close: () => {
      journal.write({ kind: 'finished', at: new Date().toISOString() })
      journal.close()
    },
  }
}

function refuseOthers(found: JournalState, owner: JournalOwner, file: string): void {
  const { unfinishedBy } = found
  if (unfinishedBy !== undefined && unfinishedBy !== process.pid && isAlive(unfinishedBy)) {
    throw new RunRefusedError(
      `Another run (process ${unfinishedBy}) is at work in the directory of ${file}: wait for it, or choose another with --out.`,
    )
  }
  const other = found.owner
  if (found.open.length === 0 || other === undefined || isSame(other, owner)) return
  throw new RunRefusedError(
    `${file} tells of ${found.open.length} orders that may be working at ${other.baseUrl} (user ${other.user} of ${other.org}): run "cleanup" with that login first, or choose another directory with --out.`,
  )
}

function isSame(one: JournalOwner, other: JournalOwner): boolean {
  return one.baseUrl === other.baseUrl && one.user === other.user && one.org === other.org
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
