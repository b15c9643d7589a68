import type { Operation } from '../../api/contract/endpoints.ts'
import type { Reading } from '../reading/reading.ts'
import { Census } from './census.ts'
import { compareAnswers } from './compare-answers.ts'
import { compareCodes } from './compare-codes.ts'
import { compareRefusals } from './compare-refusals.ts'
import { compareTokens } from './compare-tokens.ts'
import type { Difference } from './difference.ts'
import type { Side } from './side.ts'

/**
 * Compares the answers in each step, by what was asked: codes, refusals, fields and types. A request
 * that only one side made, to wait a little longer or because it shares a session, is no difference.
 */
export function compareSteps(simulation: Side, endpoint: Side): Difference[] {
  const ids = new Set([...simulation.ids, ...endpoint.ids])
  return [...simulation.steps].flatMap(([step, readings]) => {
    const here = byOperation(readings)
    const there = byOperation(endpoint.steps.get(step) ?? [])
    return [...here].flatMap(([operation, answers]) => {
      const others = there.get(operation)
      return others ? compareOperation(operation, answers, others, ids) : []
    })
  })
}

function compareOperation(
  operation: Operation,
  here: readonly Reading[],
  there: readonly Reading[],
  ids: ReadonlySet<string>,
): Difference[] {
  return [
    ...compareCodes(operation, here, there),
    ...compareRefusals(operation, here, there, ids),
    ...compareTokens(operation, here, there),
    ...(['success', 'refusal', 'failure'] as const).flatMap((kind) => {
      const [one, other] = [censusOf(here, kind), censusOf(there, kind)]
      const name = kind === 'success' ? operation : `${operation} ${kind}`
      return one.samples > 0 && other.samples > 0 ? compareAnswers(name, one, other) : []
    }),
  ]
}

/** Of these, what stands in the list is compared order by order, and trade by trade. */
const ABOUT_ORDERS: readonly Operation[] = ['queryOrder', 'queryOrders', 'downloadTrades']

/** What `Transcript` writes where it cut a body. */
const CUT = '[cut here: '

function censusOf(readings: readonly Reading[], kind: Kind): Census {
  const census = new Census()
  for (const reading of readings) {
    if (kindOf(reading) === kind && isToCompare(reading)) {
      census.add(kind === 'success' ? withoutOrders(reading) : reading.body, reading.number)
    }
  }
  return census
}

/** The answer to a placing is compared with its order; 204 has no body. */
function isToCompare({ operation, status = 0, isSuccess, isWhole, raw }: Reading): boolean {
  const isAccepted = operation === 'placeOrder' && isSuccess
  return isWhole && status !== 204 && !isAccepted && !raw.includes(CUT)
}

function withoutOrders({ operation, body }: Reading): unknown {
  if (operation === undefined || !ABOUT_ORDERS.includes(operation)) return body
  if (Array.isArray(body)) return []
  return typeof body === 'object' && body !== null ? {} : body
}

type Kind = 'success' | 'refusal' | 'failure'

function kindOf({ status = 0 }: Reading): Kind {
  if (status < 300) return 'success'
  return status < 500 ? 'refusal' : 'failure'
}

function byOperation(readings: readonly Reading[]): Map<Operation, Reading[]> {
  const found = new Map<Operation, Reading[]>()
  for (const reading of readings) {
    if (reading.operation === undefined) continue
    const known = found.get(reading.operation)
    if (known) known.push(reading)
    else found.set(reading.operation, [reading])
  }
  return found
}
