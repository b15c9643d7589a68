import type { Deviation, Fields } from './deviation.ts'
import { placedOtherwise, retelling } from './retelling.ts'

/** A price with fewer digits than it was sent with. */
function coarse({ price }: Fields): Fields {
  return typeof price === 'number' ? { price: Number(price.toFixed(3)) } : {}
}

/** Ways to get what is repeated of a placing wrong. */
export const echoDeviations: readonly Deviation[] = [
  {
    id: 'placed-price-rounded',
    sentence: 'The answer to a placing repeats the price with three decimals.',
    breaks: 'echo.placing',
    begin: placedOtherwise(coarse),
  },
  {
    id: 'value-date-moved',
    sentence: 'The answer to an at-best placing has another value date than was asked for.',
    breaks: 'echo.placing',
    begin: placedOtherwise(({ valueDate }) =>
      valueDate === undefined ? {} : { valueDate: '2026-12-31' },
    ),
  },
  {
    id: 'queried-price-rounded',
    sentence: 'A query tells the price of an order with three decimals.',
    breaks: 'echo.query',
    begin: retelling((_order, truth) => coarse(truth)),
  },
  {
    id: 'trade-channel-lost',
    sentence: 'A query tells another trade channel than was sent.',
    breaks: 'echo.query',
    begin: retelling(({ sent }) =>
      sent.tradeChannel === undefined ? undefined : { tradeChannel: 'API/REST/ESP' },
    ),
  },
]
