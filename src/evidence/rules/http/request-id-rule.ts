import type { ExchangeHeaders } from '../../exchange.ts'
import type { Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

const idIn = (headers: ExchangeHeaders = []) =>
  headers.find(({ name }) => name.toLowerCase() === 'x-request-id')?.value

/** Other answers may come from something in between that knows of no request ids. */
export const requestIdRule: Rule = {
  id: 'http.request-id',
  family: 'HTTP',
  sentence: 'A success comes with the X-Request-ID that its request carried.',
  source: { section: '0', mark: 'reference' },
  code: 'request-id-not-echoed',
  check: ({ made }) => {
    const sights = made.map(sightOf)
    // One is enough where every exchange would show the same.
    const first = sights.find((sight) => sight !== undefined && sight !== 'held')
    return resultOf(sights.filter((sight) => sight === 'held' || sight === first))
  },
}

function sightOf({ exchange, operation, isSuccess, number }: Reading): Sight {
  const sent = idIn(exchange.request.headers)
  if (!isSuccess || operation === undefined || sent === undefined) return undefined
  const answered = idIn(exchange.response?.headers)
  if (answered === sent) return 'held'
  const detail = `sent ${sent}, answered ${answered ?? 'none'}`
  return { orderId: '', detail, exchanges: [number] }
}
