import { isFields, type Reading } from '../../reading/reading.ts'
import { contentTypeOf, isJsonType } from '../http/content-type.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

/**
 * A 5xx without an error object leaves the placing in doubt: that is no finding, and shows nothing. A 400
 * that does not call itself JSON is of a gateway. Fact sheet 3 [reference].
 */
export const errorObjectRule: Rule = {
  id: 'placing.error-object',
  family: 'Placing',
  sentence: 'A placing that is refused with HTTP 400 or 5xx is answered with an error object.',
  source: { section: '2.4', mark: 'seed' },
  code: 'no-error-object',
  check: ({ made }) =>
    resultOf(made.filter(({ operation }) => operation === 'placeOrder').map(sightOf)),
}

function sightOf(reading: Reading): Sight {
  const { status, isWhole, body, raw, number } = reading
  if (!isWhole || status === undefined || !(status === 400 || status >= 500)) return undefined
  if (isFields(body)) return 'held'
  const type = contentTypeOf(reading)
  const isOfAnother = type !== undefined && !isJsonType(type)
  if (status !== 400 || isOfAnother) return undefined
  const received = raw.trim() === '' ? 'an empty body' : 'something else'
  return {
    orderId: '',
    detail: `refused with 400: expected a JSON object, received ${received}`,
    exchanges: [number],
  }
}
