import { z } from 'zod'
import type { ShapeProblem } from '../../../api/client/answer.ts'
import { readers } from '../../../api/client/operation-values.ts'
import { conform, isBlank } from '../../../api/client/shape.ts'
import type { Operation } from '../../../api/contract/endpoints.ts'
import { spotRateSchema } from '../../../api/contract/rates.ts'
import { isFields, type Reading } from '../../reading/reading.ts'

/**
 * A spot rate as the page has it, which marks no field required: what the client needs of it is more. What
 * its prices and its id have to be is for the rules of rates to say.
 *
 * @see Fact sheet 2.1 [reference].
 */
const judgedSpotRate = z.looseObject({
  ...spotRateSchema.partial().shape,
  bid: z.number().optional(),
  offer: z.number().optional(),
  bidLimit: z.number().optional(),
  offerLimit: z.number().optional(),
  rateId: z.string().optional(),
})

/** What is wrong with the shape of a body. `null` is as good as absent wherever absent is good. */
export function problemsOf(operation: Operation, reading: Reading): readonly ShapeProblem[] {
  const problems = read(operation, reading.raw, reading.body)
  if (problems.length === 0 || reading.body === undefined) return problems
  const bare = completed(operation, reading)
  const without = read(operation, JSON.stringify(bare), bare)
  const paths = new Set(without.map(({ path }) => path))
  return problems.filter(({ path }) => paths.has(path))
}

/** @param body - The same as JSON; `undefined` where it is none. */
function read(operation: Operation, raw: string, body: unknown): readonly ShapeProblem[] {
  // No active orders may be told as no trades may (setting 38).
  if (operation === 'queryOrders' && isBlank(raw)) return []
  if (operation === 'spotRate' && body !== undefined)
    return problemsIn(conform(judgedSpotRate, body))
  // That there are several is for another rule to say; here each is looked at.
  const isSeveral = operation === 'queryOrder' && Array.isArray(body) && body.length > 1
  return problemsIn(readers[isSeveral ? 'queryOrders' : operation](raw))
}

function problemsIn(shape: ReturnType<typeof conform>): readonly ShapeProblem[] {
  return shape.ok ? [] : shape.problems
}

/** A body without its nulls; the id that was asked for stands in for one that is not told. */
function completed(operation: Operation, { body, params }: Reading): unknown {
  const bare = withoutNulls(body)
  if (operation !== 'queryOrder') return bare
  const named = (each: unknown) => (isFields(each) ? { orderId: params.id, ...each } : each)
  return Array.isArray(bare) ? bare.map(named) : named(bare)
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls)
  if (!isFields(value)) return value
  const told = Object.entries(value).filter(([, each]) => each !== null)
  return Object.fromEntries(told.map(([name, each]) => [name, withoutNulls(each)]))
}
