import { refusalDetails } from '../../api/client/refusal-details.ts'
import type { Operation } from '../../api/contract/endpoints.ts'
import type { Reading } from '../reading/reading.ts'
import { rejectionIn } from '../reading/rejection-fields.ts'
import { type Difference, shown } from './difference.ts'
import type { DriftRule } from './drift-rules.ts'
import type { Pair, Side } from './side.ts'
import { withoutValues } from './without-values.ts'

/** What refusals say, in the order of the exchanges. */
interface Told {
  readonly text: string
  readonly exchange: number
}

/** Compares what the refusals of one kind of request say of why, where both sides refused. */
export function compareRefusals(
  operation: Operation,
  here: readonly Reading[],
  there: readonly Reading[],
  ids: ReadonlySet<string>,
): Difference[] {
  return [
    ...compareTold('drift.reason', operation, codesIn(here), codesIn(there), ids),
    ...compareTold('drift.reason-text', operation, textsIn(here), textsIn(there), ids),
  ]
}

/** Compares why an order was rejected, where it was on both sides. */
export function compareRejections(pair: Pair, simulation: Side, endpoint: Side): Difference[] {
  const told = (side: Side, placing: Pair['simulation']) => {
    const views = side.orderOf(placing)?.views ?? []
    const last = views.findLast(({ status }) => status === 'REJECTED')
    const { reason, code } = last ? rejectionIn(last.fields) : {}
    const exchange = last?.reading.number ?? 0
    return {
      code: code === undefined ? [] : [{ text: code, exchange }],
      text: reason === undefined ? [] : [{ text: reason, exchange }],
    }
  }
  const [here, there] = [told(simulation, pair.simulation), told(endpoint, pair.endpoint)]
  const ids = new Set([...simulation.ids, ...endpoint.ids])
  return [
    ...compareTold('drift.reason', 'REJECTED order', here.code, there.code, ids),
    ...compareTold('drift.reason-text', 'REJECTED order', here.text, there.text, ids),
  ]
}

function codesIn(readings: readonly Reading[]): Told[] {
  return refusalsIn(readings).flatMap(({ code, exchange }) =>
    code === undefined ? [] : [{ text: code, exchange }],
  )
}

function textsIn(readings: readonly Reading[]): Told[] {
  return refusalsIn(readings).flatMap(({ message, exchange }) =>
    message === undefined ? [] : [{ text: message, exchange }],
  )
}

function refusalsIn(readings: readonly Reading[]) {
  return readings
    .filter(({ status = 0, isWhole }) => isWhole && status >= 400)
    .map(({ raw, number }) => ({ ...refusalDetails(raw), exchange: number }))
}

/** Told on neither, or on one side only, is a matter of fields. */
function compareTold(
  rule: DriftRule,
  about: string,
  here: readonly Told[],
  there: readonly Told[],
  ids: ReadonlySet<string>,
): Difference[] {
  if (here.length === 0 || there.length === 0) return []
  const [one, other] = [textsOf(here), textsOf(there)]
  if (one.join() === other.join()) return []
  const [plain, otherPlain] = [plainOf(one, ids), plainOf(other, ids)]
  if (plain === otherPlain) return []
  return [
    {
      rule,
      subject: about,
      simulation: shown(
        plain,
        here.map(({ exchange }) => exchange),
      ),
      endpoint: shown(
        otherPlain,
        there.map(({ exchange }) => exchange),
      ),
    },
  ]
}

function textsOf(told: readonly Told[]): string[] {
  return [...new Set(told.map(({ text }) => text))].sort()
}

function plainOf(texts: readonly string[], ids: ReadonlySet<string>): string {
  return [...new Set(texts.map((text) => withoutValues(text, ids)))].sort().join(' | ')
}
