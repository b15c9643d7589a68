import { Big } from 'big.js'
import type { Clock } from '../../../api/clock.ts'
import { orderView } from '../../exchange/order-view.ts'
import { SettingsError } from '../../exchange/settings/parse-settings.ts'
import type { Settings } from '../../exchange/settings/settings.ts'
import { doneTrade } from '../../http/done-trade.ts'
import type { Journal } from '../journal.ts'
import type { JournalReader } from '../journal-reader.ts'
import type { State } from '../state/state.ts'
import type { Venue } from '../venue.ts'
import type { Venues } from '../venues.ts'
import type { ControlAnswer, ControlOperation, ReadBody, ReadQuery } from './contract.ts'
import { ControlError } from './control-error.ts'
import { clockOf, marketOf, organisationOf } from './views.ts'

/** What a handler knows of its call. */
export interface ControlCall<O extends ControlOperation> {
  readonly venue: Venue
  readonly params: Readonly<Record<string, string>>
  readonly body: ReadBody<O>
  readonly query: ReadQuery<O>
}

/** What handlers work with. */
export interface ControlParts {
  readonly venues: Venues
  readonly reader: JournalReader
  readonly origin: () => string
  /** The clock of the machine. */
  readonly host: Clock
  /** Milliseconds since the server began. */
  readonly upMs: () => number
  /** Keeps what is staged, where state is kept. */
  readonly state?: State
}

export type ControlHandlers = {
  readonly [O in ControlOperation]: (
    call: ControlCall<O>,
  ) => undefined extends ControlAnswer<O> ? void : ControlAnswer<O> | Promise<ControlAnswer<O>>
}

/** What the operations of the control API do. Staging is noted in the journal by whoever calls them. */
export function controlHandlers(parts: ControlParts): ControlHandlers {
  const { venues, origin, upMs } = parts
  const show = (venue: Venue) => organisationOf(venue, origin())
  return {
    health: () => ({ status: 'ok', organisations: venues.all.length, upMs: upMs() }),
    listOrganisations: () => venues.all.map(show),
    strays: ({ query }) => journalOf(venues.nowhere, query, parts.reader),
    beginOrganisation: ({ venue, body }) => {
      begin(venue, body, venues)
      return show(venue)
    },
    showOrganisation: ({ venue }) => show(venue),
    removeOrganisation: ({ venue }) => {
      venues.remove(venue.name)
    },
    reset: ({ venue }) => venue.reset(),
    enrolUser: ({ venue, body: { user, org = venue.name, ...others } }) => {
      const enrolled = venue.exchange.directory.enrol({ name: user, org, ...others })
      const { password, hmacSecret } = enrolled
      return { user, password, org, hmacSecret }
    },
    expireTokens: ({ venue }) => venue.exchange.sessions.expireAll(),
    listOrders: ({ venue: { exchange } }) =>
      exchange.desk.orders.map((order) =>
        orderView(order, exchange.settings, exchange.directory.broker.org),
      ),
    proceedOrder: ({ venue, params }) => {
      const order = venue.exchange.desk.proceed(params.orderId ?? '')
      if (!order.ok) throw new ControlError(404, order.refusal.detail)
    },
    listTrades: ({ venue }) => venue.exchange.trades.all.map(doneTrade),
    scriptOutcome: ({ venue, body }) => venue.exchange.outcomes.stage(body),
    listOutcomes: ({ venue }) => [...venue.exchange.outcomes.staged],
    clearOutcomes: ({ venue }) => venue.exchange.outcomes.clear(),
    removeOutcome: ({ venue, params }) => {
      if (venue.exchange.outcomes.remove(Number(params.ruleId))) return
      throw new ControlError(404, `There is no staged outcome ${params.ruleId}.`)
    },
    stageFault: ({ venue, body }) => venue.faults.stage(body),
    listFaults: ({ venue }) => [...venue.faults.staged],
    clearFaults: ({ venue }) => venue.faults.clear(),
    showMarket: ({ venue }) => marketOf(venue),
    freezeMarket: ({ venue }) => venue.exchange.market.freeze(),
    thawMarket: ({ venue }) => venue.exchange.market.thaw(),
    moveMarket: ({ venue, body }) => venue.exchange.market.move(body.pips, body.symbol),
    setPrice: ({ venue, body }) => venue.exchange.market.set(body.symbol, new Big(body.mid)),
    setSize: ({ venue, body }) => venue.exchange.market.offerSize(body.symbol, body.amount),
    withdrawPrices: ({ venue, body }) => venue.exchange.market.withdraw(body.symbol),
    restorePrices: ({ venue, body }) => venue.exchange.market.restore(body.symbol),
    showClock: ({ venue }) => clockOf(venue),
    freezeClock: ({ venue }) => {
      venue.clock.run(0)
      return clockOf(venue)
    },
    runClock: ({ venue, body }) => {
      venue.clock.run(body.pace)
      return clockOf(venue)
    },
    advanceClock: ({ venue, body }) => {
      venue.clock.advance(body.ms)
      return clockOf(venue)
    },
    clientReport: async ({ venue }) =>
      (await parts.reader.report(venue)) as ControlAnswer<'clientReport'>,
    clientReportText: ({ venue }) => parts.reader.reportText(venue),
    showProgress: ({ venue }) => {
      if (venue.companion) return Object(venue.companion.progress())
      const why = 'Nothing is played or replayed here: start the server with --play or --replay.'
      throw new ControlError(404, why)
    },
    showJournal: ({ venue, query }) => journalOf(venue, query, parts.reader),
  }
}

function begin(
  venue: Venue,
  { seed, settings, clock, admission }: ReadBody<'beginOrganisation'>,
  venues: Venues,
): void {
  const defaults = venues.defaults(venue.name)
  try {
    venue.reset({
      ...defaults,
      ...(seed !== undefined && { seed }),
      ...(settings && { settings: { ...defaults.settings, ...(settings as Partial<Settings>) } }),
      ...(clock && { time: clock }),
      ...(admission && { admission }),
    })
  } catch (error) {
    if (error instanceof SettingsError) throw new ControlError(400, error.message, 'settings')
    throw error
  }
}

function journalOf(
  venue: Venue,
  { after, most }: ReadQuery<'showJournal'>,
  reader: JournalReader,
): ControlAnswer<'showJournal'> {
  const { journal }: { readonly journal: Journal } = venue
  const { last, forgotten } = journal
  return { last, forgotten, entries: [...reader.show(venue, journal.after(after, most))] }
}
