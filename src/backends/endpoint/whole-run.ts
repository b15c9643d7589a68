import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import type { Operation } from '../../api/contract/endpoints.ts'
import { Transcript } from '../../evidence/transcript.ts'
import { THE_RUN_ITSELF } from '../../evidence/verdict.ts'
import type { RunParts } from './run-parts.ts'

const TRADING: readonly Operation[] = [
  'placeOrder',
  'queryOrder',
  'queryOrders',
  'cancelOrder',
  'downloadTrades',
  'resendTrades',
]

/**
 * What the run itself did, and what concerns orders and trades of all its scenarios, in the order in
 * which it happened: a trade may come to another scenario than that of its order, and after it has ended, so
 * that only the whole can be judged. The log says which exchange each number stands for.
 *
 * @returns One for each organisation, as neither sees the other's orders and trades; no number stands in two.
 */
export function wholeRun({
  own,
  rooms,
  redactor,
  options,
  logins,
}: RunParts): readonly Transcript[] {
  const { config, log } = options
  const wholes = new Map<string, Transcript>()
  for (const { org } of logins.map((login) => login.config.credentials)) {
    wholes.set(
      org,
      new Transcript({
        baseUrl: config.baseUrl,
        redactor,
        clientQuery: parseClientQueryPath(config.settings['paths.queryByClient']),
      }),
    )
  }
  const all = [...rooms.values()]
    .flatMap((room) => room.transcript.whole.map((exchange) => ({ room, exchange })))
    .filter(({ exchange: { sharedFrom } }) => sharedFrom === undefined)
    .filter(
      ({ room, exchange: { operation } }) =>
        own.includes(room) || (operation !== undefined && TRADING.includes(operation)),
    )
    .toSorted((one, other) => one.exchange.at - other.exchange.at)
  for (const [at, { room, exchange }] of all.entries()) {
    const number = at + 1
    const from = `${room.label}, exchange ${exchange.number}`
    log.index(THE_RUN_ITSELF, number, from)
    wholes
      .get(room.login.config.credentials.org)
      ?.record({ ...exchange, number, ...(!own.includes(room) && { sharedFrom: from }) })
  }
  return [...wholes.values()]
}
