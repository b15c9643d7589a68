import { type ClientReport, clientReport } from '../../evidence/client/client-report.ts'

export { clientReportText } from '../../evidence/client/client-report-text.ts'

import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import type { StagedAction, WatchedExchange } from '../../evidence/client/watched-exchange.ts'
import type { ControlAction } from '../../mocks/server/journal.ts'
import type { Venue } from '../../mocks/server/venue.ts'

/** What control actions mean to whoever judges a client. */
const kinds: Readonly<Record<string, StagedAction['kind']>> = {
  advanceClock: 'time',
  freezeClock: 'time',
  runClock: 'time',
  expireTokens: 'tokens',
  freezeMarket: 'market',
  thawMarket: 'market',
  moveMarket: 'market',
  setPrice: 'market',
  setSize: 'market',
  withdrawPrices: 'market',
  restorePrices: 'market',
  scriptOutcome: 'outcome',
  stageFault: 'fault',
  reset: 'reset',
  beginOrganisation: 'reset',
}

/**
 * Judges the clients of an organisation on its journal.
 *
 * @param entries - All that is kept, as it may be shown.
 */
export function clientReportOf(
  venue: Venue,
  entries: readonly (WatchedExchange | ControlAction)[],
  baseUrl: string,
): ClientReport {
  const { exchange, journal, clock, options } = venue
  const exchanges = entries.filter((entry): entry is WatchedExchange => 'request' in entry)
  const actions = entries.filter((entry): entry is ControlAction => 'action' in entry)
  const staged = actions.map(
    ({ number, action, details }): StagedAction => ({
      before: number,
      kind: kinds[action] ?? 'other',
      what: `${action} ${JSON.stringify(details)}`,
    }),
  )
  const ranAlong = options.time === 'real' && clock.pace === 1
  return clientReport(exchanges, {
    baseUrl,
    clientQuery: parseClientQueryPath(exchange.settings['paths.queryByClient']),
    undelivered: exchange.trades.undelivered.map(({ orderId, tradeId }) => ({ orderId, tradeId })),
    working: exchange.desk.orders.filter(({ isFinal }) => !isFinal).map(({ orderId }) => orderId),
    evicted: journal.forgotten,
    staged,
    clock: ranAlong && staged.every(({ kind }) => kind !== 'time') ? 'real' : 'virtual',
    rateTtlMs: exchange.settings['rate.ttlMs'],
  })
}
