import { NoAnswerError } from '../../api/client/no-answer-error.ts'
import type { LeftWorking } from '../backend.ts'
import { NotSentError } from './not-sent-error.ts'
import type { LedgerEntry } from './order-ledger.ts'
import type { RunParts } from './run-parts.ts'
import type { ScenarioRoom } from './scenario-room.ts'

/** Kept free at the very end of a run for writing reports, in milliseconds. */
const REPORTS_MS = 8_000

/** Sees to it that nothing is left working, and remembers what is all the same. */
export class CleanUp {
  readonly #parts: RunParts
  /** Why an order could not be ended, as of the last time it was tried. */
  readonly #whys = new Map<LedgerEntry, string>()

  constructor(parts: RunParts) {
    this.#parts = parts
  }

  /** Orders that could not be ended, less those that have ended since. */
  get left(): readonly LeftWorking[] {
    return this.#leftOf(() => true)
  }

  /** Notes orders for which nothing can be done. */
  giveUp(entries: readonly LedgerEntry[], why: string): void {
    for (const entry of entries) this.#whys.set(entry, why)
  }

  /**
   * Ends orders, all at once: where one cannot be ended, the others must not wait for it. What may be
   * working when the time is up is told, and never forgotten.
   *
   * @param roomOf - Where what is sent for an order is noted. Default: the run's own.
   */
  async settle(
    entries: readonly LedgerEntry[],
    roomOf: (entry: LedgerEntry) => ScenarioRoom = (entry) => this.#parts.ownOf(entry.login),
  ): Promise<readonly LeftWorking[]> {
    if (entries.length === 0) return []
    const { settlement } = this.#parts
    for (const entry of entries) this.#whys.set(entry, 'the time of the run was used up')
    const settling = entries.map(async (entry) => {
      const why = await settlement.settle(entry, roomOf(entry))
      if (why === undefined) this.#whys.delete(entry)
      else this.#whys.set(entry, why)
    })
    await this.inTime(Promise.all(settling))
    const own = new Set(entries)
    return this.#leftOf((entry) => own.has(entry))
  }

  #leftOf(isAsked: (entry: LedgerEntry) => boolean): readonly LeftWorking[] {
    const { hasOneLogin } = this.#parts
    return [...this.#whys]
      .filter(([entry]) => isAsked(entry) && mayWork(entry))
      .map(([{ orderId = 'unknown', coId = 'none', status, login }, why]) => ({
        ...{ orderId, coId, status: status === '' ? 'unknown' : status, why },
        ...(!hasOneLogin && { account: this.#parts.ownOf(login).login.account }),
      }))
  }

  /**
   * Lists what is active once more: an order that was refused, or not to be found, may be working all
   * the same, and has our client id then.
   */
  async lookForForgotten(): Promise<void> {
    const { desk, own, ledger } = this.#parts
    const placers = own.filter(({ login: { number } }) =>
      ledger.entries.some(({ login }) => login === number),
    )
    const looks = placers.map((room) =>
      desk.perform(room, {
        client: room.login.ref,
        step: 'Clean-up: is any order of this run among the active ones?',
        what: { kind: 'operation', operation: 'queryOrders', input: {} },
      }),
    )
    await this.inTime(Promise.all(looks.map((look) => look.catch(ignoreNoAnswer))))
  }

  /** Waits for `work` as long as the run has time; it may go on for itself then. */
  async inTime(work: Promise<unknown>): Promise<void> {
    const { clock, config, startedAt } = this.#parts.options
    const restMs = startedAt + config.settings['run.withinMs'] - REPORTS_MS - clock.now()
    let cancelTimer = () => {}
    const timeIsUp = new Promise<void>((resolve) => {
      cancelTimer = clock.setTimer(Math.max(1_000, restMs), resolve)
    })
    try {
      await Promise.race([work, timeIsUp])
    } finally {
      cancelTimer()
    }
  }
}

function mayWork({ standing }: LedgerEntry): boolean {
  return standing === 'working' || standing === 'in doubt'
}

/** What is due at the very end may find the host or the session gone; that is said elsewhere. */
export function ignoreNoAnswer(error: unknown): void {
  if (error instanceof NoAnswerError || error instanceof NotSentError) return
  throw error
}
