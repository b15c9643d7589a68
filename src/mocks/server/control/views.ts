import { toNumber } from '../../exchange/order-view.ts'
import type { Venue } from '../venue.ts'
import type { ControlAnswer } from './contract.ts'
import { pinnedBaseUrl } from './pinned-base-url.ts'

export function organisationOf(venue: Venue, origin: string): ControlAnswer<'showOrganisation'> {
  const { name, options, exchange, journal } = venue
  return {
    name,
    baseUrl: pinnedBaseUrl(origin, name),
    seed: options.seed,
    ...clockOf(venue),
    orders: exchange.desk.orders.length,
    trades: exchange.trades.all.length,
    journal: { last: journal.last, forgotten: journal.forgotten },
  }
}

export function clockOf({ clock }: Venue): ControlAnswer<'showClock'> {
  return { now: clock.now(), pace: clock.pace }
}

export function marketOf({ exchange: { market } }: Venue): ControlAnswer<'showMarket'> {
  const rates = market.symbols.flatMap((symbol) => {
    const top = market.top(symbol)
    if (!top) return []
    const { bid, offer, bidLimit, offerLimit } = top
    return [
      {
        symbol,
        bid: toNumber(bid),
        offer: toNumber(offer),
        bidLimit: toNumber(bidLimit),
        offerLimit: toNumber(offerLimit),
      },
    ]
  })
  return { frozen: market.frozen, rates }
}
