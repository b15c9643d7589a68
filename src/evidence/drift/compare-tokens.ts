import type { Operation } from '../../api/contract/endpoints.ts'
import { isFields, type Reading } from '../reading/reading.ts'
import { tokenCarriers } from '../token-carriers.ts'
import { compareSpans } from './compare-timing.ts'
import { type Difference, shown } from './difference.ts'
import type { Span } from './timing-class.ts'

/** Compares where answers carry their token, and how long they say that it lives. */
export function compareTokens(
  operation: Operation,
  here: readonly Reading[],
  there: readonly Reading[],
): Difference[] {
  if (operation !== 'login' && operation !== 'renew') return []
  const [one, other] = [carriers(here), carriers(there)]
  const isSame = !one || !other || one.value === other.value
  return [
    ...(isSame
      ? []
      : [
          {
            rule: 'drift.fields' as const,
            subject: `${operation} headers with the token`,
            simulation: one,
            endpoint: other,
          },
        ]),
    ...compareSpans('life of a token', lifeIn(here), lifeIn(there)),
  ]
}

function carriers(readings: readonly Reading[]) {
  const brought = readings.filter(({ isSuccess }) => isSuccess)
  const found = new Set(brought.flatMap(({ exchange }) => tokenCarriers(exchange)))
  if (found.size === 0) return undefined
  return shown(
    [...found].sort().join(', '),
    brought.map(({ number }) => number),
  )
}

/** As the login announces it: nothing is sampled here. */
function lifeIn(readings: readonly Reading[]): Span | undefined {
  for (const { isSuccess, body, number } of readings) {
    const { expiryTime, serverUTCTime } = isFields(body) ? body : {}
    if (!isSuccess || typeof expiryTime !== 'number' || typeof serverUTCTime !== 'number') continue
    const life = expiryTime - serverUTCTime
    return { fromMs: life, toMs: life, exchanges: [number] }
  }
  return undefined
}
