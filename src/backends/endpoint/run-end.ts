import type { Transcript } from '../../evidence/transcript.ts'
import type { DoubtResult, LeftWorking } from '../backend.ts'
import type { ForeignTrade } from './trade-desk.ts'

/** A placing without an answer, and what looking for its order brought. */
interface Doubt {
  readonly coId: string
  readonly result: DoubtResult
}

/** An order of an earlier run, and how it stands now. */
export interface EndedOrder {
  readonly orderId: string
  readonly coId: string
  /** The last status seen, or `no such order`. */
  readonly status: string
}

/** What a run on an endpoint leaves for the verdict. */
export interface RunEnd {
  /** What the run did of itself, and what concerns the whole of it: one for each organisation. */
  readonly transcripts: readonly Transcript[]
  readonly leftWorking: readonly LeftWorking[]
  readonly inDoubt: readonly Doubt[]
  readonly foreignTrades: readonly ForeignTrade[]
  readonly placed: number
  /** What its FILLED orders bought less what they sold, by dealt currency. */
  readonly dealt: Readonly<Record<string, number>>
  /** What an earlier run had left, and became of it at the beginning. */
  readonly earlier: readonly EndedOrder[]
  /** How many requests of scenarios waited for the pace, on average. */
  readonly heldBack: number
  /** What left scenarios out that could have run: caps, and the time of the run. */
  readonly cut: readonly string[]
}
