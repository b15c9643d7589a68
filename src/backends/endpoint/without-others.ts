import type { Answer } from '../../api/client/answer.ts'
import { looseOrders } from '../../api/client/loose-orders.ts'
import { type Trade, tradeSchema } from '../../api/contract/trades.ts'
import type { OrderLedger } from './order-ledger.ts'

/**
 * A download in which others' trades are not as documented, read without them: they are consumed, and so
 * are ours that came along, which somebody waits for. Where one of ours is not as documented either, the
 * answer stays as it is.
 */
export function withoutOthers(answer: Answer<unknown>, ledger: OrderLedger): Answer<unknown> {
  if (answer.kind !== 'malformed') return answer
  const elements = listIn(answer.raw)
  if (elements === undefined) return answer
  const isOurs = (each: unknown) => {
    const [named] = looseOrders(JSON.stringify(each))
    return named !== undefined && ledger.find(named) !== undefined
  }
  const misshapen = elements.filter((each) => !tradeSchema.safeParse(each).success)
  if (misshapen.some(isOurs)) return answer
  const value = elements.flatMap((each): Trade[] => {
    const trade = tradeSchema.safeParse(each)
    return trade.success ? [trade.data] : []
  })
  const { operation, httpStatus, raw, requestId } = answer
  return { kind: 'success', operation, httpStatus, raw, requestId, value }
}

function listIn(raw: string): readonly unknown[] | undefined {
  try {
    const body: unknown = JSON.parse(raw)
    return Array.isArray(body) ? body : undefined
  } catch {
    return undefined
  }
}
