import type { Exchange } from '../exchange/exchange.ts'
import { authenticatedBy } from './authentication.ts'
import type { Row } from './door.ts'
import { errorAnswer } from './error-answers.ts'
import { type Faults, faultReasons } from './faults.ts'
import { orderRows } from './order-rows.ts'
import { rateRows } from './rate-rows.ts'
import { sessionRows } from './session-rows.ts'
import { tradeRows } from './trade-rows.ts'

/**
 * Every endpoint of the simulation as a row of plain functions. Whatever transport there is mounts
 * these same rows.
 */
export function endpointTable(exchange: Exchange, faults: Faults): readonly Row[] {
  const authenticated = authenticatedBy(exchange)
  const rows = [
    ...sessionRows(exchange),
    ...rateRows(exchange, authenticated),
    ...orderRows(exchange, authenticated),
    ...tradeRows(exchange, authenticated),
  ]
  return rows.map((row) => ({ ...row, handle: disturbed(row, exchange, faults) }))
}

/** A server error leaves nothing behind, unless setting 47 says that a placing went through. */
function disturbed(row: Row, { settings }: Exchange, faults: Faults): Row['handle'] {
  return (request) => {
    const fault = faults.take(row.operation)
    if (!fault) return row.handle(request)
    const accepted = row.operation === 'placeOrder' && settings['fault.place5xx'] === 'accepted'
    if (accepted) row.handle(request).settle?.(false)
    const refusal = {
      reason: faultReasons[fault.status],
      detail: 'The server failed, as staged.',
    } as const
    return errorAnswer(refusal, settings, fault.status)
  }
}
