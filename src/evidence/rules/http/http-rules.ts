import { endpoints, type Operation } from '../../../api/contract/endpoints.ts'
import type { Matter } from '../../reading/matter.ts'
import type { Reading } from '../../reading/reading.ts'
import { knownOrder } from '../known-order.ts'
import { operationName } from '../operation-name.ts'
import { isAboutTheRequest } from '../refused.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { contentTypeRule, jsonRule } from './json-rules.ts'
import { redirectRule } from './redirect-rule.ts'
import { requestIdRule } from './request-id-rule.ts'
import { mayLackSession } from './session-doubt.ts'

/** Codes of success besides the documented one, where the page leaves room. */
const alsoSuccess: Partial<Record<Operation, readonly number[]>> = {
  cancelOrder: [200, 204],
  queryOrders: [204],
  downloadTrades: [204],
}

/** The only codes of refusal, where the documentation names them; 5xx and 429 are never judged. */
const refusals: Partial<Record<Operation, readonly number[]>> = {
  login: [400, 401, 404],
  placeOrder: [400],
}

const notes: Partial<Record<Operation, string>> = {
  login: 'a refusal with 400, 401 or 404',
  placeOrder: 'a refusal with 400 or 5xx',
  queryOrder: 'so is, with any status, the query of an order that was accepted',
}

/** One rule for each operation: which HTTP codes it may be answered with. Fact sheet 3 [seed, reference]. */
const codeRules: readonly Rule[] = (Object.keys(endpoints) as Operation[]).map(
  (operation): Rule => {
    const success = successOf(operation)
    const note = notes[operation]
    return {
      id: `http.${operationName(operation)}`,
      family: 'HTTP',
      sentence: `Success of ${endpoints[operation].method} ${endpoints[operation].path} is answered with HTTP ${success.join(' or ')}${note === undefined ? '' : `; ${note}`}.`,
      source: endpoints[operation].source,
      code: 'wrong-http-code',
      check: (matter) =>
        resultOf(
          matter.made
            .filter((reading) => reading.operation === operation)
            .map((reading) => sightOf(operation, reading, matter)),
        ),
    }
  },
)

/** What answers are like as HTTP, whatever they say. */
export const httpRules: readonly Rule[] = [
  ...codeRules,
  redirectRule,
  requestIdRule,
  jsonRule,
  contentTypeRule,
]

function sightOf(operation: Operation, reading: Reading, matter: Matter): Sight {
  const { status, number, params } = reading
  if (status === undefined || status >= 500) return undefined
  const orderId = params.id ?? params.orderId ?? ''
  const breach = (detail: string, exchanges = [number]) => ({ orderId, detail, exchanges })
  if (status >= 200 && status < 300) {
    const success = successOf(operation)
    if (success.includes(status)) return 'held'
    return breach(`answered with ${status}, success is ${success.join(' or ')}`)
  }
  const allowed = refusals[operation]
  if (allowed?.includes(status)) return 'held'
  // A login is what begins a session.
  const mayBeAboutTheSession = operation !== 'login' && mayLackSession(reading, matter)
  if (!isAboutTheRequest(status) || mayBeAboutTheSession) return undefined
  const known = knownOrder(reading, matter)
  if (known) {
    const detail = `answered with ${status}, though the order exists; a query of it is answered with 200, whatever its status`
    return breach(detail, [known.number, number])
  }
  if (allowed === undefined) return undefined
  return breach(`refused with ${status}, allowed is ${allowed.join(', ')} or 5xx`)
}

function successOf(operation: Operation): readonly number[] {
  return [...(alsoSuccess[operation] ?? []), endpoints[operation].success].sort((a, b) => a - b)
}
