import { exitCodeOf, onInterruption } from '../interruption.ts'
import type { CommandEnvironment } from '../verify.ts'
import { isTerminal, type Screen } from './terminal.ts'
import { TerminalLine } from './terminal-line.ts'

/** From so many scenarios on, a step of the work on them may take seconds. */
const MANY_SCENARIOS = 400

/** What a command is at that has no scenarios to count: a line that changes on a terminal. */
export class Steps {
  readonly #screen: Screen
  readonly #line: TerminalLine | undefined

  constructor(screen: Screen, env: Readonly<Record<string, string | undefined>>) {
    this.#screen = screen
    this.#line = isTerminal(screen, env) ? new TerminalLine(screen) : undefined
  }

  /**
   * A step begins.
   *
   * @param scenarios - How many it is about, where that is known; elsewhere than on a terminal, many alone are told of.
   */
  say(what: string, scenarios = 0): void {
    if (this.#line) this.#line.show(what)
    else if (scenarios >= MANY_SCENARIOS) this.#screen.write(`${what}\n`)
  }

  /** Nothing is left of it on a terminal; what follows is the result. */
  end(): void {
    this.#line?.end()
  }
}

/** Does work that tells of its steps on the error stream; nothing is left of that, however it ends. */
export async function inSteps<T>(
  { stderr, env }: CommandEnvironment,
  work: (steps: Steps) => Promise<T>,
): Promise<T> {
  const steps = new Steps(stderr, env)
  const release = onInterruption((signal) => process.exit(exitCodeOf(signal)))
  try {
    return await work(steps)
  } finally {
    release()
    steps.end()
  }
}
