import type { Writable } from 'node:stream'
import { countOf } from '../../evidence/summary.ts'
import type { Verdict } from '../../evidence/verdict.ts'
import { isTerminal, type Screen } from '../progress/terminal.ts'
import { TerminalLine } from '../progress/terminal-line.ts'
import { leftIn, timeLeft } from '../progress/time-left.ts'
import type { RepeatLimit } from './repeat-limit.ts'

/** The time left goes on while a round is under way. */
const TICK_MS = 1_000

/** Tells how far rounds are: a line for each that has ended, and on a terminal one below that changes. */
export class RoundsProgress {
  readonly #screen: Screen
  readonly #line: TerminalLine | undefined
  readonly #limit: RepeatLimit
  readonly #ticking: NodeJS.Timeout
  /** When the round that is under way began; the first one shows by itself how far it is. */
  #begunAt: number | undefined
  #ended: number
  #activeMs: number
  #made = 0
  #madeInMs = 0
  #findings = 0

  constructor(
    screen: Screen,
    env: Readonly<Record<string, string | undefined>>,
    limit: RepeatLimit,
    { ended = 0, activeMs = 0 }: { readonly ended?: number; readonly activeMs?: number } = {},
  ) {
    this.#screen = screen
    this.#line = isTerminal(screen, env) ? new TerminalLine(screen) : undefined
    this.#limit = limit
    this.#ended = ended
    this.#activeMs = activeMs
    this.#ticking = setInterval(() => this.#tick(), TICK_MS).unref()
  }

  /** A round has ended. */
  note(round: number, verdict: Verdict, tookMs: number): void {
    const { passed, failed, notVerified } = verdict.scenarios
    this.#ended = round
    this.#made += 1
    this.#madeInMs += tookMs
    this.#activeMs += tookMs
    this.#findings += verdict.findings.length
    this.#line?.clear()
    const more = verdict.notJudged === undefined ? '' : `; not judged: ${verdict.notJudged}`
    this.#screen.write(
      `Round ${round}${this.#of}: ${passed} passed, ${failed} failed, ${notVerified} not verified${more}; so far ${this.#soFar(0)}\n`,
    )
    this.#begunAt = performance.now()
  }

  /** A stream to write to while rounds go on. */
  beside(stream: Writable): Writable {
    return this.#line ? this.#line.above(stream) : stream
  }

  end(): void {
    clearInterval(this.#ticking)
    this.#line?.end()
  }

  #tick(): void {
    if (this.#begunAt === undefined) return
    const text = this.#soFar(performance.now() - this.#begunAt)
    this.#line?.show(`Round ${this.#ended + 1}${this.#of}: ${text}`)
  }

  get #of(): string {
    return Number.isFinite(this.#limit.rounds) ? ` of ${this.#limit.rounds}` : ''
  }

  /** @param sinceMs - How long the round has been under way that has not ended. */
  #soFar(sinceMs: number): string {
    const { rounds, activeMs } = this.#limit
    const byTime = Math.max(0, activeMs - this.#activeMs - sinceMs)
    const left = Number.isFinite(activeMs)
      ? leftIn(byTime)
      : timeLeft(this.#made, this.#made + rounds - this.#ended, this.#madeInMs)
    return [countOf(this.#findings, 'finding'), ...(left === undefined ? [] : [left])].join(', ')
  }
}
