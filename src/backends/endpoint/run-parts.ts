import { createIntegralClient } from '../../api/client/create-integral-client.ts'
import type { IntegralClient } from '../../api/client/integral-client.ts'
import { Session } from '../../api/client/session.ts'
import type { TokenTransport } from '../../api/client/token.ts'
import type { Clock } from '../../api/clock.ts'
import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import type { Fetch } from '../../api/fetch.ts'
import { recordingFetch } from '../../evidence/recording-fetch.ts'
import { createRedactor, type Redactor } from '../../evidence/redaction.ts'
import { THE_RUN_ITSELF, THE_RUNS_OWN } from '../../evidence/verdict.ts'
import { Breaches } from './breaches.ts'
import { CallDesk } from './call-desk.ts'
import { type EndpointConfig, endpointSecrets } from './endpoint-config.ts'
import type { Journal, JournalState } from './journal.ts'
import { Limits } from './limits.ts'
import { NotSentError } from './not-sent-error.ts'
import { OrderLedger } from './order-ledger.ts'
import { Pace, pacedFetch } from './pace.ts'
import type { ClientRef } from './protocol.ts'
import { ScenarioRoom } from './scenario-room.ts'
import { SessionKeeper } from './session-keeper.ts'
import { Settlement } from './settlement.ts'
import { TradeDesk } from './trade-desk.ts'
import { LoggedTranscript, type WireLog } from './wire-log.ts'

export interface RunOptions {
  readonly config: EndpointConfig
  /** The only way to the endpoint. */
  readonly fetch: Fetch
  readonly clock: Clock
  /** What an earlier run left, and where this one writes. */
  readonly found: JournalState
  readonly journal: Journal
  readonly log: WireLog
  /** Epoch milliseconds at which the run began. */
  readonly startedAt: number
}

/** Everything that a run on an endpoint works with, put together. */
export class RunParts {
  readonly options: RunOptions
  readonly redactor: Redactor
  readonly session: Session
  readonly sessions: SessionKeeper
  readonly breaches: Breaches
  readonly ledger: OrderLedger
  readonly trades: TradeDesk
  readonly limits: Limits
  readonly desk: CallDesk
  readonly settlement: Settlement
  readonly #pace: Pace
  /** The run's own room, for what no scenario asked for. */
  readonly own: ScenarioRoom
  readonly rooms = new Map<string, ScenarioRoom>()
  /** The way in which the endpoint takes the token. */
  transport: TokenTransport

  constructor(options: RunOptions) {
    const { config, clock, journal, found, startedAt } = options
    const { settings, credentials } = config
    this.options = options
    this.transport = settings['token.transport']
    this.redactor = createRedactor(endpointSecrets(config))
    this.session = new Session({ clock, credentials })
    this.sessions = new SessionKeeper(config.auth === 'token' ? this.session : undefined)
    this.#pace = new Pace(clock, config.caps.maxRequestsPerSecond)
    this.breaches = new Breaches(settings['breach.most'], settings['breach.thenMs'])
    this.ledger = new OrderLedger(journal, found.open, found.last)
    this.trades = new TradeDesk(this.ledger, this.rooms)
    const endsAt = startedAt + settings['run.withinMs'] - settings['run.cleanUpMs']
    this.limits = new Limits(config, clock, this.ledger, endsAt)
    const { ledger, trades, breaches, sessions } = this
    this.desk = new CallDesk({
      ...{ clock, settings, sessions, ledger, trades },
      isOwn: (ref) => this.#isOwn(ref),
      forbidden: (why) => this.limits.stop(why),
    })
    this.settlement = new Settlement({
      ...{ clock, settings, ledger, breaches },
      desk: this.desk,
      client: { credentials },
      isHurried: () => this.limits.over !== undefined,
    })
    this.own = this.room(THE_RUN_ITSELF, THE_RUNS_OWN)
  }

  /** Makes the room of a scenario. */
  room(key: string, label: string): ScenarioRoom {
    const { config, clock, log } = this.options
    const { settings, baseUrl } = config
    const transcript = new LoggedTranscript(
      {
        baseUrl,
        redactor: this.redactor,
        clientQuery: parseClientQueryPath(settings['paths.queryByClient']),
      },
      log,
      label,
    )
    const room = new ScenarioRoom({
      ...{ key, label, transcript },
      endsAt:
        key === THE_RUN_ITSELF
          ? Number.POSITIVE_INFINITY
          : clock.now() + settings['scenario.withinMs'],
      connect: (ref, recorder) =>
        this.connect(ref, recorder, { learn: (secret) => room.learn(secret) }),
    })
    this.rooms.set(key, room)
    return room
  }

  /**
   * A client that records into a transcript. Those of the configured login share one session.
   *
   * @param more.session - Another session, where it is not to be shared.
   * @param more.learn - Told of every signature: each request has its own.
   */
  connect(
    ref: ClientRef,
    transcript: LoggedTranscript,
    more: { readonly session?: Session; readonly learn?: (secret: string) => void } = {},
  ): IntegralClient {
    const { config, clock, fetch } = this.options
    const { baseUrl, credentials, settings, auth, hmacSecret } = config
    const shared = more.session ?? (this.#isOwn(ref) ? this.session : undefined)
    const recorded = recordingFetch(fetch, transcript, clock)
    return createIntegralClient({
      ...{ baseUrl, clock, credentials: ref.credentials },
      fetch: pacedFetch(recorded, this.#pace, (request) => {
        this.#refuseLatePlacing(transcript, request)
        const signature = /signature="([^"]+)"/.exec(
          request.headers.get('Authorization') ?? '',
        )?.[1]
        if (signature !== undefined) more.learn?.(signature)
      }),
      queryByClientPath: settings['paths.queryByClient'],
      tokenTransport: ref.transport ?? this.transport,
      ...(shared && { session: shared }),
      ...(auth === 'hmac' &&
        hmacSecret !== undefined && { hmac: { userId: credentials.user, secret: hmacSecret } }),
    })
  }

  /** @throws {NotSentError} It is a placing, and the run came to its end while it waited. */
  #refuseLatePlacing(transcript: LoggedTranscript, { method, url }: Request): void {
    const { over } = this.limits
    if (over === undefined || transcript.matches(method, url)?.operation !== 'placeOrder') return
    throw new NotSentError(over)
  }

  /** Whether it speaks for the configured login. */
  #isOwn({ credentials }: ClientRef): boolean {
    const own = this.options.config.credentials
    const { user, password, org } = credentials
    return user === own.user && password === own.password && org === own.org
  }
}
