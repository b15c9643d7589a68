import type { LeftWorking } from '../backend.ts'
import type { LedgerEntry } from './order-ledger.ts'
import type { RunParts } from './run-parts.ts'
import type { ScenarioRoom } from './scenario-room.ts'

/** Kept free at the very end of a run for writing reports, in milliseconds. */
const REPORTS_MS = 8_000

/** Sees to it that nothing is left working, and remembers what is all the same. */
export class CleanUp {
  readonly #parts: RunParts
  #left: readonly LeftWorking[] = []

  constructor(parts: RunParts) {
    this.#parts = parts
  }

  /** Orders that could not be ended, less those that have ended since. */
  get left(): readonly LeftWorking[] {
    const ended = new Set(
      this.#parts.ledger.entries.filter((entry) => !mayWork(entry)).map(({ orderId }) => orderId),
    )
    return this.#left.filter(({ orderId }) => !ended.has(orderId))
  }

  /** Ends orders, as far as there is time; what may be working by then is told, and never forgotten. */
  async settle(
    entries: readonly LedgerEntry[],
    room: ScenarioRoom,
  ): Promise<readonly LeftWorking[]> {
    if (entries.length === 0) return []
    const { clock, config, startedAt } = this.#parts.options
    const restMs = startedAt + config.settings['run.withinMs'] - REPORTS_MS - clock.now()
    let cancelTimer = () => {}
    const timeIsUp = new Promise<undefined>((resolve) => {
      cancelTimer = clock.setTimer(Math.max(1_000, restMs), () => resolve(undefined))
    })
    const settled = await Promise.race([this.#parts.settlement.settle(entries, room), timeIsUp])
    cancelTimer()
    const left = settled ?? entries.filter(mayWork).map(leftFor('the time of the run was used up'))
    this.#remember(left)
    return left
  }

  #remember(left: readonly LeftWorking[]): void {
    const idOf = ({ orderId, coId }: LeftWorking) => JSON.stringify([orderId, coId])
    const told = new Set(left.map(idOf))
    this.#left = [...this.#left.filter((each) => !told.has(idOf(each))), ...left]
  }
}

function mayWork({ standing }: LedgerEntry): boolean {
  return standing === 'working' || standing === 'in doubt'
}

function leftFor(why: string) {
  return ({ orderId = 'unknown', coId = 'none', status }: LedgerEntry): LeftWorking => ({
    ...{ orderId, coId, why },
    status: status === '' ? 'unknown' : status,
  })
}
