import { ORDER_STATUSES, type OrderStatus } from '../../api/contract/statuses.ts'
import type { Deviation, KnownOrder } from './deviation.ts'
import { type DrawnType, FIRST_STATUS, mayFollow } from './documented-statuses.ts'
import { placedAs } from './placed-as.ts'
import { mapped } from './retelling.ts'
import { toldAs } from './told-as.ts'

/** A status that no page names. */
const UNKNOWN_STATUS = 'PENDING'

/** Every way to get the statuses of an order wrong: each step that no diagram has. */
export const lifecycleDeviations: readonly Deviation[] = (['PQ', 'Limit'] as const).flatMap(
  (type) => [
    ...ORDER_STATUSES.filter((to) => to !== FIRST_STATUS).map((to) => wrongFirst(type, to)),
    ...(Object.keys(mayFollow[type]) as OrderStatus[]).flatMap((from) =>
      ORDER_STATUSES.filter((to) => to !== from && !mayFollow[type][from]?.includes(to)).map((to) =>
        wrongStep(type, from, to),
      ),
    ),
    unknownStatus(type),
  ],
)

function wrongFirst(type: DrawnType, to: OrderStatus): Deviation {
  return {
    id: `${type}.placed-as-${to}`.toLowerCase(),
    sentence: `The placing of every ${called(type)} is answered ${to}.`,
    breaks: `${type}.placed-${to}`.toLowerCase(),
    begin: placedAs(type, to),
  }
}

function wrongStep(type: DrawnType, from: OrderStatus, to: OrderStatus): Deviation {
  return {
    id: `${type}.${from}-turns-${to}`.toLowerCase(),
    sentence: `The first query of a ${called(type)} after it was told ${from} tells ${to}; the later ones are true.`,
    breaks: `${type}.${from}-${to}`.toLowerCase(),
    begin: tellingOnce(type, to, ({ told }) => told.at(-1) === from && isNew(to, from, told)),
  }
}

/** A lie is told once: `from`, `to` and `from` again is not another occasion. */
function isNew(to: string, from: string, told: readonly string[]): boolean {
  return !told.slice(told.indexOf(from)).includes(to)
}

function unknownStatus(type: DrawnType): Deviation {
  return {
    id: `${type}.unknown-status`.toLowerCase(),
    sentence: `The first query of every ${called(type)} tells ${UNKNOWN_STATUS}, which no page names; the later ones are true.`,
    breaks: `${type}.known-status`.toLowerCase(),
    begin: tellingOnce(type, UNKNOWN_STATUS, ({ told }) => !told.includes(UNKNOWN_STATUS)),
  }
}

/** Tells an untrue status where an order is queried by server id; lists go on telling the truth. */
function tellingOnce(
  type: DrawnType,
  status: string,
  isDue: (order: KnownOrder) => boolean,
): Deviation['begin'] {
  return ({ orders }) => ({
    alter({ operation, params }, answer) {
      const order = orders.get(params.id ?? '')
      const isMeant = operation === 'queryOrder' && answer.status === 200 && order !== undefined
      if (!isMeant || order.sent.type !== type || !isDue(order)) return answer
      return mapped(answer, (truth) => toldAs(truth, status))
    },
  })
}

function called(type: DrawnType): string {
  return `${type === 'PQ' ? 'PQ' : 'limit'} order`
}
