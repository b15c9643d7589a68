import {
  type MatchedOperation,
  type OperationMatcher,
  type OperationMatcherOptions,
  operationMatcher,
} from '../api/contract/operation-matcher.ts'
import type { Exchange } from './exchange.ts'
import { type Observed, observe } from './observations.ts'
import { readExchange } from './reading/reading.ts'
import { createRedactor, type Redactor } from './redaction.ts'
import { remembering } from './remembering.ts'
import { shown } from './shown.ts'

export interface TranscriptOptions extends OperationMatcherOptions {
  /** Default: one of its own, which knows nothing beforehand. */
  readonly redactor?: Redactor
  readonly maxBodyLength?: number
}

/** A scenario's exchanges in order, and what they say about orders. */
export class Transcript {
  readonly baseUrl: string
  readonly redactor: Redactor
  readonly matches: OperationMatcher
  /** The step that is running, in the scenario's words; goes along with each exchange. */
  step: string | undefined
  readonly #maxBodyLength: number | undefined
  readonly #whole: Exchange[] = []
  #last = 0

  constructor(options: TranscriptOptions) {
    this.baseUrl = options.baseUrl
    this.redactor = options.redactor ?? createRedactor()
    this.matches = lookedUpOnce(operationMatcher(options))
    this.#maxBodyLength = options.maxBodyLength
  }

  /**
   * A transcript of exchanges that were recorded elsewhere, in another thread for instance.
   *
   * @param whole - Redacted already, and with their bodies whole, as `whole` hands them out.
   */
  static restore(options: TranscriptOptions, whole: readonly Exchange[]): Transcript {
    const transcript = new Transcript(options)
    for (const exchange of whole) transcript.record(exchange)
    return transcript
  }

  /** The number of the request that is about to be sent. */
  nextNumber(): number {
    this.#last += 1
    return this.#last
  }

  /** @param exchange - Redacted already, and with its bodies whole. */
  record(exchange: Exchange): void {
    this.#last = Math.max(this.#last, exchange.number)
    this.#whole.push(exchange)
    this.#whole.sort((one, other) => one.number - other.number)
  }

  /** The exchanges as they are judged, with their bodies whole. */
  get whole(): readonly Exchange[] {
    return this.#whole
  }

  /** The exchanges as they are shown, with long bodies cut. */
  get exchanges(): readonly Exchange[] {
    return this.#whole.map((exchange) => shown(exchange, this.#maxBodyLength))
  }

  get observed(): readonly Observed[] {
    return this.#whole.map((exchange) => observe(readExchange(exchange, this.matches)))
  }
}

/** So many addresses are remembered; a scenario asks for fewer. */
const ADDRESSES_KEPT = 500

/** Each request is looked up when it is sent and when it is judged. */
function lookedUpOnce(matches: OperationMatcher): OperationMatcher {
  const known = remembering<MatchedOperation | undefined>(ADDRESSES_KEPT)
  return (method, url) => known(`${method} ${url}`, () => matches(method, url))
}
