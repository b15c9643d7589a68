import { rateTypeSchema, type SpotRate } from '../../api/contract/rates.ts'
import type { User } from '../exchange/directory.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { DataSet } from '../exchange/market-data-sets.ts'
import { toNumber } from '../exchange/order-view.ts'
import type { Level } from '../exchange/quotation.ts'
import type { Quote } from '../exchange/quotes.ts'
import type { Refusal } from '../exchange/refusal.ts'
import type { Authenticated } from './authentication.ts'
import type { DoorAnswer, DoorRequest, Row } from './door.ts'
import { errorAnswer } from './error-answers.ts'

/** Spot rates on all three paths, and market data sets. Fact sheet 2.1 to 2.3 [reference]. */
export function rateRows(exchange: Exchange, authenticated: Authenticated): readonly Row[] {
  const { quotes, market, settings, dataSets } = exchange
  const failed = (refusal: Refusal): DoorAnswer =>
    refusal.reason === 'unknown-symbol'
      ? errorAnswer(refusal, settings, settings['rate.unknownSymbol'])
      : errorAnswer(refusal, settings)

  const spotRate = (request: DoorRequest, user: User): DoorAnswer => {
    const quote = quotes.quote(user, request.query.get('symbol') ?? '')
    return quote.ok ? { status: 200, body: rateView(quote.value) } : failed(quote.refusal)
  }

  const typedRate = (request: DoorRequest, user: User): DoorAnswer => {
    const type = rateTypeSchema.safeParse(request.params.type)
    if (!type.success) {
      const detail = `Rate type ${request.params.type} is none of TOB, FULL, RAW.`
      return failed({ reason: 'bad-value', detail })
    }
    const symbol = request.query.get('symbol') ?? ''
    const quote = quotes.quote(user, symbol)
    if (!quote.ok) return failed(quote.refusal)
    const book = market.book(symbol)
    const levels = type.data === 'TOB' ? book.slice(0, 1) : book
    const body =
      settings['rates.fullShape'] === 'arrays'
        ? arraysView(quote.value, levels)
        : levels.map((level) => levelView(quote.value, level))
    return { status: 200, body }
  }

  const marketDataSet = (request: DoorRequest): DoorAnswer => {
    const sets = dataSets.find(Object.fromEntries(request.query))
    if (!sets.ok) return failed(sets.refusal)
    return {
      status: 200,
      body: sets.value.map((set) => dataSetView(set, settings['mds.rateFields'])),
    }
  }

  const row = (
    operation: Row['operation'],
    path: string,
    handle: (request: DoorRequest, user: User) => DoorAnswer,
  ): Row => ({ operation, method: 'GET', path, handle: authenticated(handle) })

  return [
    row('spotRate', '/v2/rates/spot', spotRate),
    row('spotRateByType', '/v2/rates/spot/{type}', typedRate),
    row('spotRateByTypeAndOrg', '/v2/rates/spot/{type}/{org}', typedRate),
    row('marketDataSet', '/marketdataset', marketDataSet),
  ]
}

function rateView(quote: Quote): SpotRate {
  return {
    symbol: quote.symbol,
    bid: toNumber(quote.bid),
    offer: toNumber(quote.offer),
    bidLimit: toNumber(quote.bidLimit),
    offerLimit: toNumber(quote.offerLimit),
    time: quote.quotedAt,
    rateId: quote.rateId,
  }
}

function arraysView({ symbol, quotedAt, rateId }: Quote, levels: readonly Level[]): unknown {
  return {
    symbol,
    bid: levels.map(({ bid }) => toNumber(bid)),
    offer: levels.map(({ offer }) => toNumber(offer)),
    bidLimit: levels.map(({ bidLimit }) => toNumber(bidLimit)),
    offerLimit: levels.map(({ offerLimit }) => toNumber(offerLimit)),
    bidProviders: levels.map(({ provider }) => provider),
    offerProviders: levels.map(({ provider }) => provider),
    time: quotedAt,
    rateId,
  }
}

function levelView({ symbol, quotedAt, rateId }: Quote, level: Level): unknown {
  return {
    symbol,
    bid: toNumber(level.bid),
    offer: toNumber(level.offer),
    bidLimit: toNumber(level.bidLimit),
    offerLimit: toNumber(level.offerLimit),
    provider: level.provider,
    time: quotedAt,
    rateId,
  }
}

type RateFields = Exchange['settings']['mds.rateFields']

function dataSetView(set: DataSet, fields: RateFields): unknown {
  return {
    id: set.id,
    name: set.name,
    date: set.date,
    timeWindow: set.timeWindow,
    createdTime: set.createdAt,
    activationTime: set.createdAt,
    validUntil: set.validUntil,
    nextCreationTime: set.validUntil,
    expirationTime: set.validUntil,
    rates: set.rates.map(({ rateId, symbol, tenor, level }) => {
      const values = {
        rateId,
        symbol,
        tenor,
        bid: toNumber(level.bid),
        offer: toNumber(level.offer),
        bidLimit: toNumber(level.bidLimit),
        offerLimit: toNumber(level.offerLimit),
      }
      return Object.fromEntries(Object.entries(fields).map(([name, from]) => [name, values[from]]))
    }),
  }
}
