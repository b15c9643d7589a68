import { parseJson } from '../../../api/client/shape.ts'
import { idOf, isFields, type Reading } from '../../reading/reading.ts'
import { REDACTED } from '../../redaction.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

export const placingJsonRule: Rule = {
  id: 'placing.json',
  family: 'Placing',
  sentence: 'A placing whose body is no JSON is refused.',
  source: { section: '0', mark: 'reference' },
  code: 'ill-made-taken',
  check: ({ made }) =>
    resultOf(made.filter(({ operation }) => operation === 'placeOrder').map(sightOf)),
}

function sightOf({ exchange, status = 0, isSuccess, isWhole, body, number }: Reading): Sight {
  const sent = exchange.request.body ?? ''
  // Redaction may have cut into what was JSON.
  if (parseJson(sent).ok || sent.includes(REDACTED)) return undefined
  if (!isSuccess) return isWhole && status === 400 ? 'held' : undefined
  return {
    orderId: isFields(body) ? (idOf(body.orderId) ?? '') : '',
    detail: `the body is no JSON, and was answered with ${status}`,
    exchanges: [number],
  }
}
