import { isDeepStrictEqual } from 'node:util'
import type { ClientStory } from '../../backends/playing/client-story.ts'
import type { OrderTerms } from '../../backends/playing/roles.ts'
import { buysBase } from '../../evidence/reading/terms.ts'

type Fields = Readonly<Record<string, unknown>>

const kinds: Readonly<Record<string, string>> = {
  PQ: 'a previously quoted order',
  Limit: 'a limit order',
  AtBest: 'an at-best order',
}

/** What the scenario says of an order and what the client sent, where they differ. */
interface Facet {
  readonly isMet: boolean
  readonly expected: string
  readonly actual: string
}

/**
 * How an order that the client placed differs from what the scenario says of it, in a sentence;
 * `undefined` where it does not. Amounts are the client's own, and a price is held only by the side of
 * the market it lies on, and only where the client was told where the market stands.
 *
 * @param pair - What orders are expected in whose step names no pair.
 */
export function orderDeviation(
  terms: OrderTerms,
  sent: Fields,
  { order, rate }: ClientStory,
  pair: string,
): string | undefined {
  const { alter, isRepeated } = terms
  if (isRepeated === true) {
    if (order && order.placings.length > 1) return undefined
    return 'The scenario expects an order under the client id of the one before; the client used another.'
  }
  if (terms.type === undefined) return undefined
  const plain = fieldsOf(terms, pair)
  const expected = alter ? alter(plain) : plain
  const names = Object.keys(expected).filter((name) => name in plain)
  const facets = names.map((name) => facetOf(name, expected[name], sent[name]))
  const price = priceFacet(terms, sent, rate)
  const differing = [...facets, ...(price ? [price] : [])].filter(({ isMet }) => !isMet)
  if (alter && !isDeepStrictEqual(alter(sent), { ...sent })) {
    return 'The scenario expects the order to be wrong in the way it says; that of the client is not.'
  }
  if (differing.length === 0) return undefined
  const told = (side: 'expected' | 'actual', of: Fields) =>
    [namedAs(of), ...differing.map((each) => each[side])].filter(Boolean).join(', ')
  return `The scenario expects ${told('expected', expected)}; the client placed ${told('actual', sent)}.`
}

function fieldsOf(terms: OrderTerms, pair: string): Fields {
  const { type, side, timeInForce, seconds, dealtIn, symbol = pair } = terms
  const [base, term] = symbol.split('/')
  return {
    ...{ type, symbol },
    ...(side !== undefined && { side }),
    ...(timeInForce !== undefined && { timeInForce }),
    ...(seconds !== undefined && { expiryTime: seconds }),
    ...(dealtIn !== undefined && { currency: dealtIn === 'term' ? term : base }),
  }
}

function namedAs({ type, side }: Fields): string {
  const kind = kinds[String(type)] ?? `an order of type ${String(type)}`
  return side === undefined ? kind : `${kind} to ${String(side).toLowerCase()}`
}

/** Type and side are in the name of the order already. */
function facetOf(name: string, expected: unknown, actual: unknown): Facet {
  const isMet = isDeepStrictEqual(expected, actual)
  if (name === 'type' || name === 'side') return { isMet, expected: '', actual: '' }
  const words = (value: unknown) =>
    value === undefined ? `without ${name}` : `${name} ${String(value)}`
  return { isMet, expected: words(expected), actual: words(actual) }
}

function priceFacet(
  { pipsFromMarket = 0 }: OrderTerms,
  { side, currency, symbol, price }: Fields,
  rate: ClientStory['rate'],
): Facet | undefined {
  if (pipsFromMarket === 0 || typeof price !== 'number' || rate?.symbol !== symbol) return undefined
  if ((side !== 'Buy' && side !== 'Sell') || rate === undefined) return undefined
  const market = buysBase({ side, dealsBase: rate.symbol.startsWith(String(currency)) })
    ? rate.offer
    : rate.bid
  const isMet = pipsFromMarket > 0 ? price > market : price < market
  const where = pipsFromMarket > 0 ? 'above' : 'below'
  return {
    isMet,
    expected: `${Math.abs(pipsFromMarket)} pips ${where} the market`,
    actual: `at ${price}, the market being at ${market}`,
  }
}
