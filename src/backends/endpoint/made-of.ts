import type { Order } from '../../api/contract/orders.ts'

/** Fewer fields than these tell nobody's order from ours: it might be somebody else's that is cancelled. */
const FEWEST = 6

/**
 * Whether an order is made as one that was sent without a client id. Numbers that were sent as text, and
 * the other way round, count as the same.
 */
export function isMadeOf(order: Order, sent: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(sent)
  return names.length >= FEWEST && names.every((name) => isAlike(order[name], sent[name]))
}

function isAlike(one: unknown, other: unknown): boolean {
  if (one === other) return true
  if (!isScalar(one) || !isScalar(other)) return false
  const texts = [String(one), String(other)] as const
  return texts[0] === texts[1] || (!texts.includes('') && Number(one) === Number(other))
}

function isScalar(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
