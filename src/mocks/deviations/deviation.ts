import type { Operation } from '../../api/contract/endpoints.ts'

/** The fields of a JSON object, whatever they hold. */
export type Fields = Readonly<Record<string, unknown>>

/** A request, as far as a deviation looks at it. */
export interface Call {
  /** Absent where the request is no endpoint of the contract. */
  readonly operation: Operation | undefined
  /** The parts of the address that the endpoint names; `coId` for a query by client id. */
  readonly params: Readonly<Record<string, string>>
  readonly method: string
  readonly url: URL
  readonly headers: Headers
  /** The body, where it is a JSON object. */
  readonly sent: Fields | undefined
}

/** An answer; its body is the value of its JSON, or its text where it is none. */
export interface Answer {
  readonly status: number
  readonly headers: Headers
  /** `undefined` where there is no body. */
  readonly body: unknown
}

/** An order that the simulation has taken, as deviations know it. */
export interface KnownOrder {
  readonly orderId: string
  /** What was sent to place it. */
  readonly sent: Fields
  /** When its placing was answered, in epoch milliseconds of the simulation's clock. */
  readonly placedAt: number
  /** The statuses that were told of it so far, by placing and queries, in order, as they were told. */
  readonly told: readonly string[]
}

/** What a deviation may look at besides the call. */
export interface Scene {
  now(): number
  /** By server id; also those whose placing was told otherwise. */
  readonly orders: ReadonlyMap<string, KnownOrder>
}

/** One simulation that behaves otherwise: it may remember what it saw. */
export interface Deviating {
  /** Answers in the place of the simulation, which never hears of the call; `undefined` lets it pass. */
  instead?(call: Call): Answer | undefined
  /** Alters an answer of the simulation. To leave it as it is, it hands back the same. */
  alter?(call: Call, answer: Answer): Answer
}

/**
 * A wrong behaviour, at the level of answers: proof that the judge sees it. Nothing of it is a setting,
 * and no configuration turns it on.
 */
export interface Deviation {
  /** Stable, e.g. `filled-turns-new`. */
  readonly id: string
  /** What the simulation does then, in one sentence. */
  readonly sentence: string
  /** Id of the rule that has to name it. */
  readonly breaks: string
  /** Settings of the simulation without which it would not show. */
  readonly settings?: Readonly<Record<string, unknown>>
  begin(scene: Scene): Deviating
}
