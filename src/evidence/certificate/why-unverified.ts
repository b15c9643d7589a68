import { endpoints, type Operation } from '../../api/contract/endpoints.ts'
import {
  type LifecycleRule,
  lifecycleRules,
  PLACED,
  REFUSED,
} from '../../machines/lifecycle-rules.ts'
import type { RunRecord } from '../record/run-record.ts'
import { operationName } from '../rules/operation-name.ts'
import type { ScenarioEvidence } from '../scenario-evidence.ts'

const UNKNOWN = 'nothing that was observed could show it'

/** Why a run says nothing of a rule, as a part of a sentence: what it did not get to see. */
export function whyUnverified(id: string, record: RunRecord): string {
  return ofLifecycle(id, record) ?? ofOperation(id, record) ?? UNKNOWN
}

/** What was not seen is said only where it was not; otherwise, what was found in its place. */
function ofLifecycle(id: string, record: RunRecord): string | undefined {
  const rule = lifecycleRules.find((each) => each.id === id)
  if (!rule) return undefined
  const { unseen, isSeen } = sightOf(rule, evidencesOf(record))
  if (!isSeen) return unseen
  if (rule.kind === 'arrow') return UNKNOWN
  const broken = record.verdict.findings.find(({ rule: found }) =>
    lifecycleRules.some(
      (each) => each.id === found && each.lifecycle === rule.lifecycle && each.from === rule.from,
    ),
  )
  return broken ? `what was seen broke ${broken.rule}, and does not show it` : UNKNOWN
}

/** What a rule takes to be seen, in words where it was not, and whether it was. */
function sightOf(
  { kind, from, to, lifecycle: name }: LifecycleRule,
  evidences: readonly ScenarioEvidence[],
): { readonly unseen: string; readonly isSeen: boolean } {
  const lifecycle = name === 'PQ' ? 'PQ' : 'limit'
  const orders = evidences
    .flatMap((evidence) => evidence.orders)
    .filter(({ type }) => type === undefined || type === name)
    .filter((order) => order.lifecycle === name)
  if (kind === 'known') {
    return { unseen: `no ${lifecycle} order was observed`, isSeen: orders.length > 0 }
  }
  if (from === PLACED && to === REFUSED) {
    return { unseen: `no placing of a ${lifecycle} order was refused`, isSeen: false }
  }
  if (from === PLACED) {
    const isSeen = orders.some(({ observations: [first] }) => first?.by === 'placing')
    return { unseen: `no ${lifecycle} order was taken`, isSeen }
  }
  const steps = orders.flatMap(({ observations }) =>
    observations.slice(1).map(({ status }, at) => ({ before: observations[at]?.status, status })),
  )
  const after = steps.filter(({ before }) => before === from)
  return kind === 'arrow'
    ? {
        unseen: `no ${lifecycle} order was seen to go from ${from} to ${to}`,
        isSeen: after.some(({ status }) => status === to),
      }
    : {
        unseen: `no ${lifecycle} order was seen ${from} and queried again`,
        isSeen: after.length > 0,
      }
}

/** Rules about the answers of one operation: it may not have been called at all. */
function ofOperation(id: string, record: RunRecord): string | undefined {
  const operations = Object.keys(endpoints) as Operation[]
  const operation = operations.find((each) =>
    [`http.${operationName(each)}`, `shape.${operationName(each)}`].includes(id),
  )
  if (operation === undefined) return undefined
  const isCalled = evidencesOf(record).some(({ exchanges }) =>
    exchanges.some((exchange) => exchange.operation === operation && exchange.response),
  )
  const { method, path } = endpoints[operation]
  return isCalled
    ? `no answer to ${method} ${path} was one that it is about`
    : `${method} ${path} was not called, or not answered`
}

function evidencesOf({ scenarios, own }: RunRecord): ScenarioEvidence[] {
  return [...scenarios.flatMap(({ evidence }) => evidence ?? []), ...(own ? [own] : [])]
}
