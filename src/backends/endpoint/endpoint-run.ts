import { NoAnswerError } from '../../api/client/no-answer-error.ts'
import type { SessionInfo } from '../../api/client/session-info.ts'
import type { Transcript } from '../../evidence/transcript.ts'
import type { DoubtResult, LeftWorking } from '../backend.ts'
import { CleanUp } from './clean-up.ts'
import { endpointCapabilities } from './endpoint-capabilities.ts'
import { endpointSecrets } from './endpoint-config.ts'
import { type Preflight, preflight } from './preflight.ts'
import type { CallRequest, Closing, PlainSession, Reply, RunDesk, RunFacts } from './protocol.ts'
import { type RunOptions, RunParts } from './run-parts.ts'
import type { ScenarioRoom } from './scenario-room.ts'
import { shareTrading } from './share-trading.ts'
import { takeSpareSession } from './spare-session.ts'
import type { ForeignTrade } from './trade-desk.ts'
import { sweepTrades } from './trade-sweep.ts'

/** A placing without an answer, and what looking for its order brought. */
export interface Doubt {
  readonly coId: string
  readonly result: DoubtResult
}

/** What a run on an endpoint leaves for the verdict. */
export interface RunEnd {
  /** What the run did of itself, and what concerns the whole of it. */
  readonly transcript: Transcript
  readonly leftWorking: readonly LeftWorking[]
  readonly inDoubt: readonly Doubt[]
  readonly foreignTrades: readonly ForeignTrade[]
  readonly placed: number
}

/**
 * A run on an endpoint. It owns whatever there is one of: the connection, the session, the download
 * of trades, the caps, the journal, and the duty to leave no order working. Scenarios, in whichever
 * thread, ask it for everything through its {@link desk}.
 */
export class EndpointRun {
  readonly #parts: RunParts
  readonly #runId = `ih${Date.now().toString(36)}`
  readonly #doubts = new Map<string, DoubtResult>()
  readonly #cleanUp: CleanUp
  readonly #secrets: Set<string>
  #spare: SessionInfo | undefined
  #cleaning: Promise<unknown> | undefined

  constructor(options: RunOptions) {
    this.#parts = new RunParts(options)
    this.#cleanUp = new CleanUp(this.#parts)
    this.#secrets = new Set(endpointSecrets(options.config))
  }

