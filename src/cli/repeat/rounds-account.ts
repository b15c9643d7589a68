import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { Verdict } from '../../evidence/verdict.ts'
import type { Outcome } from '../exit-code.ts'
import type { Signal } from '../interruption.ts'
import { type RepeatProgress, writeOverview } from './overview.ts'
import { isFull, type RepeatLimit } from './repeat-limit.ts'
import { roundFolder, sealedVerdict, thin } from './round-folders.ts'
import { outcomeOf, type RoundsResult, RoundsTally } from './rounds-tally.ts'

/** Rounds that show nothing, one after the other: more of them would not either. */
const MOST_NOT_JUDGED = 3
/** Rounds with findings that keep their pages; later ones keep their evidence only. */
const MOST_WHOLE = 20

/** Keeps account of rounds, and writes it down whenever it has changed. */
export class RoundsAccount {
  readonly #dir: string
  readonly #limit: RepeatLimit
  readonly #tally = new RoundsTally()
  #of: RunFacts | undefined
  #activeMs: number
  #ended = 0
  /** Whether the last round that began has not come to its end: then no time and no number is full. */
  #isBroken: boolean
  /** Why there is to be no other round, before they are full. */
  #why: string | undefined
  #vainly = 0
  #whole = 0

  /** @param earlier - Of rounds that were interrupted. */
  constructor(
    dir: string,
    limit: RepeatLimit,
    earlier?: { readonly of: RunFacts; readonly activeMs: number; readonly isBroken: boolean },
  ) {
    this.#dir = dir
    this.#limit = limit
    this.#of = earlier?.of
    this.#activeMs = earlier?.activeMs ?? 0
    this.#isBroken = earlier?.isBroken ?? false
  }

  get ended(): number {
    return this.#ended
  }

  get isOpen(): boolean {
    return this.#why === undefined && !this.#isFull
  }

  /** Whether rounds are left to be made. */
  get isUnfinished(): boolean {
    return !this.#isFull
  }

  get #isFull(): boolean {
    if (this.#isBroken) return false
    return isFull(this.#limit, { ended: this.#ended, activeMs: this.#activeMs })
  }

  /** Takes up the rounds that came to their end before. */
  async takeUp(ended: number): Promise<void> {
    for (let round = 1; round <= ended; round += 1) {
      const verdict = await sealedVerdict(roundFolder(this.#dir, round))
      if (verdict) await this.#add(round, verdict)
    }
    // Who resumes has seen to it that there is a point in it.
    this.#vainly = 0
  }

  /** Notes how all rounds are made, before the first sends anything. */
  begin(of: RunFacts): void {
    this.#of = of
    this.#write('under way')
  }

  interrupt(signal: Signal): void {
    this.#why = `it was interrupted by ${signal}`
    this.#write('interrupted')
  }

  /** @param verdict - Absent where the round was broken off. */
  async take(round: number, verdict: Verdict | undefined, tookMs: number): Promise<void> {
    this.#activeMs += tookMs
    this.#isBroken = !verdict || verdict.interrupted !== undefined
    if (!verdict) this.#why ??= 'the last round was broken off'
    else if (verdict.interrupted !== undefined) this.#why ??= String(verdict.interrupted)
    else await this.#add(round, verdict)
    if (this.#vainly >= MOST_NOT_JUDGED) {
      this.#why ??= `${MOST_NOT_JUDGED} rounds one after the other could not be judged`
    }
    this.#write(this.#why === undefined ? 'under way' : 'interrupted')
  }

  /** The end of all: a signal changes nothing in rounds that are full, and of which none was broken off. */
  close(): { readonly result: RoundsResult; readonly outcome: Outcome } {
    if (this.#isFull) this.#why = undefined
    this.#write(this.#isFull ? 'complete' : 'interrupted')
    const result = this.#tally.result()
    if (result.rounds.broken > 0) return { result, outcome: { code: 1 } }
    const why = this.#notJudged()
    return { result, outcome: why === undefined ? { code: 0 } : { code: 2, why } }
  }

  async #add(round: number, verdict: Verdict): Promise<void> {
    this.#tally.add(round, verdict)
    this.#ended = round
    const outcome = outcomeOf(verdict)
    this.#vainly = outcome === 'notJudged' ? this.#vainly + 1 : 0
    if (outcome !== 'held') this.#whole += 1
    if (outcome === 'held' || this.#whole > MOST_WHOLE) await thin(roundFolder(this.#dir, round))
  }

  #notJudged(): string | undefined {
    const [first] = this.#tally.result().notJudgedFor
    return this.#why ?? first?.why
  }

  #write(state: RepeatProgress['state']): void {
    if (!this.#of) return
    const progress = { limit: this.#limit.text, activeMs: this.#activeMs, state, of: this.#of }
    const isOver = state !== 'under way'
    writeOverview(this.#dir, progress, this.#tally.result(), isOver ? this.#notJudged() : undefined)
  }
}
