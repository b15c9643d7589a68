import type { Clock } from '../../api/clock.ts'
import { Agenda } from './agenda.ts'
import { Chance } from './chance.ts'
import { Desk } from './desk.ts'
import { type Admission, Directory } from './directory.ts'
import { recordOf, restOf, resume } from './exchange-record.ts'
import { Execution } from './execution.ts'
import { type Limits, parseLimits } from './limits.ts'
import { Market } from './market.ts'
import { MarketDataSets } from './market-data-sets.ts'
import type { ExchangeObserver } from './observer.ts'
import { Outcomes } from './outcomes.ts'
import { Quotes } from './quotes.ts'
import type { ExchangeRecord, RestRecord } from './records.ts'
import { Sessions } from './sessions.ts'
import { parseSettings } from './settings/parse-settings.ts'
import type { Settings } from './settings/settings.ts'
import { TradeQueue } from './trade-queue.ts'

export interface ExchangeOptions {
  readonly clock: Clock
  /** Decides every price, id, name and chance outcome. */
  readonly seed: string
  /** Settings that differ from the defaults. @see settingRows */
  readonly settings?: Partial<Settings>
  /** Whom a login lets in. Default `enrolled`. */
  readonly admission?: Admission
  /** How much is kept, where it is not the default. */
  readonly limits?: Partial<Limits>
  /** Told what happens. */
  readonly observer?: ExchangeObserver
}

/**
 * The simulated Integral: everything behind its doors, without HTTP. The same seed and the same
 * calls give the same ids, prices and statuses.
 */
export class Exchange {
  readonly clock: Clock
  readonly settings: Settings
  readonly chance: Chance
  readonly directory: Directory
  readonly sessions: Sessions
  readonly market: Market
  readonly quotes: Quotes
  readonly dataSets: MarketDataSets
  readonly outcomes: Outcomes
  readonly trades: TradeQueue
  readonly desk: Desk

  /**
   * @throws {SettingsError} An unknown setting, a value it cannot have, or an impossible pair.
   * @throws {RangeError} An unknown limit, or one that is no whole number from 1.
   */
  constructor({
    clock,
    seed,
    settings: given,
    limits: most,
    admission,
    observer = {},
  }: ExchangeOptions) {
    const settings = parseSettings(given)
    const limits = parseLimits(most)
    const chance = new Chance(seed)
    this.clock = clock
    this.settings = settings
    this.chance = chance
    this.directory = new Directory(chance, admission, observer, limits.users)
    this.sessions = new Sessions(clock, chance, this.directory, settings, limits.sessions, observer)
    this.market = new Market(clock, chance, this.directory.providers, observer)
    this.quotes = new Quotes(clock, chance, this.market, settings, limits.quotes, observer)
    this.dataSets = new MarketDataSets(clock, this.market, this.quotes)
    this.outcomes = new Outcomes(chance, settings, observer)
    this.trades = new TradeQueue(clock, chance, settings, limits.trades, observer)
    const execution = new Execution(settings, chance, this.trades)
    const { market, quotes, outcomes } = this
    const parts = { clock, chance, settings, limits, market, quotes, outcomes, execution, observer }
    this.desk = new Desk({ ...parts, agenda: new Agenda(clock) })
  }

  /**
   * Everything remembered, as plain JSON. Not recorded: the count of requests of the present second
   * (`rateLimit`), and downloads that are on their way, which count as delivered.
   */
  record(): ExchangeRecord {
    return recordOf(this)
  }

  /** What of that belongs to no one thing, and is small. */
  recordRest(): RestRecord {
    return restOf(this)
  }

  /**
   * Goes on where a recorded exchange was: every call is answered as that one would have, and what time
   * brings comes in the same order. What was due while nobody was there comes when the clock next moves.
   *
   * @param record - Of an exchange with the same seed and settings.
   * @throws {Error} Something was placed here already, or the record is of another seed or version.
   */
  restore(record: ExchangeRecord): void {
    resume(this, record)
  }
}
