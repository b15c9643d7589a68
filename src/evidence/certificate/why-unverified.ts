import { endpoints, type Operation } from '../../api/contract/endpoints.ts'
import { lifecycleRules, PLACED, REFUSED } from '../../machines/lifecycle-rules.ts'
import type { RunRecord } from '../record/run-record.ts'
import { operationName } from '../rules/operation-name.ts'

/** Why a run says nothing of a rule, as a part of a sentence: what it did not get to see. */
export function whyUnverified(id: string, record: RunRecord): string {
  return ofLifecycle(id) ?? ofOperation(id, record) ?? 'nothing that was observed could show it'
}

function ofLifecycle(id: string): string | undefined {
  const rule = lifecycleRules.find((each) => each.id === id)
  if (!rule) return undefined
  const { kind, from, to } = rule
  const lifecycle = rule.lifecycle === 'PQ' ? 'PQ' : 'limit'
  if (kind === 'known') return `no ${lifecycle} order was observed`
  if (from === PLACED) {
    return to === REFUSED
      ? `no placing of a ${lifecycle} order was refused`
      : `no ${lifecycle} order was taken`
  }
  return kind === 'arrow'
    ? `no ${lifecycle} order was seen to go from ${from} to ${to}`
    : `no ${lifecycle} order was seen ${from} and queried again`
}

/** Rules about the answers of one operation: it may not have been called at all. */
function ofOperation(id: string, { scenarios, own }: RunRecord): string | undefined {
  const operations = Object.keys(endpoints) as Operation[]
  const operation = operations.find((each) =>
    [`http.${operationName(each)}`, `shape.${operationName(each)}`].includes(id),
  )
  if (operation === undefined) return undefined
  const evidences = [...scenarios.flatMap(({ evidence }) => evidence ?? []), ...(own ? [own] : [])]
  const isCalled = evidences.some(({ exchanges }) =>
    exchanges.some((exchange) => exchange.operation === operation && exchange.response),
  )
  const { method, path } = endpoints[operation]
  return isCalled
    ? `no answer to ${method} ${path} was one that it is about`
    : `${method} ${path} was not called, or not answered`
}
