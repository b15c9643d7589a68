import type { Exchange } from './exchange.ts'
import { orderOf, orderRecordOf, tradeRecordOf } from './order-record.ts'
import { OrderTrade } from './order-trade.ts'
import type { ExchangeRecord, Person, RestRecord } from './records.ts'

/** Everything that an exchange remembers, as plain JSON. */
export function recordOf(exchange: Exchange): ExchangeRecord {
  const { directory, sessions, quotes, desk, trades } = exchange
  return {
    rest: restOf(exchange),
    users: directory.all.map((user) => directory.recordOf(user)),
    sessions: sessions.record(),
    quotes: quotes.record(),
    orders: desk.orders.map(orderRecordOf),
    trades: trades.all.map(tradeRecordOf),
    ...trades.record(),
  }
}

export function restOf(exchange: Exchange): RestRecord {
  const { directory, sessions, quotes, desk, market, outcomes } = exchange
  const { nextLook } = desk
  return {
    version: 1,
    seedMark: seedMarkOf(exchange),
    given: {
      ...desk.given,
      quotes: quotes.issued,
      sessions: sessions.issued,
      passwords: directory.passwords,
      rules: outcomes.last,
    },
    market: market.record(),
    ...(nextLook && { nextLook }),
    failures: sessions.failures(),
    rules: outcomes.staged,
  }
}

/** Has a fresh exchange, of the same seed and settings, go on where the recorded one was. */
export function resume(exchange: Exchange, record: ExchangeRecord): void {
  const { directory, sessions, quotes, desk, market, outcomes, settings, trades } = exchange
  const { rest } = record
  if (desk.given.orders > 0) {
    throw new Error('Failed to restore an exchange: orders were placed in it. Restore a fresh one.')
  }
  if (rest.version !== 1 || rest.seedMark !== seedMarkOf(exchange)) {
    throw new Error(
      'Failed to restore an exchange: the record is of another seed or version. Use that seed, or begin anew.',
    )
  }
  const userOf = ({ name, org }: Person) =>
    directory.find(name, org) ?? { name, org, password: '', mayTrade: false }
  directory.resume(record.users, rest.given.passwords)
  sessions.resume(record.sessions, rest.failures, rest.given.sessions)
  quotes.resume(record.quotes, rest.given.quotes)
  market.resume(rest.market)
  outcomes.resume(rest.rules, rest.given.rules)
  const pairOf = (symbol: string) => market.pair(symbol)
  const orders = record.orders.map((order) => orderOf(order, { settings, pairOf, userOf }))
  // A trade of an order that is kept is the order's fill: it is kept once.
  const fills = new Map(
    orders.flatMap(({ fills }) =>
      fills.flatMap((fill) => (fill instanceof OrderTrade ? [[fill.tradeId, fill] as const] : [])),
    ),
  )
  trades.resume(
    record.trades.map((trade) => fills.get(trade.tradeId) ?? trade),
    record,
  )
  desk.resume(orders, rest)
}

const seedMarkOf = ({ chance }: Exchange) => chance.hex(16, 'record')
