import type { Exchange } from './exchange.ts'
import { type Observed, observe } from './observations.ts'
import {
  type OperationMatcher,
  type OperationMatcherOptions,
  operationMatcher,
} from './operation-matcher.ts'
import { createRedactor, type Redactor } from './redaction.ts'

/**
 * Longest body that is kept, in characters. Observations are made before the cut, so that a long
 * answer is judged whole.
 */
const MAX_BODY_LENGTH = 100_000

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
  readonly #maxBodyLength: number
  readonly #recorded: { readonly exchange: Exchange; readonly observed: Observed }[] = []
  #last = 0

  constructor(options: TranscriptOptions) {
    this.baseUrl = options.baseUrl
    this.redactor = options.redactor ?? createRedactor()
    this.matches = operationMatcher(options)
    this.#maxBodyLength = options.maxBodyLength ?? MAX_BODY_LENGTH
  }

  /** The number of the request that is about to be sent. */
  nextNumber(): number {
    this.#last += 1
    return this.#last
  }

  /** @param exchange - Redacted already, and with its bodies whole. */
  record(exchange: Exchange): void {
    const observed = observe(exchange, this.matches)
    this.#recorded.push({ exchange: this.#cut(exchange), observed })
    this.#recorded.sort((one, other) => one.exchange.number - other.exchange.number)
  }

  get exchanges(): readonly Exchange[] {
    return this.#recorded.map(({ exchange }) => exchange)
  }

  get observed(): readonly Observed[] {
    return this.#recorded.map(({ observed }) => observed)
  }

  #cut(exchange: Exchange): Exchange {
    const { request, response } = exchange
    return {
      ...exchange,
      request: { ...request, ...this.#cutBody(request.body) },
      ...(response ? { response: { ...response, ...this.#cutBody(response.body) } } : {}),
    }
  }

  #cutBody(body: string | undefined): { body?: string } {
    if (body === undefined) return {}
    if (body.length <= this.#maxBodyLength) return { body }
    const kept = body.slice(0, this.#maxBodyLength)
    return {
      body: `${kept}\n… [cut here: the first ${kept.length} of ${body.length} characters are shown]`,
    }
  }
}
