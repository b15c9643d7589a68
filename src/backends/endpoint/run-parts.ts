import { createIntegralClient } from '../../api/client/create-integral-client.ts'
import type { IntegralClient } from '../../api/client/integral-client.ts'
import type { Session } from '../../api/client/session.ts'
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
import { type Login, openLogins } from './login.ts'
import { NotSentError } from './not-sent-error.ts'
import { OrderLedger } from './order-ledger.ts'
import { Pace, pacedFetch } from './pace.ts'
import type { ClientRef } from './protocol.ts'
import { ScenarioRoom } from './scenario-room.ts'
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
  /** How many workers run scenarios, 1 or more. Default 1. */
  readonly workers?: number
}

/** Everything that a run on an endpoint works with, put together. */
export class RunParts {
  readonly options: RunOptions
  readonly redactor: Redactor
  /** One or more. */
  readonly logins: readonly Login[]
  readonly breaches: Breaches
  readonly ledger: OrderLedger
  readonly trades: TradeDesk
  readonly limits: Limits
  readonly desk: CallDesk
  readonly settlement: Settlement
  readonly pace: Pace
  /** The run's own rooms, for what no scenario asked for: one for each login. */
  readonly own: readonly ScenarioRoom[]
  readonly rooms = new Map<string, ScenarioRoom>()

  constructor(options: RunOptions) {
    const { config, clock, journal, found, startedAt } = options
    const { settings } = config
    this.options = options
    this.redactor = createRedactor(endpointSecrets(config))
    this.logins = openLogins(config, clock)
    this.pace = new Pace(clock, config.caps.maxRequestsPerSecond)
    this.breaches = new Breaches(settings['breach.most'], settings['breach.thenMs'])
    const accounts = this.logins.map(({ account }) => account)
    this.ledger = new OrderLedger(journal, found.open, found.last, accounts, () => clock.now())
    this.trades = new TradeDesk(this.ledger, this.rooms, this.logins)
    const endsAt = startedAt + settings['run.withinMs'] - settings['run.cleanUpMs']
    this.limits = new Limits(config, clock, this.ledger, endsAt)
    const { ledger, trades, breaches } = this
    this.desk = new CallDesk({
      ...{ clock, settings, ledger, trades },
      forbidden: (why, { name }) => this.limits.stop(this.hasOneLogin ? why : `${name}: ${why}`),
    })
    this.settlement = new Settlement({
      ...{ clock, settings, ledger, breaches },
      desk: this.desk,
      isHurried: () => this.limits.over !== undefined,
    })
    this.own = this.logins.map((login) => {
      const more = login.number === 1 ? '' : `, login ${login.number}`
      return this.room(`${THE_RUN_ITSELF}${more}`, `${THE_RUNS_OWN}${more}`, login)
    })
  }

  /** Whether there is but one: then nothing is said of it. */
  get hasOneLogin(): boolean {
    return this.logins.length === 1
  }

  /** The run's own room for what it does with a login. */
  ownOf(login: number): ScenarioRoom {
    const room = this.own.find((each) => each.login.number === login)
    if (room) return room
    throw new TypeError(`There is no login ${login}.`)
  }

  /** Makes the room of a scenario. */
  room(key: string, label: string, login: Login): ScenarioRoom {
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
      this.hasOneLogin ? undefined : login.number,
    )
    const room = new ScenarioRoom({
      ...{ key, label, login, transcript },
      endsAt: key.startsWith(THE_RUN_ITSELF)
        ? Number.POSITIVE_INFINITY
        : clock.now() + settings['scenario.withinMs'],
      connect: (ref) => this.connect(ref, room, { learn: (secret) => room.learn(secret) }),
    })
    this.rooms.set(key, room)
    return room
  }

  /**
   * A client that records into a room's transcript. Those of the room's login share one session.
   *
   * @param more.session - Another session, where it is not to be shared.
   * @param more.learn - Told of every signature: each request has its own.
   */
  connect(
    ref: ClientRef,
    { transcript, login }: ScenarioRoom,
    more: { readonly session?: Session; readonly learn?: (secret: string) => void } = {},
  ): IntegralClient {
    const { config, clock, fetch } = this.options
    const { baseUrl, settings, auth } = config
    const { hmacSecret, credentials } = login.config
    const shared = more.session ?? (login.isOf(ref) ? login.session : undefined)
    const recorded = recordingFetch(fetch, transcript, clock)
    return createIntegralClient({
      ...{ baseUrl, clock, credentials: ref.credentials },
      fetch: pacedFetch(recorded, this.pace, (request) => {
        this.#refuseLatePlacing(transcript, request)
        const signature = /signature="([^"]+)"/.exec(
          request.headers.get('Authorization') ?? '',
        )?.[1]
        if (signature !== undefined) more.learn?.(signature)
      }),
      queryByClientPath: settings['paths.queryByClient'],
      tokenTransport: ref.transport ?? login.transport,
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
}
