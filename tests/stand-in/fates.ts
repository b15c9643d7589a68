import { marketOf } from './market.ts'
import { buysBase, type Ending, type Fate, never } from './orders.ts'
import { type State, upTo } from './state.ts'

type Terms = Readonly<Record<string, unknown>>

/** What the market makes of an order. */
type Verdict =
  | { readonly kind: 'fill'; readonly quantity: number; readonly price: number }
  | { readonly kind: 'reject'; readonly reason: string }
  /** Ends without the (rest of the) fill, at once. */
  | { readonly kind: 'lapse' }
  | { readonly kind: 'rest' }

const lapse: Verdict = { kind: 'lapse' }
const rest: Verdict = { kind: 'rest' }
const reject = (reason: string): Verdict => ({ kind: 'reject', reason })

/** The price a PQ order may have: that of its side of the quote; undefined if there is no quote. */
export function quotedPrice(state: State, terms: Terms): number | undefined {
  const quote = state.quotes.get(String(terms.rateId))
  return buysBase(terms) ? quote?.offer : quote?.bid
}

function judgeQuoted(state: State, terms: Terms, now: number): Verdict {
  const { flags } = state
  const quote = state.quotes.get(String(terms.rateId))
  const price = quotedPrice(state, terms)
  if (flags.pqExpires) return lapse
  if (quote === undefined || price === undefined) return reject('The rate is not known')
  if (quote.symbol !== terms.symbol) return reject('The rate is for another symbol')
  if (now - quote.givenAt > flags.rateTtlMs) return reject('The rate has expired')
  if (Number(terms.size) > flags.liquidity) return reject('The size exceeds what was quoted')
  if (terms.price !== price && flags.pqAltered !== 'filledAtQuote')
    return reject('The price is not the one quoted')
  return { kind: 'fill', quantity: Number(terms.size), price }
}

function judgeLimit(state: State, terms: Terms): Verdict {
  const { flags } = state
  const { bid, offer } = marketOf(state, String(terms.symbol))
  const [size, limit] = [Number(terms.size), Number(terms.price)]
  const price = buysBase(terms) ? offer : bid
  const marketable = buysBase(terms) ? offer <= limit : bid >= limit
  const atOnce = terms.timeInForce === 'IOC' || terms.timeInForce === 'FOK'
  if (!marketable) return atOnce ? lapse : rest
  if (terms.timeInForce === 'IOC' && upTo(state, 'missed IOC', flags.missIoc)) return lapse
  if (terms.timeInForce === 'FOK' && size > flags.liquidity) return lapse
  return { kind: 'fill', quantity: Math.min(size, flags.liquidity), price }
}

function judge(state: State, terms: Terms, now: number): Verdict {
  if (state.flags.neverFinish) return rest
  if (terms.type === 'PQ') return judgeQuoted(state, terms, now)
  if (terms.type === 'Limit') return judgeLimit(state, terms)
  const { bid, offer } = marketOf(state, String(terms.symbol))
  return { kind: 'fill', quantity: Number(terms.size), price: buysBase(terms) ? offer : bid }
}

/** How an order ends that nothing fills any more. */
function lapsing({ flags }: State, terms: Terms, now: number, endAt: number): Ending {
  if (flags.neverFinish) return never
  if (terms.timeInForce === 'GTT')
    return { status: 'EXPIRED', at: now + Number(terms.expiryTime) * 1_000 }
  if (terms.type === 'PQ') return { status: 'EXPIRED', at: endAt }
  const atOnce = terms.timeInForce === 'IOC' || terms.timeInForce === 'FOK'
  return atOnce ? { status: flags.iocUnfilled, at: endAt } : never
}

/** Decides what becomes of a valid order placed at `now`. */
export function decide(state: State, terms: Terms, now: number): Fate {
  const { flags } = state
  const newAt = now + flags.newMs
  const endAt = newAt + flags.fillMs
  const endsNewAt = flags.skipNew ? endAt : newAt
  const verdict = judge(state, terms, now)
  if (verdict.kind === 'reject')
    return { newAt, ending: { status: 'REJECTED', at: newAt, reason: verdict.reason } }
  if (verdict.kind === 'rest') return { newAt, ending: lapsing(state, terms, now, endAt) }
  if (verdict.kind === 'lapse')
    return { newAt: endsNewAt, ending: lapsing(state, terms, now, endAt) }
  if (upTo(state, 'last look', flags.lastLook))
    return {
      newAt: endsNewAt,
      ending: { status: 'REJECTED', at: endAt, reason: 'Last look: the provider declined' },
    }
  const fill = { quantity: verdict.quantity, price: verdict.price, at: endAt }
  const whole = verdict.quantity >= Number(terms.size)
  return whole
    ? { newAt: endsNewAt, ending: { status: 'FILLED', at: endAt }, fill }
    : { newAt, ending: lapsing(state, terms, now, endAt), fill }
}

/** The fate of an order that rests until it is cancelled. */
export const resting = ({ flags }: State, now: number): Fate => ({
  newAt: now + flags.newMs,
  ending: never,
})

/** The fate of an order that was invalid, and is found out later. */
export const rejected = ({ flags }: State, now: number, reason: string): Fate => ({
  newAt: now + flags.newMs,
  ending: { status: 'REJECTED', at: now + flags.newMs, reason },
})
