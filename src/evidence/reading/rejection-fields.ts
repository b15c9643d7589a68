import { orderSchema } from '../../api/contract/orders.ts'

/** What a rejected order says of why, and in which fields: their names are nowhere documented. */
export interface ToldRejection {
  readonly reason?: string
  readonly code?: string
  readonly names: { readonly reason?: string; readonly code?: string }
}

const known = new Set(Object.keys(orderSchema.shape))

/** @see Fact sheet 6, row 32. */
export function rejectionIn(fields: Readonly<Record<string, unknown>>): ToldRejection {
  const own = Object.entries(fields).filter(
    (entry): entry is [string, string] =>
      !known.has(entry[0]) && typeof entry[1] === 'string' && entry[1] !== '',
  )
  const code = own.find(([name]) => /code/i.test(name))
  const reason = own.find(
    ([name]) => /reason|text|message|comment/i.test(name) && name !== code?.[0],
  )
  return {
    ...(reason && { reason: reason[1] }),
    ...(code && { code: code[1] }),
    names: { ...(reason && { reason: reason[0] }), ...(code && { code: code[0] }) },
  }
}
