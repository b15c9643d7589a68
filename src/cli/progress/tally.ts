import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import { countOf } from '../../evidence/summary.ts'
import { timeLeft } from './time-left.ts'

/** What progress is made of: a scenario that has ended. */
export type Ended = Pick<ScenarioRecord, 'status' | 'evidence'>

/** Counts what has ended, and keeps nothing of it. */
export class Tally {
  readonly total: number
  readonly #startedAt = performance.now()
  #done = 0
  #failed = 0
  #findings = 0

  constructor(total: number) {
    this.total = total
  }

  get done(): number {
    return this.#done
  }

  note({ status, evidence }: Ended): void {
    this.#done += 1
    if (status === 'failed') this.#failed += 1
    this.#findings += evidence?.findings.length ?? 0
  }

  get isClean(): boolean {
    return this.#failed === 0 && this.#findings === 0
  }

  /** e.g. `120 of 206 scenarios, 2 failed, 3 findings, 14 s left`. */
  toString(): string {
    const left = timeLeft(this.#done, this.total, performance.now() - this.#startedAt)
    return [
      `${this.#done} of ${countOf(this.total, 'scenario')}`,
      `${this.#failed} failed`,
      countOf(this.#findings, 'finding'),
      ...(left === undefined ? [] : [left]),
    ].join(', ')
  }
}
