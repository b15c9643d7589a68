import type { Matter } from '../../reading/matter.ts'
import { elementsOf, idOf, type Reading } from '../../reading/reading.ts'
import { knownOrder } from '../known-order.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { beforePlacingRule } from './before-placing-rule.ts'
import { idsIn } from './client-query.ts'
import { idUniqueRule } from './id-unique-rule.ts'
import { listsAgreeRule, noTwiceRule } from './lists-rules.ts'
import { activeCompleteRule, clientIdFindsRule } from './working-rules.ts'

const queries = (
  { made }: Matter,
  operation: 'queryOrder' | 'queryOrders',
  sightOf: (reading: Reading) => Sight | readonly Sight[],
) =>
  resultOf(
    made.filter((reading) => reading.operation === operation && reading.isSuccess).flatMap(sightOf),
  )

const byServerIdRule: Rule = {
  id: 'query.by-server-id',
  family: 'Identity',
  sentence: 'A query by server id is answered about the order that was asked for.',
  source: { section: '2.5', mark: 'reference' },
  code: 'foreign-order',
  check: (matter) =>
    queries(matter, 'queryOrder', (reading) => {
      const answered = idsIn(reading)
      const orderId = reading.params.id ?? ''
      if (answered.length === 0) return undefined
      if (answered.includes(orderId)) return 'held'
      const detail = `asked for ${orderId}, answered about ${answered.join(', ')}`
      return { orderId, detail, exchanges: [reading.number] }
    }),
}

const oneOrderRule: Rule = {
  id: 'query.one-order',
  family: 'Identity',
  sentence: 'A query by server id is answered about one order, bare or in a list of one.',
  source: { section: '2.5', mark: 'inferred' },
  code: 'several-orders',
  check: (matter) =>
    queries(matter, 'queryOrder', (reading) => {
      const count = elementsOf(reading.body).length
      if (count <= 1) return count === 1 ? 'held' : undefined
      const orderId = reading.params.id ?? ''
      const answered = idsIn(reading).join(', ')
      const detail = `asked for ${orderId}, answered with ${count} orders: ${answered}`
      return { orderId, detail, exchanges: [reading.number] }
    }),
}

const knownOrderRule: Rule = {
  id: 'query.known-order',
  family: 'Identity',
  sentence:
    'An order that was accepted is there, two seconds later, when it is queried by server id.',
  source: { section: '4.1', mark: 'seed' },
  code: 'missing-order',
  check: (matter) =>
    queries(matter, 'queryOrder', (reading) => {
      const known = knownOrder(reading, matter)
      if (!known) return undefined
      if (!Array.isArray(reading.body) || reading.body.length > 0) return 'held'
      return {
        orderId: reading.params.id ?? '',
        detail: 'answered with an empty list, though the order exists',
        exchanges: [known.number, reading.number],
      }
    }),
}

const byClientIdRule: Rule = {
  id: 'query.by-client-id',
  family: 'Identity',
  sentence: 'A query by client id is answered about orders with that client id only.',
  source: { section: '2.6', mark: 'inferred' },
  code: 'foreign-order',
  check: (matter) =>
    queries(matter, 'queryOrders', (reading) => {
      const { body, params, number } = reading
      const asked = params.coId
      if (asked === undefined) return undefined
      return elementsOf(body).map((fields): Sight => {
        const coId = idOf(fields.coId)
        if (coId === undefined) return undefined
        if (coId === asked) return 'held'
        const orderId = idOf(fields.orderId) ?? ''
        const detail = `asked for client id ${asked}, answered about ${coId}`
        return { orderId, detail, exchanges: [number] }
      })
    }),
}

const idStableRule: Rule = {
  id: 'order.id-stable',
  family: 'Identity',
  sentence: 'A client id leads to the server id that the placing was answered with.',
  source: { section: '2.6', mark: 'inferred' },
  code: 'id-changed',
  check: (matter) =>
    queries(matter, 'queryOrders', (reading) =>
      elementsOf(reading.body).map((fields) => idSight(fields, reading, matter)),
    ),
}

/** That answers are about the order that was asked for, and an order keeps its ids. */
export const identityRules: readonly Rule[] = [
  byServerIdRule,
  oneOrderRule,
  knownOrderRule,
  byClientIdRule,
  beforePlacingRule,
  clientIdFindsRule,
  activeCompleteRule,
  noTwiceRule,
  listsAgreeRule,
  idUniqueRule,
  idStableRule,
]

/** Where a client id was used twice, it may lead to either; where one is in doubt, to a third. */
function idSight(
  fields: Readonly<Record<string, unknown>>,
  { params, number }: Reading,
  { placings }: Matter,
): Sight {
  const [orderId, coId] = [idOf(fields.orderId), idOf(fields.coId)]
  if (orderId === undefined || coId === undefined || params.coId !== coId) return undefined
  const placed = placings.filter((each) => each.coId === coId && each.reading.number < number)
  const ids = placed.flatMap((placing) => placing.orderId ?? [])
  const mayBeAnother = placed.some(
    ({ orderId, result, reading }) =>
      orderId === undefined && (result !== 'refused' || is5xx(reading)),
  )
  if (ids.includes(orderId)) return 'held'
  if (ids.length === 0 || mayBeAnother) return undefined
  const detail = `client id ${coId} was placed as ${ids.join(' and ')}, and leads to ${orderId}`
  const exchanges = [...placed.map(({ reading }) => reading.number), number]
  return { orderId, detail, exchanges }
}

/** Whether a placing that failed so was taken all the same is setting 47. */
function is5xx({ status }: Reading): boolean {
  return status !== undefined && status >= 500
}
