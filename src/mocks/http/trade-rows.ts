import { resendRequestSchema, type Trade } from '../../api/contract/trades.ts'
import { isoDate, spotDate, stamp } from '../exchange/dates.ts'
import type { User } from '../exchange/directory.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Refusal } from '../exchange/refusal.ts'
import type { Delivery } from '../exchange/trade-consumer.ts'
import type { Authenticated } from './authentication.ts'
import { readJson } from './bodies.ts'
import type { DoorAnswer, DoorRequest, Row } from './door.ts'
import { errorAnswer } from './error-answers.ts'

/** Downloading trades, and having them sent again. Fact sheet 2.8 and 2.9 [seed, reference]. */
export function tradeRows(exchange: Exchange, authenticated: Authenticated): readonly Row[] {
  const { trades, settings } = exchange
  const failed = (refusal: Refusal) => errorAnswer(refusal, settings)

  const download = (request: DoorRequest, user: User): DoorAnswer => {
    const maxCount = request.query.get('maxCount')
    const page = trades.download(user, maxCount === null ? undefined : readCount(maxCount))
    if (!page.ok) return failed(page.refusal)
    const { deliveries, settle, handOutAgain } = page.value
    if (deliveries.length === 0) return emptyAnswer(settings['stp.empty'])
    const body = deliveries.map((each) => tradeView(each, exchange))
    return { status: 200, body, settle, handOutAgain }
  }

  const resend = (request: DoorRequest, user: User): DoorAnswer => {
    const json = readJson(request, settings)
    if (!json.ok) return failed(json.refusal)
    const range = resendRequestSchema.safeParse(json.value)
    if (!range.success) {
      const detail = 'A resend needs startDate and endDate as yyyy-MM-dd HH:mm:ss,SSS Z.'
      return failed({ reason: 'bad-range', detail })
    }
    const again = trades.resend(user, range.data.startDate, range.data.endDate)
    if (again.ok) return { status: 200 }
    const nothing = again.refusal.reason === 'no-trades-in-range'
    return nothing && settings['resend.empty'] === 200 ? { status: 200 } : failed(again.refusal)
  }

  return [
    {
      operation: 'downloadTrades',
      method: 'GET',
      path: '/v2/trades/stp/messages',
      handle: authenticated(download),
    },
    {
      operation: 'resendTrades',
      method: 'POST',
      path: '/v2/trades/stp/resend',
      handle: authenticated(resend),
    },
  ]
}

/** `NaN` for what is no whole number. */
function readCount(text: string): number {
  return /^-?\d{1,15}$/.test(text) ? Number(text) : Number.NaN
}

function emptyAnswer(kind: '[]' | '204' | 'blank'): DoorAnswer {
  if (kind === '204') return { status: 204 }
  return kind === 'blank' ? { status: 200 } : { status: 200, body: [] }
}

function tradeView({ record, event }: Delivery, { settings, directory }: Exchange): Trade {
  const { user, symbol } = record
  const amounts = { settledAmount: Number(record.settled), rate: Number(record.rate) }
  const tail = Object.entries(settings['stp.extraFields']).map(([name, from]) => [
    name,
    amounts[from],
  ])
  return {
    orderId: record.orderId,
    tradeId: record.tradeId,
    coId: record.coId,
    ...(!settings['stp.omitEvent'] && { event }),
    tradeType: 'Spot',
    tradeDate: isoDate(record.executedAt),
    valueDate: spotDate(record.executedAt),
    maker: false,
    side: record.side === 'Sell' ? 'Sell' : 'Buy',
    status: 'Verified',
    symbol,
    currency: record.currency,
    ...(record.rateId !== undefined && { rateId: record.rateId }),
    customerAccount: `${user.org}LE1`,
    customerOrg: user.org,
    user: `${user.name}@${user.org}`,
    counterparty: directory.broker.org,
    counterpartyLongName: directory.broker.longName,
    counterpartyAccount: directory.broker.account,
    channel: 'API/REST/ESP',
    executionTime: stamp(record.executedAt),
    dealtAmount: Number(record.dealt),
    ...Object.fromEntries(tail),
  }
}
