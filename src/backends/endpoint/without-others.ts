import type { Answer } from '../../api/client/answer.ts'
import { type LooseOrder, looseOrders } from '../../api/client/loose-orders.ts'
import { type Trade, tradeSchema } from '../../api/contract/trades.ts'

/**
 * A download in which others' trades are not as documented, read without them: they are consumed, and so
 * are ours that came along, which somebody waits for. Where one of ours is not as documented either, the
 * answer stays as it is.
 *
 * @param isOfOurs - Whether what names an order is about one of ours.
 */
export function withoutOthers(
  answer: Answer<unknown>,
  isOfOurs: (named: LooseOrder) => boolean,
): Answer<unknown> {
  if (answer.kind !== 'malformed') return answer
  const elements = listIn(answer.raw)
  if (elements === undefined) return answer
  const isOurs = (each: unknown) => {
    const [named] = looseOrders(JSON.stringify(each))
    return named !== undefined && isOfOurs(named)
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
