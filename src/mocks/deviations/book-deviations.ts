import { altering, isSuccess } from './altering.ts'
import type { Deviation, Fields } from './deviation.ts'
import { mapped } from './retelling.ts'

/** Ways to get rates by type wrong, where they come as arrays. */
export const bookDeviations: readonly Deviation[] = [
  {
    id: 'book-of-another-pair',
    sentence: 'Rates by type are of another pair than was asked for.',
    breaks: 'rate.of-symbol',
    begin: retellingBooks(() => ({ symbol: 'XAU/USD' })),
  },
  {
    id: 'crossed-book',
    sentence: 'Bids and offers of rates by type have changed places.',
    breaks: 'rate.book-sides',
    begin: retellingBooks(({ bid, offer }) => ({ bid: offer, offer: bid })),
  },
  {
    id: 'negative-amounts',
    sentence: 'The amounts at the bids of rates by type are negative.',
    breaks: 'rate.limits',
    begin: retellingBooks(({ bidLimit }) => ({
      bidLimit: listOf(bidLimit).map((limit) => -Number(limit)),
    })),
  },
  {
    id: 'amount-without-price',
    sentence: 'There is an amount more in rates by type than there are bids.',
    breaks: 'rate.parallel-arrays',
    begin: retellingBooks(({ bidLimit }) => ({ bidLimit: [...listOf(bidLimit), 1_000] })),
  },
  {
    id: 'top-of-book-with-depth',
    sentence: 'The top of the book has a level more.',
    breaks: 'rate.top-of-book',
    begin: retellingBooks(deepened),
  },
]

/** One level more, in every list. */
function deepened(fields: Fields): Fields {
  const lists = Object.entries(fields).filter(([, list]) => Array.isArray(list))
  return Object.fromEntries(
    lists.map(([name, list]) => [name, [...listOf(list), ...listOf(list).slice(-1)]]),
  )
}

function retellingBooks(otherwise: (fields: Fields) => Fields): Deviation['begin'] {
  return altering(['spotRateByType', 'spotRateByTypeAndOrg'], (answer) =>
    isSuccess(answer) ? mapped(answer, (fields) => ({ ...fields, ...otherwise(fields) })) : answer,
  )
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
