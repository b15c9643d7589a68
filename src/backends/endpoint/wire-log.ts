import type { ChainWriter } from '../../evidence/bundle/chain-writer.ts'
import type { Exchange } from '../../evidence/exchange.ts'
import { Transcript, type TranscriptOptions } from '../../evidence/transcript.ts'

/**
 * Every exchange of a run, redacted, one line of a chain each, written as it happens: the request
 * before it leaves (`"sent"`), and the whole exchange when it has come to its end (`"ended"`). What a
 * killed run had on its way is there without an end.
 */
export class WireLog {
  readonly #chain: ChainWriter

  constructor(chain: ChainWriter) {
    this.#chain = chain
  }

  write(phase: 'sent' | 'ended', scenario: string, exchange: Exchange): void {
    this.#chain.append({ phase, scenario, ...exchange })
  }

  /** Says which exchange a number stands for, where one transcript takes up those of others. */
  index(scenario: string, number: number, from: string): void {
    this.#chain.append({ phase: 'judged', scenario, number, from })
  }
}

/** A scenario's transcript that is written down as it grows. */
export class LoggedTranscript extends Transcript {
  readonly #log: WireLog
  readonly #label: string
  readonly #login: number | undefined

  /**
   * @param label - What the log calls the scenario.
   * @param login - The number of its login; absent where a run has but one.
   */
  constructor(options: TranscriptOptions, log: WireLog, label: string, login?: number) {
    super(options)
    this.#log = log
    this.#label = label
    this.#login = login
  }

  /** Notes a request that is about to leave. */
  sending(exchange: Exchange): void {
    this.#log.write('sent', this.#label, this.#marked(exchange))
  }

  override record(exchange: Exchange): void {
    const { number, sharedFrom } = exchange
    const marked = this.#marked(exchange)
    if (sharedFrom === undefined) this.#log.write('ended', this.#label, marked)
    else this.#log.index(this.#label, number, sharedFrom)
    super.record(marked)
  }

  /** One that another room made bears the mark of its login. */
  #marked(exchange: Exchange): Exchange {
    if (this.#login === undefined || exchange.login !== undefined) return exchange
    return { ...exchange, login: this.#login }
  }
}