  /** What scenarios may ask for. */
  get desk(): RunDesk {
    return {
      facts: async () => this.#facts(),
      open: async (key, label) => this.#open(key, label),
      call: (request) => this.#call(request),
      allow: async (kind, withinMs) => this.#parts.breaches.allow(kind, withinMs),
      breach: async (kind) => this.#parts.breaches.note(kind),
      doubt: async (coId, result) => {
        this.#doubts.set(coId, result)
      },
      close: (key) => this.#close(key),
    }
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
    const spare = await this.#takeSpare()
    if (spare !== undefined) return spare
    const earlier = await this.#endEarlierOrders()
    if (earlier !== undefined) return earlier
    const { config, clock } = this.#parts.options
    const { credentials, symbol, settings, auth } = config
    const result: Preflight = await preflight({
      desk: this.#parts.desk,
      room: this.#parts.own,
      client: (transport) => ({ credentials, transport }),
      transport: this.#parts.transport,
      symbol,
      staleAfterMs: settings['rate.staleAfterMs'],
      serverNow: () => clock.now() + (this.#spare?.skewMs ?? 0),
      usesToken: auth === 'token',
    })
    if (!result.ok) return result.why
    this.#parts.transport = result.transport
    return undefined
  }

  /**
   * Signs in, and ends what an earlier run left working. Nothing else.
   *
   * @returns How many orders there were, and those that may be working still; or why nothing could be done.
   */
  async cleanUp(): Promise<
    { readonly found: number; readonly left: readonly LeftWorking[] } | { readonly why: string }
  > {
    const found = this.#parts.ledger.open().length
    this.#parts.limits.close()
    if (found === 0) return { found, left: [] }
    const why = await this.#takeSpare()
    if (why !== undefined) return { why }
    await this.#endEarlierOrders()
    return { found, left: this.#cleanUp.left }
  }

  /** Cancels what is working, and sends nothing more for scenarios: they end as not verified. */
  stop(why: string): void {
    this.#parts.limits.stop(why)
    this.#cleaning ??= this.#cleanUp.settle(this.#parts.ledger.open(), this.#parts.own)
  }

  /** Cancels what is working, and downloads what is due. To be called once, when all have ended. */
  async finish(): Promise<RunEnd> {
    const { ledger, own, trades, limits } = this.#parts
    limits.close()
    await this.#cleaning
    await this.#cleanUp.settle(ledger.open(), own)
    if (limits.over === undefined)
      await sweepTrades(this.#parts, limits.endsAt).catch(ignoreNoAnswer)
    shareTrading(this.#parts)
    return {
      transcript: own.transcript,
      leftWorking: this.#cleanUp.left,
      inDoubt: [...this.#doubts].map(([coId, result]) => ({ coId, result })),
      foreignTrades: trades.foreign,
      placed: ledger.entries.length,
    }
  }

  /** A second token, which nobody uses before it has expired. It comes first: it may be ended by the other. */
  async #takeSpare(): Promise<string | undefined> {
    const spare = await takeSpareSession(this.#parts)
    if (!spare.ok) return spare.why
    this.#spare = spare.session
    this.#news(spare.session)
    return undefined
  }

  async #endEarlierOrders(): Promise<string | undefined> {
    const earlier = this.#parts.ledger.open()
    await this.#cleanUp.settle(earlier, this.#parts.own)
    if (this.#cleanUp.left.length === 0) return undefined
    const orders = this.#cleanUp.left.map(
      ({ orderId, coId, why }) => `${orderId} (client id ${coId}): ${why}`,
    )
    return `orders of an earlier run may be working still, and could not be ended: ${orders.join('; ')}. Have them cancelled before anything else is placed.`
  }

  #facts(): RunFacts {
    const { config } = this.#parts.options
    const { settings, baseUrl, credentials, symbol } = config
    return {
      runId: this.#runId,
      ...{ baseUrl, credentials, settings },
      capabilities: endpointCapabilities(config),
      agreed: { symbol, smallSize: settings['order.size'], minSize: settings['order.minSize'] },
      secrets: [...this.#secrets],
      ...(this.#spare && { spare: plain(this.#spare) }),
      endsAt: this.#parts.limits.endsAt,
    }
  }

  #open(key: string, label: string): string | undefined {
    const over = this.#parts.limits.over
    if (over === undefined) this.#parts.room(key, label)
    return over
  }

  async #call(request: CallRequest): Promise<Reply> {
    const room = this.#parts.rooms.get(request.key)
    if (!room?.isOpen) return { kind: 'not sent', why: 'the scenario has ended', secrets: [] }
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
      secrets: this.#news(session),
    }
  }

  async #outcomeOf(room: ScenarioRoom, request: CallRequest) {
    try {
      const answer = await this.#parts.desk.perform(room, request)
      return { kind: 'answer', answer } as const
    } catch (error) {
      if (error instanceof NoAnswerError) {
        const { operation, method, url, requestId, httpStatus } = error
        const unanswered = { operation, method, url, requestId, httpStatus }
        return { kind: 'no answer', unanswered, cause: error.message } as const
      }
      return { kind: 'impossible', error: String(error) } as const
    }
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
    await this.#cleaning
    const left = await this.#cleanUp.settle(this.#parts.ledger.open(key), room)
    room.isOpen = false
    return { exchanges: room.transcript.whole, leftWorking: left, secrets: [...this.#secrets] }
  }
}

function plain({ token, ...rest }: SessionInfo): PlainSession {
  return { ...rest, token: token.reveal() }
}

/** What is due at the very end may find the host gone; that is said elsewhere. */
function ignoreNoAnswer(error: unknown): void {
  if (!(error instanceof NoAnswerError)) throw error
}
