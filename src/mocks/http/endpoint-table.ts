import type { Exchange } from '../exchange/exchange.ts'
import { authenticatedBy } from './authentication.ts'
import { disturbed } from './disturbed.ts'
import type { Door, Row } from './door.ts'
import { callReader } from './fault-call.ts'
import type { Faults } from './faults.ts'
import { MagicFaults } from './magic-faults.ts'
import { orderRows } from './order-rows.ts'
import { rateRows } from './rate-rows.ts'
import { sessionRows } from './session-rows.ts'
import { tradeRows } from './trade-rows.ts'

/** Every endpoint of the simulation as a row of plain functions. */
export function endpointTable(exchange: Exchange): readonly Row[] {
  const authenticated = authenticatedBy(exchange)
  return [
    ...sessionRows(exchange),
    ...rateRows(exchange, authenticated),
    ...orderRows(exchange, authenticated),
    ...tradeRows(exchange, authenticated),
  ]
}

/** The endpoint table, disturbed as staged. Whatever transport there is mounts these same rows. */
export function doorsOf(exchange: Exchange, faults: Faults): readonly Door[] {
  const magic = new MagicFaults(exchange)
  const means = { faults, magic, exchange, callOf: callReader(exchange) }
  return endpointTable(exchange).map((row) => disturbed(row, means))
}
