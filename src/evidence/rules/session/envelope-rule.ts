import { isFields, type Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

export const envelopeRule: Rule = {
  id: 'session.envelope',
  family: 'Sessions',
  sentence: 'A login or a renewal that succeeds tells the status OK, and no errorCode.',
  source: { section: '3', mark: 'reference' },
  code: 'success-with-error',
  check: ({ made }) =>
    resultOf(
      made.filter(({ operation }) => operation === 'login' || operation === 'renew').map(sightOf),
    ),
}

/** No field is marked required. A token may be told to be invalid with 200 (setting 5). */
function sightOf({ isSuccess, body, number }: Reading): Sight {
  if (!isSuccess || !isFields(body) || body.valid === false) return undefined
  const { status, errorCode } = body
  const isOk = (status ?? undefined) === undefined || /^ok$/i.test(String(status))
  const isFree = (errorCode ?? '') === ''
  if (isOk && isFree) return typeof status === 'string' ? 'held' : undefined
  const told = [
    ...(isOk ? [] : [`status ${JSON.stringify(status)}`]),
    ...(isFree ? [] : [`errorCode ${JSON.stringify(errorCode)}`]),
  ]
  return { orderId: '', detail: `answered ${told.join(' and ')}`, exchanges: [number] }
}
