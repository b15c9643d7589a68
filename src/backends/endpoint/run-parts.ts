import { createIntegralClient } from '../../api/client/create-integral-client.ts'
import type { IntegralClient } from '../../api/client/integral-client.ts'
import { Session } from '../../api/client/session.ts'
import type { TokenTransport } from '../../api/client/token.ts'
import type { Clock } from '../../api/clock.ts'
import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import type { Fetch } from '../../api/fetch.ts'
import { recordingFetch } from '../../evidence/recording-fetch.ts'
import { createRedactor, type Redactor } from '../../evidence/redaction.ts'
import { Breaches } from './breaches.ts'
import { CallDesk } from './call-desk.ts'
import { type EndpointConfig, endpointSecrets } from './endpoint-config.ts'
import type { Journal, JournalState } from './journal.ts'
import { Limits } from './limits.ts'
import { OrderLedger } from './order-ledger.ts'
import { Pace } from './pace.ts'
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
}

/** How the verdict names what the run does of itself: preflight, clean-up, the last download. */
export const RUN_ITSELF = 'the run itself'

/** Everything that a run on an endpoint works with, put together. */
export class RunParts {
  readonly options: RunOptions
  readonly redactor: Redactor
  readonly session: Session
  readonly breaches: Breaches
  readonly ledger: OrderLedger
  readonly trades: TradeDesk
  readonly limits: Limits
  readonly desk: CallDesk
  readonly settlement: Settlement
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
    this.breaches = new Breaches(settings['breach.most'], settings['breach.thenMs'])
    this.ledger = new OrderLedger(journal, found.open, found.last)
    this.trades = new TradeDesk(this.ledger, this.rooms)
    const endsAt = startedAt + settings['run.withinMs'] - settings['run.cleanUpMs']
    this.limits = new Limits(config, clock, this.ledger, endsAt)
    const { ledger, trades, breaches } = this
    this.desk = new CallDesk({
      ...{ clock, settings, ledger, trades },
      pace: new Pace(clock, config.caps.maxRequestsPerSecond),
      ...(config.auth === 'token' && { session: this.session }),
    })
    this.settlement = new Settlement({
      ...{ clock, settings, ledger, breaches },
      desk: this.desk,
      client: { credentials },
    })
    this.own = this.room(RUN_ITSELF, RUN_ITSELF)
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
        key === RUN_ITSELF ? Number.POSITIVE_INFINITY : clock.now() + settings['scenario.withinMs'],
      connect: (ref, recorder) => this.connect(ref, recorder),
    })
    this.rooms.set(key, room)
    return room
  }

  /**
   * A client that records into a transcript. Those of the configured login share one session.
   *
   * @param session - Another session, where it is not to be shared.
   */
  connect(ref: ClientRef, transcript: LoggedTranscript, session?: Session): IntegralClient {
    const { config, clock, fetch } = this.options
    const { baseUrl, credentials, settings, auth, hmacSecret } = config
    const isOwn = JSON.stringify(ref.credentials) === JSON.stringify(credentials)
    const shared = session ?? (isOwn ? this.session : undefined)
    return createIntegralClient({
      ...{ baseUrl, clock, credentials: ref.credentials },
      fetch: recordingFetch(fetch, transcript, clock),
      queryByClientPath: settings['paths.queryByClient'],
      tokenTransport: ref.transport ?? this.transport,
      ...(shared && { session: shared }),
      ...(auth === 'hmac' &&
        hmacSecret !== undefined && { hmac: { userId: credentials.user, secret: hmacSecret } }),
    })
  }
}
