import type { SessionInfo } from '../../api/client/session-info.ts'
import type { DoubtResult, LeftWorking } from '../backend.ts'
import { type CallOutcome, outcomeOf } from './call-outcome.ts'
import { CleanUp, ignoreNoAnswer } from './clean-up.ts'
import { dealtIn } from './dealt-in.ts'
import { endpointCapabilities } from './endpoint-capabilities.ts'
import { endpointSecrets } from './endpoint-config.ts'
import { SCENARIO_HAS_ENDED } from './limits.ts'
import type { Login } from './login.ts'
import { LoginDeal } from './login-deal.ts'
import { NotSentError } from './not-sent-error.ts'
import type { CallRequest, Closing, PlainSession, Reply, RunDesk, RunFacts } from './protocol.ts'
import { RunBeginning } from './run-beginning.ts'
import type { EndedOrder, RunEnd } from './run-end.ts'
import { type RunOptions, RunParts } from './run-parts.ts'
import type { ScenarioRoom } from './scenario-room.ts'
import { watchTheEnd } from './watch-the-end.ts'
import { wholeRun } from './whole-run.ts'

/**
 * A run on an endpoint. It owns whatever there is one of: the connection, the session and the download
 * of trades of each login, the caps, the journal, and the duty to leave no order working. Scenarios, in whichever
 * thread, ask it for everything through its {@link desk}.
 */
export class EndpointRun {
  readonly #parts: RunParts
  readonly #runId = `ih${Date.now().toString(36)}`
  readonly #doubts = new Map<string, DoubtResult>()
  readonly #cleanUp: CleanUp
  readonly #beginning: RunBeginning
  readonly #deal: LoginDeal<Login>
  readonly #secrets: Set<string>
  #cleaning: Promise<unknown> | undefined
  /** Epoch milliseconds. */
  #begunAt = Number.POSITIVE_INFINITY

  constructor(options: RunOptions) {
    this.#parts = new RunParts(options)
    this.#cleanUp = new CleanUp(this.#parts)
    this.#beginning = new RunBeginning(this.#parts, this.#cleanUp)
    const [first, ...others] = this.#parts.logins
    if (!first) throw new TypeError('A run has a login.')
    this.#deal = new LoginDeal([first, ...others], options.workers ?? 1)
    this.#secrets = new Set(endpointSecrets(options.config))
  }

  /** What scenarios may ask for. */
  get desk(): RunDesk {
    return {
      facts: async (key, worker) => this.#facts(key, worker),
      open: async (key, label) => this.#open(key, label),
      call: (request) => this.#call(request),
      allow: async (kind, withinMs) => this.#parts.breaches.allow(kind, withinMs),
      breach: async (kind) => this.#parts.breaches.note(kind),
      doubt: async (coId, result) => {
        this.#doubts.set(coId, result)
      },
      pause: (key, ms) => this.#pause(key, ms),
      close: (key) => this.#close(key),
    }
  }

  /** What an earlier run had left, and what became of it. */
  get earlier(): readonly EndedOrder[] {
    return this.#beginning.earlier
  }

  /** A text without any secret of this run. */
  redact(text: string): string {
    return this.#parts.redactor.redact(text)
  }

  /**
   * Signs in, ends what an earlier run left working, and makes sure that trading is possible.
   *
   * @returns Why the run cannot begin, in one sentence; `undefined` where it can.
   */
  async start(): Promise<string | undefined> {
    const why = await this.#beginning.begin().catch(whyNotSent)
    this.#begunAt = this.#parts.options.clock.now()
    const problem = why ?? this.#parts.limits.over
    return problem === undefined ? undefined : this.redact(problem)
  }

