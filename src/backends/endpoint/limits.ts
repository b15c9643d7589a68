import type { Clock } from '../../api/clock.ts'
import { endpoints } from '../../api/contract/endpoints.ts'
import { capProblem, pairProblem } from './caps.ts'
import type { EndpointConfig } from './endpoint-config.ts'
import type { OrderLedger } from './order-ledger.ts'
import type { CallRequest } from './protocol.ts'
import type { ScenarioRoom } from './scenario-room.ts'
import { sentBody } from './sent-body.ts'

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
  /** What the base currency of the agreed pair cost at the beginning, once that is known. */
  market: number | undefined
  #isLate = false
  readonly #cut = new Set<string>()
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
    // Once over, always over: a clock that is put back does not take a run up again.
    this.#cancelTimer = clock.setTimer(restMs, () => {
      this.#isLate = true
      this.#resolveOver(this.over ?? this.#timeIsUp)
    })
  }

  /** Ends keeping time. */
  close(): void {
    this.#cancelTimer()
  }

  /** From now on nothing more is sent for scenarios. */
  stop(why: string): void {
    this.#stopped ??= this.over ?? why
    this.#resolveOver(why)
  }

  /** Why the run has come to its end; `undefined` while it goes on. */
  get over(): string | undefined {
    if (this.#stopped !== undefined) return this.#stopped
    return this.#isLate || this.#clock.now() >= this.endsAt ? this.#timeIsUp : undefined
  }

  get #timeIsUp(): string {
    const seconds = this.#config.settings['run.withinMs'] / 1_000
    return `the time of the run (${seconds} s, less what cleaning up may take) is used up`
  }

  /** Why nothing more is sent for a scenario; `undefined` while it goes on. */
  hindrance(room: ScenarioRoom): string | undefined {
    const over = this.over
    if (over !== undefined) return over
    if (room.isClosing) return SCENARIO_HAS_ENDED
    if (this.#clock.now() < room.endsAt) return undefined
    const seconds = this.#config.settings['scenario.withinMs'] / 1_000
    return `the time of the scenario (${seconds} s) is used up`
  }

  /** Why a scenario's call is not sent; `undefined` where it may be. */
  problem(room: ScenarioRoom, { what, client }: CallRequest): string | undefined {
    const hindrance = this.hindrance(room)
    if (hindrance !== undefined) return hindrance
    if (logsIn(what) && !room.login.isOf(client)) return this.#probe('wrong password')
    if (what.kind !== 'operation') return undefined
    switch (what.operation) {
      case 'placeOrder':
        return this.#placingProblem(sentBody(what.input))
      case 'login':
        return this.#loginProblem(sentBody(what.input), room)
      case 'resendTrades':
        return this.#config.allowResend ? undefined : 'INTEGRAL_ALLOW_RESEND is not set'
      default:
        return undefined
    }
  }

  /** What left scenarios out that could have run: caps, and the time of the run. */
  get cut(): readonly string[] {
    const { over } = this
    return over === undefined ? [...this.#cut] : [over, ...this.#cut]
  }

  #placingProblem(body: unknown): string | undefined {
    const { caps, symbol, placedBefore = 0 } = this.#config
    const placed = placedBefore + this.#ledger.placed
    const foreign = pairProblem(body, symbol)
    const use = { placed, open: this.#ledger.open().length }
    const cap = capProblem(body, caps, use, this.market)
    if (cap !== undefined) this.#cut.add(cap)
    return foreign ?? cap
  }

  /** A login made by hand, as one without a field is. */
  #loginProblem(body: unknown, { login }: ScenarioRoom): string | undefined {
    const { pass } = Object(body) as { readonly pass?: unknown }
    if (pass === login.config.credentials.password) {
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

export const SCENARIO_HAS_ENDED = 'the scenario has ended'

/** Whether a client may have to log in for it. */
function logsIn(what: CallRequest['what']): boolean {
  if (what.kind !== 'operation') return what.kind !== 'forgetSession'
  return what.input.token === undefined && endpoints[what.operation].authenticated
}

const PROBING_IS_OFF = 'INTEGRAL_PROBE_LOGIN is off'
