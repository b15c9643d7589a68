import { isDownload } from '../reading/delivery.ts'
import type { Matter } from '../reading/matter.ts'
import { elementsOf, type Reading } from '../reading/reading.ts'
import type { Variant } from './variant.ts'

/** Rates and trades. Fact sheet 6, rows 38, 40, 43 and 44. */
export function marketVariants(matter: Matter): readonly Variant[] {
  return [
    ...matter.made.flatMap((reading) => [
      ...rateRefusal(reading, matter),
      ...fullShape(reading),
      ...emptyAnswer(reading),
    ]),
    ...matter.deliveries.map(({ fields, reading }) => ({
      setting: 'stp.omitEvent',
      value: fields.event === undefined,
      exchange: reading.number,
    })),
  ]
}

/** A symbol that was quoted, or dealt in, at another time is known, and had no price just then. */
function rateRefusal(reading: Reading, { made, placings }: Matter): Variant[] {
  const { operation, status = 0, number } = reading
  const isAboutSession = status === 401 || status === 403 || status === 429
  if (operation !== 'spotRate' || status < 400 || status >= 500 || isAboutSession) return []
  const symbol = symbolOf(reading)
  if (!symbol) return []
  const isKnown =
    made.some(
      (other) => other.operation === 'spotRate' && other.isSuccess && symbolOf(other) === symbol,
    ) || placings.some(({ sent, result }) => result === 'accepted' && sent.symbol === symbol)
  const setting = isKnown ? 'rate.noLiquidity' : 'rate.unknownSymbol'
  return [{ setting, value: status, exchange: number }]
}

function symbolOf({ exchange }: Reading): string | null | undefined {
  return URL.parse(exchange.request.url)?.searchParams.get('symbol')
}

function fullShape({ operation, isSuccess, body, number }: Reading): Variant[] {
  const isByType = operation === 'spotRateByType' || operation === 'spotRateByTypeAndOrg'
  if (!isByType || !isSuccess || elementsOf(body).length === 0) return []
  const value = Array.isArray(body) ? 'objects' : 'arrays'
  return [{ setting: 'rates.fullShape', value, exchange: number }]
}

function emptyAnswer(reading: Reading): Variant[] {
  const { status, raw, body, number } = reading
  if (!isDownload(reading) || elementsOf(body).length > 0) return []
  const value = status === 204 ? '204' : raw.trim() === '' ? 'blank' : '[]'
  return [{ setting: 'stp.empty', value, exchange: number }]
}
