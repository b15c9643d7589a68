import type { Operation } from '../../api/contract/endpoints.ts'
import { altering, isSuccess, successInstead } from './altering.ts'
import { bookDeviations } from './book-deviations.ts'
import { dataSetDeviations } from './data-set-deviations.ts'
import type { Deviation, Fields, Scene } from './deviation.ts'
import { mapped } from './retelling.ts'

/** Ways to get rates wrong. */
export const rateDeviations: readonly Deviation[] = [
  {
    id: 'rate-of-another-pair',
    sentence: 'A rate is of another pair than was asked for.',
    breaks: 'rate.of-symbol',
    begin: retellingRates(['spotRate'], () => ({ symbol: 'XAU/USD' })),
  },
  {
    id: 'rate-of-no-pair',
    sentence: 'Who names no pair is given some rate.',
    breaks: 'rate.symbol-needed',
    begin: altering(['spotRate'], (answer, { url }, scene) =>
      url.searchParams.has('symbol')
        ? answer
        : successInstead(answer, {
            ...{
              symbol: 'EUR/USD',
              bid: 1.0999,
              offer: 1.1001,
              bidLimit: 1_000,
              offerLimit: 1_000,
            },
            ...{ time: scene.now(), rateId: 'a-rate-of-no-pair' },
          }),
    ),
  },
  {
    id: 'rate-with-negative-bid',
    sentence: 'The bid of a rate is below 0.',
    breaks: 'rate.sides',
    begin: retellingRates(['spotRate'], ({ bid }) => ({ bid: -Number(bid) })),
  },
  {
    id: 'long-rate-id',
    sentence: 'The rateId of a rate has 256 characters.',
    breaks: 'rate.id',
    begin: retellingRates(['spotRate'], ({ rateId }) => ({
      rateId: String(rateId).padEnd(256, '0'),
    })),
  },
  {
    id: 'one-rate-id',
    sentence: 'All rates have the same rateId.',
    breaks: 'rate.id-distinct',
    begin: retellingRates(['spotRate'], () => ({ rateId: 'the-one-and-only-rate' })),
  },
  {
    id: 'rate-from-the-future',
    sentence: 'A rate is dated a minute ahead.',
    breaks: 'rate.time',
    begin: retellingRates(['spotRate'], (_fields, scene) => ({ time: scene.now() + 60_000 })),
  },
  ...bookDeviations,
  ...dataSetDeviations,
]

/** Tells the rates of some operations otherwise. */
function retellingRates(
  operations: readonly Operation[],
  otherwise: (fields: Fields, scene: Scene) => Fields,
): Deviation['begin'] {
  return altering(operations, (answer, _call, scene) =>
    isSuccess(answer)
      ? mapped(answer, (fields) => ({ ...fields, ...otherwise(fields, scene) }))
      : answer,
  )
}
