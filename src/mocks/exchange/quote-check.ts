import type { Big } from 'big.js'
import type { User } from './directory.ts'
import { available, marketPrice } from './matching.ts'
import type { Problem } from './order-problems.ts'
import type { OrderTerms } from './order-terms.ts'
import type { Quote, Quotes } from './quotes.ts'
import type { Settings } from './settings/settings.ts'

/**
 * What is wrong with a PQ order's rate, worst first: unknown, of another symbol, somebody else's,
 * gone stale, not the price quoted, or for more than was quoted.
 *
 * @see Fact sheet 6, rows 13 to 17.
 */
export function quoteProblems(
  user: User,
  terms: OrderTerms,
  quotes: Quotes,
  settings: Settings,
): readonly Problem[] {
  const quote = terms.rateId === undefined ? undefined : quotes.find(terms.rateId)
  if (!quote) {
    const detail = `There is no rate ${terms.rateId}.`
    return [{ reason: 'unknown-rate', detail, answer: settings['pq.badRate.unknown'] }]
  }
  return [
    ...identityProblems(user, terms, quote, quotes, settings),
    ...(quote.symbol === terms.pair.symbol ? priceProblems(terms, quote, settings) : []),
  ]
}

function identityProblems(
  user: User,
  terms: OrderTerms,
  quote: Quote,
  quotes: Quotes,
  settings: Settings,
): Problem[] {
  const problems: Problem[] = []
  if (quote.symbol !== terms.pair.symbol) {
    const detail = `Rate ${quote.rateId} is for ${quote.symbol}.`
    problems.push({
      reason: 'other-symbol-rate',
      detail,
      answer: settings['pq.badRate.otherSymbol'],
    })
  }
  const owner = quote.quotedTo
  if (owner && (owner.name !== user.name || owner.org !== user.org)) {
    const detail = `Rate ${quote.rateId} was quoted to somebody else.`
    problems.push({ reason: 'foreign-rate', detail, answer: settings['pq.badRate.otherUser'] })
  }
  if (!quotes.isLive(quote)) {
    const detail = `Rate ${quote.rateId} has expired.`
    problems.push({ reason: 'expired-rate', detail, answer: settings['pq.badRate.expired'] })
  }
  return problems
}

function priceProblems(terms: OrderTerms, quote: Quote, settings: Settings): Problem[] {
  const problems: Problem[] = []
  const mismatch = settings['pq.priceMismatch']
  if (mismatch !== 'ignore' && !isQuoted(terms, quote, settings['pq.priceTolerance'])) {
    const detail = `The price is not the ${terms.takes} that was quoted.`
    const answer = mismatch === 'reject' ? 'rejectOnQuery' : 'http400'
    problems.push({ reason: 'price-mismatch', detail, answer })
  }
  if (settings['pq.oversize'] === 'reject' && terms.size.gt(available(terms, quote))) {
    const detail = 'The size is above the amount that was quoted.'
    problems.push({ reason: 'oversize', detail, answer: 'rejectOnQuery' })
  }
  return problems
}

function isQuoted(terms: OrderTerms, quote: Quote, tolerance: number): boolean {
  const asked: Big = terms.price ?? marketPrice(terms, quote)
  return asked.minus(marketPrice(terms, quote)).abs().lte(tolerance)
}
