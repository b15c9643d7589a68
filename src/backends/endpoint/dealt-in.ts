import { Big } from 'big.js'
import type { LedgerEntry } from './order-ledger.ts'

/**
 * What FILLED orders bought less what they sold, by dealt currency. The other
 * currencies are left out, as what was paid in them stands in the trades.
 * Orders that were filled in part and ended otherwise do not count, as their status does not tell.
 */
export function dealtIn(entries: readonly LedgerEntry[]): Readonly<Record<string, number>> {
  const sums = new Map<string, Big>()
  for (const { status, sent } of entries) {
    const { currency, side, size } = sent
    if (status !== 'FILLED' || typeof size !== 'number' || typeof currency !== 'string') continue
    const before = sums.get(currency) ?? new Big(0)
    sums.set(currency, side === 'Buy' ? before.plus(size) : before.minus(size))
  }
  return Object.fromEntries([...sums].map(([currency, sum]) => [currency, sum.toNumber()]))
}