  /**
   * Signs in, and ends what an earlier run left working. Nothing else.
   *
   * @returns What became of the orders, and those that may be working still; or why nothing could be done.
   */
  async cleanUp(): Promise<
    | { readonly orders: readonly EndedOrder[]; readonly left: readonly LeftWorking[] }
    | { readonly why: string }
  > {
    this.#parts.limits.close()
    const why = await this.#beginning.endEarlierOrders().catch(whyNotSent)
    const { left } = this.#cleanUp
    // Without a session nothing was tried, and so nothing is left for a reason of its own.
    if (why !== undefined && left.length === 0) return { why: this.redact(why) }
    return { orders: this.#beginning.earlier, left }
  }

  /** Cancels what is working, and sends nothing more for scenarios: they end as not verified. */
  stop(why: string): void {
    this.#parts.limits.stop(why)
    this.#cleaning ??= this.#cleanUp.settle(this.#parts.ledger.open())
  }

  /** Cancels what is working, and downloads what is due. To be called once, when all have ended. */
  async finish(): Promise<RunEnd> {
    const { ledger, trades, limits, pace, options } = this.#parts
    // What comes now is sent as fast as the pace allows, and says nothing of the scenarios.
    const heldBack = pace.waitedMs / Math.max(1, options.clock.now() - this.#begunAt)
    limits.close()
    await this.#cleaning
    await this.#cleanUp.inTime(this.#parts.desk.placingsAnswered())
    await this.#cleanUp.lookForForgotten()
    await this.#cleanUp.settle(ledger.open())
    if (limits.over === undefined) {
      const watch = watchTheEnd(this.#parts, limits.endsAt)
      await this.#cleanUp.inTime(watch.catch(ignoreNoAnswer))
      await this.#cleanUp.settle(ledger.open())
    }
    return {
      transcripts: wholeRun(this.#parts),
      leftWorking: this.#cleanUp.left,
      inDoubt: [...this.#doubts].map(([coId, result]) => ({
        coId,
        // The clean-up may have found what the scenario did not.
        result: ledger.entries.some((entry) => entry.coId === coId && entry.orderId)
          ? 'one'
          : result,
      })),
      foreignTrades: trades.foreign,
      placed: ledger.placed,
      dealt: dealtIn(ledger.entries),
      earlier: this.#beginning.earlier,
      heldBack,
      cut: limits.cut,
    }
  }

  #facts(key: string, worker: number): RunFacts {
    const { config } = this.#parts.options
    const { settings, baseUrl, symbol } = config
    const login = this.#deal.to(key, worker)
    const { spare, account } = login
    this.#news(spare)
    return {
      runId: this.#runId,
      ...{ baseUrl, settings, credentials: login.config.credentials },
      ...(!this.#parts.hasOneLogin && { account }),
      capabilities: endpointCapabilities(config),
      agreed: { symbol, smallSize: settings['order.size'], minSize: settings['order.minSize'] },
      secrets: [...this.#secrets],
      ...(spare && { spare: plain(spare) }),
      endsAt: this.#parts.limits.endsAt,
    }
  }

  #open(key: string, label: string): string | undefined {
    const over = this.#parts.limits.over
    if (over === undefined) this.#parts.room(key, label, this.#deal.to(key, 0))
    return over
  }

  async #call(request: CallRequest): Promise<Reply> {
    const room = this.#parts.rooms.get(request.key)
    if (!room?.isOpen) return { kind: 'not sent', why: SCENARIO_HAS_ENDED, secrets: [] }
    const why = this.#parts.limits.problem(room, request)
    if (why !== undefined) return { kind: 'not sent', why, secrets: [] }
    // What hangs must not hold up the end; what it was about is settled then.
    const outcome = await Promise.race([
      this.#outcomeOf(room, request),
      this.#parts.limits.whenOver.then((over) => ({ kind: 'not sent', why: over }) as const),
    ])
    const { session } = room.client(request.client)
    const arrived = room.takeArrived()
    return {
      ...outcome,
      ...(session && { session: plain(session) }),
      ...(arrived.length > 0 && { arrived }),
      secrets: [...this.#news(session), ...room.takeSecrets()],
    }
  }

  /** What a scenario is told to wait for is not its own time. */
  async #pause(key: string, ms: number): Promise<string | undefined> {
    const room = this.#parts.rooms.get(key)
    if (room) room.endsAt += ms
    const { clock } = this.#parts.options
    let cancel = () => {}
    const waited = new Promise<undefined>((resolve) => {
      cancel = clock.setTimer(ms, () => resolve(undefined))
    })
    const over = await Promise.race([waited, this.#parts.limits.whenOver])
    cancel()
    return over
  }

  #outcomeOf(room: ScenarioRoom, request: CallRequest): Promise<CallOutcome> {
    const { desk, limits } = this.#parts
    const work = () => desk.perform(room, request, () => limits.hindrance(room))
    return outcomeOf(work, (text) => this.redact(text))
  }

  #news(session: SessionInfo | undefined): readonly string[] {
    const token = session?.token.reveal()
    if (token === undefined || this.#secrets.has(token)) return []
    this.#secrets.add(token)
    return [token]
  }

  async #close(key: string): Promise<Closing> {
    const room = this.#parts.rooms.get(key)
    if (!room) return { exchanges: [], leftWorking: [], secrets: [] }
    room.isClosing = true
    await this.#cleaning
    const left = await this.#cleanUp.settle(this.#parts.ledger.open(key), () => room)
    room.isOpen = false
    return { exchanges: room.transcript.whole, leftWorking: left, secrets: [...this.#secrets] }
  }
}

/** What was held back since the run was stopped meanwhile, or since there is no session. */
function whyNotSent(error: unknown): string {
  if (error instanceof NotSentError) return error.message
  throw error
}

function plain({ token, ...rest }: SessionInfo): PlainSession {
  return { ...rest, token: token.reveal() }
}
