import type { IntegralClient } from '../api/client/integral-client.ts'
import type { Credentials } from '../api/client/options.ts'
import type { SessionInfo } from '../api/client/session-info.ts'
import type { TokenTransport } from '../api/client/token.ts'
import type { Clock } from '../api/clock.ts'
import type { Trade } from '../api/contract/trades.ts'
import type { Account } from '../evidence/account.ts'
import type { Bounds } from '../evidence/reading/matter.ts'
import type { Transcript } from '../evidence/transcript.ts'
import type { Patience } from './patience.ts'
import type { SimulationControl } from './simulation-control.ts'

export type { Outcome } from '../mocks/exchange/outcome.ts'
export type { Settings } from '../mocks/exchange/settings/settings.ts'
export type { Allowance, Patience, WaitKind } from './patience.ts'
export type { SimulationControl } from './simulation-control.ts'

/** Where scenarios run. */
export type Target = 'simulation' | 'served' | 'uat'

/** What a simulation can be made to do, and no endpoint ever. */
export const STAGING = [
  'script outcomes',
  'move the market',
  'pass time',
  'expire tokens',
  'inject faults',
  'enrol users',
  'change settings',
  'trade any pair',
  'publish market data sets',
] as const

/**
 * What a scenario may need of a backend, as its steps tell: staging, and what an endpoint allows only
 * with some configurations.
 */
export const CAPABILITIES = [...STAGING, 'use tokens', 'probe logins', 'resend trades'] as const
export type Capability = (typeof CAPABILITIES)[number]

/** What a scenario trades when it names neither pair nor amount. Amounts are of the base currency. */
export interface Agreed {
  readonly symbol: string
  readonly smallSize: number
  /** The smallest amount: for orders that are wrong on purpose. */
  readonly minSize: number
}

/** How far from the market an order is priced at least, whatever the scenario says. */
export interface Pricing {
  /** Orders that are meant to be filled: pips through the market. */
  readonly throughPips: number
  /** Orders that must not be: pips away from it, and a share of the price. */
  readonly awayPips: number
  readonly awayFraction: number
}

/** How the lookup of an order whose placing got no answer ended. */
export type DoubtResult = 'one' | 'none seen' | 'unknown'

/** An order that could not be brought to its end. */
export interface LeftWorking {
  readonly orderId: string
  readonly coId: string
  /** The last status seen. */
  readonly status: string
  readonly why: string
  /** Whose it is, where the run trades as several users. */
  readonly account?: Account
}

/** What a scenario runs against: the one seam between it and any Integral. */
export interface Backend {
  readonly name: Target
  readonly baseUrl: string
  readonly capabilities: ReadonlySet<Capability>
  /** Why a capability is missing, in words for a report. */
  whyItLacks(capability: Capability): string
  readonly clock: Clock
  readonly agreed: Agreed
  readonly pricing: Pricing
  readonly patience: Patience
  /** How long the judge gives orders to end, trades to arrive and tokens to be refused. */
  readonly bounds: Bounds
  /** What the scenario saw; whole once the backend is closed. */
  readonly transcript: Transcript
  /** Begins. Resolves to why the scenario is not to be run, if it is not. */
  open(): Promise<string | undefined>
  /** Why nothing more can be learnt here, since the other side is gone; absent while it is there. */
  readonly lost?: string | undefined
  /** Notes the step that is running, in the scenario's words; exchanges go by it. */
  noteStep(text: string): void
  /** A text without the secrets that this scenario has come to know. */
  redact(text: string): string
  /** As whom it trades, where scenarios of a run trade as different users. */
  readonly account?: Account
  /** Credentials of the trader called `name`; the first one asked for is the configured login. */
  credentialsOf(name: string): Credentials
  /** A client whose exchanges go into the transcript. */
  connect(credentials: Credentials, tokenTransport?: TokenTransport): IntegralClient
  /** A session of the configured login that nobody uses; `undefined` where there are no tokens. */
  spareSession(): Promise<SessionInfo | undefined>
  /** Lets so many milliseconds of its clock pass, which are none of the scenario's own time. */
  waitFor(ms: number): Promise<void>
  /** Epoch milliseconds after which the backend begins nothing new; infinite where time is its own. */
  readonly endsAt: number
  /** Trades of this scenario that others' downloads have brought since it was asked last. */
  takeArrivedTrades(): readonly Trade[]
  /** Notes how the lookup of a placing without an answer ended, for the report. */
  noteDoubt(coId: string, result: DoubtResult): Promise<void>
  /** A client id that nobody has used, made from one that is unique within the run. */
  clientId(unique: string): string
  /** The means of staging outcomes, market and time; absent where a backend has none. */
  readonly control?: SimulationControl
  /** Ends: nothing that the scenario placed is left working, but for the orders it resolves to. */
  close(): Promise<readonly LeftWorking[]>
}
