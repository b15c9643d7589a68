import type { Clock } from '../../api/clock.ts'
import { capProblem } from './caps.ts'
import type { EndpointConfig } from './endpoint-config.ts'
import type { OrderLedger } from './order-ledger.ts'
import type { CallRequest } from './protocol.ts'
import type { ScenarioRoom } from './scenario-room.ts'

/** Whether a login would be one with a wrong password, or without one. */
type LoginProbe = 'wrong password' | 'no password'

/** What a run may not do, or no longer, on somebody's account. */
export class Limits {
  readonly #config: EndpointConfig
  readonly #clock: Clock
  readonly #ledger: OrderLedger
  /** Epoch milliseconds after which nothing new is begun. */
  readonly endsAt: number
  /** Resolves to why, when the run comes to its end before its scenarios do. */
  readonly whenOver: Promise<string>
  #stopped: string | undefined
  #resolveOver: (why: string) => void = () => {}
  readonly #cancelTimer: () => void
  #hasProbedLogin = false

  constructor(config: EndpointConfig, clock: Clock, ledger: OrderLedger, endsAt: number) {
    this.#config = config
    this.#clock = clock
    this.#ledger = ledger
    this.endsAt = endsAt
    this.whenOver = new Promise((resolve) => {
      this.#resolveOver = resolve
    })
    const restMs = Math.max(0, endsAt - clock.now())
    this.#cancelTimer = clock.setTimer(restMs, () => this.#resolveOver(this.over ?? this.#timeIsUp))
  }

  /** Ends keeping time. */
  close(): void {
    this.#cancelTimer()
  }

  /** From now on nothing more is sent for scenarios. */
  stop(why: string): void {
    this.#stopped ??= why
    this.#resolveOver(why)
  }

  /** Why the run has come to its end; `undefined` while it goes on. */
  get over(): string | undefined {
    if (this.#stopped !== undefined) return this.#stopped
    return this.#clock.now() >= this.endsAt ? this.#timeIsUp : undefined
  }

  get #timeIsUp(): string {
    const seconds = this.#config.settings['run.withinMs'] / 1_000
    return `the time of the run (${seconds} s, less what cleaning up may take) is used up`
  }

  /** Why a scenario's call is not sent; `undefined` where it may be. */
  problem(room: ScenarioRoom, { what, client }: CallRequest): string | undefined {
    const over = this.over
    if (over !== undefined) return over
    if (this.#clock.now() >= room.endsAt) {
      const seconds = this.#config.settings['scenario.withinMs'] / 1_000
      return `the time of the scenario (${seconds} s) is used up`
    }
    if (what.kind === 'login' || what.kind === 'ensureSession') {
      const { credentials } = this.#config
      const isOwn = client.credentials.password === credentials.password
      return isOwn ? undefined : this.#probe('wrong password')
    }
    if (what.kind !== 'operation') return undefined
    switch (what.operation) {
      case 'placeOrder':
        return this.#placingProblem(what.input.body)
      case 'login':
        return this.#loginProblem(what.input.body)
      case 'resendTrades':
        return this.#config.allowResend ? undefined : 'INTEGRAL_ALLOW_RESEND is not set'
      default:
        return undefined
    }
  }

  #placingProblem(body: unknown): string | undefined {
    const placed = this.#ledger.entries.length
    return capProblem(body, this.#config.caps, { placed, open: this.#ledger.open().length })
  }

  /** A login made by hand, as one without a field is. */
  #loginProblem(body: unknown): string | undefined {
    const { pass } = Object(body) as { readonly pass?: unknown }
    if (pass === this.#config.credentials.password) {
      return this.#config.probeLogin ? undefined : PROBING_IS_OFF
    }
    return this.#probe(pass === undefined ? 'no password' : 'wrong password')
  }

  /** One wrong password locks nobody out; whether a missing one counts as wrong is not known. */
  #probe(kind: LoginProbe): string | undefined {
    if (!this.#config.probeLogin) return PROBING_IS_OFF
    if (kind === 'no password') return 'a login without a password might count as a failed one'
    if (this.#hasProbedLogin) return 'a run tries one login with a wrong password at most'
    this.#hasProbedLogin = true
    return undefined
  }
}

const PROBING_IS_OFF = 'INTEGRAL_PROBE_LOGIN is off'
