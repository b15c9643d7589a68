import type { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import { type Quote, quotesIn } from '../../reading/quotes.ts'
import { idOf } from '../../reading/reading.ts'
import { buysBase } from '../../reading/terms.ts'
import { secondsOf } from '../../rules/seconds.ts'
import { type ClientBreach, type ClientRule, type ClientSight, NO_CLOCK } from '../client-rule.ts'
import { elapsed } from '../reading/call.ts'
import type { ClientMatter, PlacingCall } from '../reading/client-matter.ts'

const PLACE_PQ = 'let the client get a rate and place a previously quoted order on it'

export const quotedPriceRule: ClientRule = {
  id: 'client.quoted-price',
  family: 'Rates',
  sentence:
    'A previously quoted order names a rate that was told, with its symbol and the price of its side.',
  source: { section: '2.4', mark: 'reference' },
  weight: 'should',
  unseen: 'no previously quoted order was placed on a rate that was seen',
  toSee: PLACE_PQ,
  check: (matter) =>
    quotedOrders(matter).map(([placing, rateId, quote]) =>
      priceSight(placing, rateId, quote, matter),
    ),
}

export const rateFreshRule: ClientRule = {
  id: 'client.rate-fresh',
  family: 'Rates',
  sentence: 'A previously quoted order is placed while its rate is good.',
  source: { section: '6', mark: 'own' },
  weight: 'should',
  unseen: 'no previously quoted order was placed on a rate that was seen',
  toSee: PLACE_PQ,
  check: (matter) =>
    quotedOrders(matter).map(([placing, , quote]) => freshSight(placing, quote, matter)),
}

type QuotedOrder = readonly [PlacingCall, string, Quote | undefined]

/** Every previously quoted order with its rate, as it was told last before it. */
function quotedOrders({ placings, calls }: ClientMatter): readonly QuotedOrder[] {
  const quotes = quotesIn(calls)
  return placings.flatMap((placing): QuotedOrder[] => {
    const rateId = idOf(placing.sent.rateId)
    if (placing.sent.type !== 'PQ' || rateId === undefined) return []
    const told = quotes.findLast(
      (quote) => quote.rateId === rateId && quote.reading.number < placing.call.number,
    )
    return [[placing, rateId, told]]
  })
}

function breachOf({ call, coId }: PlacingCall, detail: string, quote?: Quote): ClientBreach {
  const exchanges = [...(quote ? [quote.reading.number] : []), call.number]
  return { detail, exchanges, user: call.user, ...(coId !== undefined && { coId }) }
}

function priceSight(
  placing: PlacingCall,
  rateId: string,
  quote: Quote | undefined,
  { calls, isWhole }: ClientMatter,
): ClientSight {
  const { sent, call } = placing
  if (!quote) {
    // Rates of other shapes are not documented: where the id stands, it was told.
    const isTold = calls.some(({ number, raw }) => number < call.number && raw.includes(rateId))
    return isTold || !isWhole
      ? {
          unjudged:
            'the rate of a previously quoted order was told where its price could not be read',
        }
      : breachOf(placing, `names rate ${rateId}, which was never told`)
  }
  if (quote.symbol !== undefined && sent.symbol !== quote.symbol) {
    return breachOf(placing, `is for ${sent.symbol}, its rate for ${quote.symbol}`, quote)
  }
  const price = decimalOf(sent.price)
  const quoted = sideOf(sent, quote)
  if (!price || !quoted) return undefined
  if (price.eq(quoted)) return 'held'
  return breachOf(placing, `has price ${price}, quoted were ${quoted} for its side`, quote)
}

/** Bid or offer, as the order takes it. Fact sheet 5 [reference; inferred for the term currency]. */
function sideOf(sent: PlacingCall['sent'], { bid, offer, symbol }: Quote): Big | undefined {
  const { side, currency } = sent
  const [base, term] = String(symbol ?? sent.symbol).split('/')
  if ((side !== 'Buy' && side !== 'Sell') || (currency !== base && currency !== term))
    return undefined
  return buysBase({ side, dealsBase: currency === base }) ? offer : bid
}

/** Market data sets say themselves how long they are good. */
function freshSight(
  placing: PlacingCall,
  quote: Quote | undefined,
  matter: ClientMatter,
): ClientSight {
  const told = matter.calls.find(({ number }) => number === quote?.reading.number)
  if (!quote || told?.operation !== 'spotRate') return undefined
  const goodMs = matter.facts.rateTtlMs ?? matter.bounds.rateFreshMs
  const ageMs = elapsed(told, placing.call)
  if (ageMs === undefined) return { unjudged: NO_CLOCK }
  if (ageMs <= goodMs) return 'held'
  const detail = `came ${secondsOf(ageMs)} after its rate, which was good for ${secondsOf(goodMs)}`
  return breachOf(placing, detail, quote)
}
