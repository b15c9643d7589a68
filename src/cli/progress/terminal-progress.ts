import type { Writable } from 'node:stream'
import { styleText } from 'node:util'
import { countOf } from '../../evidence/summary.ts'
import type { RunProgress } from './run-progress.ts'
import { type Ended, Tally } from './tally.ts'
import { hasColour, type Screen } from './terminal.ts'
import { TerminalLine } from './terminal-line.ts'

/** The line is written again no sooner than this, in milliseconds: nobody reads faster. */
const REDRAW_MS = 100
/** And no later, so that the time left goes on where a scenario takes long. */
const TICK_MS = 1_000

/** One line that says how far the run is; nothing is left of it at the end. */
export class TerminalProgress implements RunProgress {
  readonly #line: TerminalLine
  readonly #tally: Tally
  readonly #isColoured: boolean
  readonly #ticking: NodeJS.Timeout
  #shownAt = Number.NEGATIVE_INFINITY

  constructor(screen: Screen, total: number, env: Readonly<Record<string, string | undefined>>) {
    this.#line = new TerminalLine(screen)
    this.#tally = new Tally(total)
    this.#isColoured = hasColour(screen, env)
    this.#ticking = setInterval(() => this.#show(), TICK_MS).unref()
  }

  note(scenario: Ended): void {
    this.#tally.note(scenario)
    if (performance.now() - this.#shownAt >= REDRAW_MS) this.#show()
  }

  report(): void {
    clearInterval(this.#ticking)
    this.#line.show(`Writing the reports of ${countOf(this.#tally.done, 'scenario')}`)
  }

  beside(stream: Writable): Writable {
    return this.#line.above(stream)
  }

  end(): void {
    clearInterval(this.#ticking)
    this.#line.end()
  }

  #show(): void {
    this.#shownAt = performance.now()
    const text = `${this.#tally}`
    const colour = this.#tally.isClean ? 'green' : 'red'
    this.#line.show(
      text,
      this.#isColoured ? styleText(colour, text, { validateStream: false }) : text,
    )
  }
}
