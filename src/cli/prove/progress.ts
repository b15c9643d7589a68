import type { Writable } from 'node:stream'
import { countOf } from '../../evidence/summary.ts'

/** Lines where no terminal is, one for so many runs. */
const RUNS_A_LINE = 20

/** Tells how far it is: one line that changes on a terminal, and a line now and then elsewhere. */
export class Progress {
  readonly #stream: Writable & { readonly isTTY?: boolean }
  readonly #total: number
  #done = 0
  #escaped = 0
  #falseAlarms = 0

  constructor(stream: Writable, total: number) {
    this.#stream = stream
    this.#total = total
  }

  /** One more is done. */
  note({ escaped, falseAlarm }: { readonly escaped: boolean; readonly falseAlarm: boolean }): void {
    this.#done += 1
    if (escaped) this.#escaped += 1
    if (falseAlarm) this.#falseAlarms += 1
    const isLast = this.#done === this.#total
    const line = `${this.#done} of ${this.#total} runs, ${this.#escaped} escaped, ${countOf(this.#falseAlarms, 'false alarm')}`
    if (this.#stream.isTTY) this.#stream.write(`\r\u001B[2K${line}${isLast ? '\n' : ''}`)
    else if (isLast || this.#done % RUNS_A_LINE === 0) this.#stream.write(`${line}\n`)
  }
}
