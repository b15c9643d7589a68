import { dayOf, parseStamp, spotDateOf, stampOf } from './dates.ts'
import { type Fill, fillAt, type Order, settledAmount, statusAt } from './orders.ts'
import { OTHER_USER } from './others.ts'
import { empty, failure, json, type Reply } from './replies.ts'
import { type ApiRequest, objectIn } from './requests.ts'
import { nth, type State } from './state.ts'

/** An executed trade, and whether it waits to be downloaded. */
export interface Trade {
  readonly at: number
  readonly fields: Readonly<Record<string, unknown>>
  /** What the next download calls it; undefined: it has been downloaded. */
  waitsAs: 'NEW' | 'RESEND' | undefined
  /** Downloads that still bring it, if it waits. */
  copies: number
}

const DEFAULT_COUNT = 50
const MOST_AT_ONCE = 1_000

/** What every trade says (2.8). */
function common({ flags }: State, user: string, at: number): Record<string, unknown> {
  const { org } = flags.credentials
  return {
    tradeType: 'Spot',
    tradeDate: dayOf(at),
    valueDate: dayOf(spotDateOf(at)),
    maker: false,
    status: 'Verified',
    customerAccount: `${org}le1`,
    customerOrg: org,
    user: `${user}@${org}`,
    counterparty: 'LP1',
    counterpartyLongName: 'The First Provider',
    counterpartyAccount: 'LP1LE5',
    channel: 'API/REST/ESP',
    executionTime: stampOf(at),
  }
}

function add(state: State, at: number, fields: Record<string, unknown>): void {
  const copies = state.flags.duplicateTrade ? 2 : 1
  state.trades.push({ at, fields, waitsAs: 'NEW', copies })
  state.trades.sort((one, other) => one.at - other.at)
}

function addTradeOf(state: State, order: Order, fill: Fill): void {
  const { flags } = state
  const { side, symbol, currency, rateId, valueDate } = order.terms
  order.traded = true
  add(state, fill.at, {
    ...common(state, flags.credentials.user, fill.at),
    orderId: order.orderId,
    tradeId: order.execId,
    coId: order.coId,
    side: flags.tradeSide ? (side === 'Buy' ? 'Sell' : 'Buy') : side,
    symbol,
    currency,
    ...(rateId === undefined ? {} : { rateId }),
    ...(valueDate === undefined ? {} : { valueDate }),
    dealtAmount: fill.quantity * flags.tradeAmount,
    settledAmount: settledAmount(order, fill),
    spotRate: fill.price,
    rate: fill.price,
  })
}

function addTradeOfOthers(state: State): void {
  const count = state.trades.length + 1
  add(state, Date.now(), {
    ...common(state, OTHER_USER, Date.now()),
    orderId: String(7_000_001_000 + count),
    tradeId: `FXI${7_000_001_000 + count}`,
    coId: `theirs-${1_000 + count}`,
    side: 'Sell',
    symbol: 'EUR/USD',
    currency: 'EUR',
    dealtAmount: 250_000,
    settledAmount: 296_575,
    spotRate: 1.1863,
    rate: 1.1863,
  })
}

/** The fill of `order`, or the one it should not have had. */
function tradedFill({ flags }: State, order: Order, now: number): Fill | undefined {
  const fill = fillAt(order, now - flags.tradeDelayMs)
  if (fill !== undefined || !flags.tradeForUnfilled) return fill
  const expired = statusAt(order, now) === 'EXPIRED'
  const { size, price } = order.terms
  return expired ? { quantity: Number(size), price: Number(price ?? 1), at: now } : undefined
}

/** Makes the trades that are due at `now`. */
function settle(state: State, now: number): void {
  if (state.flags.missingTrade) return
  for (const order of state.orders.filter(({ traded }) => !traded)) {
    const fill = tradedFill(state, order, now)
    if (fill !== undefined) addTradeOf(state, order, fill)
  }
}

/** The trade as this download brings it; it is consumed. */
function consume({ flags }: State, trade: Trade): Record<string, unknown> {
  const event = trade.waitsAs
  trade.copies -= 1
  if (trade.copies <= 0) trade.waitsAs = undefined
  return flags.omitEvent ? { ...trade.fields } : { ...trade.fields, event }
}

function nothing({ flags }: State): Reply {
  if (flags.stpEmpty === '[]') return json(200, [])
  return empty(flags.stpEmpty === '204' ? 204 : 200)
}

/** Section 2.8: each trade once; the download consumes it. */
export function download(state: State, { query }: ApiRequest): Reply {
  const { flags, trades } = state
  const asked = query.get('maxCount') ?? String(DEFAULT_COUNT)
  if (!/^[1-9]\d*$/.test(asked))
    return failure(400, 'INVALID_REQUEST', 'The parameter maxCount must be a whole number above 0.')
  settle(state, Date.now())
  const count = nth(state, 'download')
  if (flags.othersTrades && count === 1) addTradeOfOthers(state)
  if (flags.othersTrades && (count === 1 || count % 3 === 0)) addTradeOfOthers(state)
  const waiting = trades.filter(({ waitsAs }) => waitsAs !== undefined)
  if (flags.reverseLists) waiting.reverse()
  const page = waiting.slice(0, Math.min(Number(asked), MOST_AT_ONCE))
  if (page.length === 0) return nothing(state)
  return json(
    200,
    page.map((trade) => consume(state, trade)),
  )
}

/** Section 2.9: trades downloaded before, by their trade date, both ends included. */
export function resend(state: State, request: ApiRequest): Reply {
  const { startDate, endDate } = objectIn(request) ?? {}
  const [from, to] = [parseStamp(startDate), parseStamp(endDate)]
  if (!(from <= to))
    return failure(400, 'INVALID_REQUEST', 'startDate and endDate must be times, in that order.')
  for (const trade of state.trades) {
    const day = dayOf(trade.at)
    if (trade.waitsAs !== undefined || day < dayOf(from) || day > dayOf(to)) continue
    trade.waitsAs = 'RESEND'
    trade.copies = 1
  }
  return empty(200)
}
