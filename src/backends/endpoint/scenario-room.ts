import type { IntegralClient } from '../../api/client/integral-client.ts'
import type { Trade } from '../../api/contract/trades.ts'
import type { Exchange } from '../../evidence/exchange.ts'
import type { Login } from './login.ts'
import type { ClientRef } from './protocol.ts'
import type { LoggedTranscript } from './wire-log.ts'

/** What the coordinator keeps for one scenario: its clients, its transcript, what came for it. */
export class ScenarioRoom {
  readonly key: string
  /** How the transcript names it: as the verdict does, but for what the run sends of itself. */
  readonly label: string
  /** The one that it has all its life. */
  readonly login: Login
  readonly transcript: LoggedTranscript
  /** Epoch milliseconds after which nothing new is begun for it. */
  endsAt: number
  isOpen = true
  /** Whether it is ending: nothing more is sent for it but what its clean-up needs. */
  isClosing = false
  readonly #connect: (ref: ClientRef) => IntegralClient
  readonly #clients = new Map<string, IntegralClient>()
  #arrived: Trade[] = []
  #secrets: string[] = []

  constructor(options: {
    readonly key: string
    readonly label: string
    readonly login: Login
    readonly transcript: LoggedTranscript
    readonly endsAt: number
    readonly connect: (ref: ClientRef) => IntegralClient
  }) {
    this.key = options.key
    this.label = options.label
    this.login = options.login
    this.transcript = options.transcript
    this.endsAt = options.endsAt
    this.#connect = options.connect
  }

  client(ref: ClientRef): IntegralClient {
    const key = JSON.stringify(ref)
    const known = this.#clients.get(key) ?? this.#connect(ref)
    this.#clients.set(key, known)
    return known
  }

  /**
   * Takes a trade that somebody else's download brought, with the exchange it came in.
   *
   * @param from - The room that made the exchange.
   */
  receive(trade: Trade, exchange: Exchange, from: ScenarioRoom): void {
    this.#arrived.push(trade)
    this.share(exchange, from)
  }

  /** Puts an exchange of another room into this one's transcript, once. */
  share(exchange: Exchange, from: ScenarioRoom): void {
    const sharedFrom = `${from.label}, exchange ${exchange.number}`
    if (this.transcript.whole.some((each) => each.sharedFrom === sharedFrom)) return
    this.transcript.record({ ...exchange, number: this.transcript.nextNumber(), sharedFrom })
  }

  /** Notes a secret that a request of this scenario carries and nobody has known before. */
  learn(secret: string): void {
    this.#secrets.push(secret)
  }

  /** The secrets noted since the last time. */
  takeSecrets(): readonly string[] {
    const secrets = this.#secrets
    this.#secrets = []
    return secrets
  }

  /** The trades that came for this scenario since the last time. */
  takeArrived(): readonly Trade[] {
    const arrived = this.#arrived
    this.#arrived = []
    return arrived
  }
}
