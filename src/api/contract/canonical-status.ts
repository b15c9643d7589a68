import { ORDER_STATUSES } from './statuses.ts'

/** What an order says of itself that its status may depend on. */
interface Reported {
  readonly status: string
  readonly cumQty?: number | undefined
  readonly size?: number | undefined
  readonly leavesQty?: number | undefined
}

/**
 * The documented status that is meant, where only its spelling is left open: `CANCELLED` for CANCELED,
 * and whatever a partly dealt order is called for NEW, or for EXPIRED where it tells that nothing is open
 * any more. Anything else stays as it is.
 *
 * @see Fact sheet 6, rows 28 and 29 [settings].
 */
export function canonicalStatus({ status, cumQty, size, leavesQty }: Reported): string {
  if ((ORDER_STATUSES as readonly string[]).includes(status)) return status
  if (status === 'CANCELLED') return 'CANCELED'
  const isPartlyDealt = cumQty !== undefined && size !== undefined && cumQty > 0 && cumQty < size
  if (!isPartlyDealt) return status
  return leavesQty === 0 ? 'EXPIRED' : 'NEW'
}
