import { countOf } from '../../evidence/summary.ts'
import { isTerminal, type Screen } from '../progress/terminal.ts'
import { TerminalLine } from '../progress/terminal-line.ts'
import { timeLeft } from '../progress/time-left.ts'

/** Lines where no terminal is, one for so many runs. */
const RUNS_A_LINE = 20

/** Tells how far it is: one line that changes on a terminal, and a line now and then elsewhere. */
export class Progress {
  readonly #screen: Screen
  readonly #line: TerminalLine | undefined
  readonly #total: number
  #startedAt = performance.now()
  #done = 0
  #escaped = 0
  #falseAlarms = 0

  constructor(screen: Screen, total: number, env: Readonly<Record<string, string | undefined>>) {
    this.#screen = screen
    this.#line = isTerminal(screen, env) ? new TerminalLine(screen) : undefined
    this.#total = total
  }

  /** What comes before the runs: it takes as long as one of them. */
  begin(): void {
    this.#line?.show('Running the scenarios on the simulation as it is')
  }

  /** From now on, runs end. */
  start(): void {
    this.#startedAt = performance.now()
  }

  /** One more is done. */
  note({ escaped, falseAlarm }: { readonly escaped: boolean; readonly falseAlarm: boolean }): void {
    this.#done += 1
    if (escaped) this.#escaped += 1
    if (falseAlarm) this.#falseAlarms += 1
    const isLast = this.#done === this.#total
    if (this.#line) this.#line.show(this.#text())
    else if (isLast || this.#done % RUNS_A_LINE === 0) this.#screen.write(`${this.#text()}\n`)
  }

  /** Nothing is left of it on a terminal. */
  end(): void {
    this.#line?.end()
  }

  #text(): string {
    const left = timeLeft(this.#done, this.#total, performance.now() - this.#startedAt)
    return [
      `${this.#done} of ${this.#total} runs`,
      `${this.#escaped} escaped`,
      countOf(this.#falseAlarms, 'false alarm'),
      ...(left === undefined ? [] : [left]),
    ].join(', ')
  }
}
