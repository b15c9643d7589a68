import { endpoints } from '../../../api/contract/endpoints.ts'
import type { Matter } from '../../reading/matter.ts'
import type { Reading } from '../../reading/reading.ts'
import { REDACTED } from '../../redaction.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { contentTypeOf, isJsonType } from './content-type.ts'

/** Successes with a body that a page describes; what others say is their own affair (settings 30 and 42). */
const described = ({ made }: Matter) =>
  made.filter(
    ({ operation, isSuccess, raw }) =>
      operation !== undefined && 'answer' in endpoints[operation] && isSuccess && raw.trim() !== '',
  )

const nameOf = ({ operation }: Reading) =>
  operation === undefined ? '' : `${endpoints[operation].method} ${endpoints[operation].path}`

export const jsonRule: Rule = {
  id: 'http.json',
  family: 'HTTP',
  sentence: 'The body of a success is JSON.',
  source: { section: '0', mark: 'reference' },
  code: 'body-not-json',
  check: (matter) =>
    resultOf(
      described(matter).map((reading): Sight => {
        if (reading.body !== undefined) return 'held'
        // Redaction may have cut into what was JSON.
        if (reading.raw.includes(REDACTED)) return undefined
        const detail = `the answer to ${nameOf(reading)} is no JSON`
        return { orderId: '', detail, exchanges: [reading.number] }
      }),
    ),
}

export const contentTypeRule: Rule = {
  id: 'http.content-type',
  family: 'HTTP',
  sentence: 'A success with a JSON body says so in its Content-Type.',
  source: { section: '0', mark: 'inferred' },
  code: 'wrong-content-type',
  check: (matter) =>
    resultOf(
      described(matter)
        .filter(({ body }) => body !== undefined)
        .map(typeSight),
    ),
}

function typeSight(reading: Reading): Sight {
  const type = contentTypeOf(reading)
  if (isJsonType(type)) return 'held'
  const detail = `the answer to ${nameOf(reading)} is JSON, and called ${type ?? 'nothing'}`
  return { orderId: '', detail, exchanges: [reading.number] }
}
