import type { Writable } from 'node:stream'
import type { RunProgress } from './run-progress.ts'
import { type Ended, Tally } from './tally.ts'

const MARKS = { passed: '.', failed: 'F', notVerified: '-' } as const
const MARKS_A_LINE = 80
/**
 * How many scenarios a line tells of that says how far it is. By count and not by time, so that a log reads the
 * same wherever it was written: a few seconds in the simulation, a few minutes on an endpoint.
 */
const LINE_EVERY = 400
const LINE_EVERY_SLOW = 40

/** One mark per scenario as it ends: `.` passed, `F` failed, `-` not verified. */
export class PlainProgress implements RunProgress {
  readonly #stream: Writable
  readonly #tally: Tally
  readonly #lineEvery: number
  #column = 0

  constructor(stream: Writable, total: number, isSlow: boolean) {
    this.#stream = stream
    this.#tally = new Tally(total)
    this.#lineEvery = isSlow ? LINE_EVERY_SLOW : LINE_EVERY
  }

  note(scenario: Ended): void {
    this.#tally.note(scenario)
    this.#stream.write(MARKS[scenario.status])
    this.#column += 1
    const { done, total } = this.#tally
    const isTold = done % this.#lineEvery === 0 && done < total
    if (isTold || this.#column === MARKS_A_LINE) this.#newLine()
    if (isTold) this.#stream.write(`${this.#tally}\n`)
  }

  report(): void {
    this.#newLine()
    const { done } = this.#tally
    if (done >= LINE_EVERY) this.#stream.write(`Writing the reports of ${done} scenarios\n`)
  }

  beside(stream: Writable): Writable {
    return stream
  }

  end(): void {
    this.#newLine()
  }

  #newLine(): void {
    if (this.#column > 0) this.#stream.write('\n')
    this.#column = 0
  }
}
