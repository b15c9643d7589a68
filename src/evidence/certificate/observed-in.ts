import { type Exchange, titleOf } from '../exchange.ts'
import { rangesOf } from '../ranges.ts'
import type { ScenarioEvidence } from '../scenario-evidence.ts'

/**
 * What some exchanges showed, one line for each request and answer that differ from the others:
 * `exchanges 4 to 6: GET /v2/orders/26 → 200; order 26: NEW, FILLED`.
 */
export function observedIn(
  exchanges: readonly Exchange[],
  evidence: ScenarioEvidence | undefined,
): string[] {
  const alike = Map.groupBy(exchanges, (exchange) => `${titleOf(exchange)}${amountOf(exchange)}`)
  return [...alike].map(([title, group]) => {
    const numbers = group.map(({ number }) => number)
    const [error] = group.flatMap((each) => each.error ?? [])
    const seen = [...statusesIn(numbers, evidence), ...refusalsIn(numbers, evidence)]
    const where = numbers.length === 1 ? 'exchange' : 'exchanges'
    return [
      `${where} ${rangesOf(numbers)}: ${title}`,
      ...(error === undefined ? [] : [error]),
      ...seen,
    ].join('; ')
  })
}

/** Of a list, how long it is: an empty download is an observation. */
function amountOf({ response }: Exchange): string {
  if (!response?.body?.startsWith('[')) return ''
  try {
    const list: unknown = JSON.parse(response.body)
    return Array.isArray(list) ? `, a list of ${list.length}` : ''
  } catch {
    // Cut, or no JSON: then its length is not known.
    return ''
  }
}

function statusesIn(numbers: readonly number[], evidence: ScenarioEvidence | undefined): string[] {
  return (evidence?.orders ?? []).flatMap(({ orderId, observations }) => {
    const seen = observations
      .filter(({ exchange }) => numbers.includes(exchange))
      .map(({ status, reason }) => (reason === undefined ? status : `${status} (${reason})`))
      .filter((status, at, all) => status !== all[at - 1])
    return seen.length === 0 ? [] : [`order ${orderId}: ${seen.join(', ')}`]
  })
}

function refusalsIn(numbers: readonly number[], evidence: ScenarioEvidence | undefined): string[] {
  return (evidence?.refused ?? [])
    .filter(({ exchange }) => numbers.includes(exchange))
    .map(({ code, message }) => {
      const said = [code, message].filter((each) => each !== undefined).join(': ')
      return `refused${said === '' ? '' : `: ${said}`}`
    })
}
