import { isDownload, isEmptyDownload } from '../../reading/delivery.ts'
import { isOfOneUser, type Matter } from '../../reading/matter.ts'
import { elementsOf, type Fields, idOf, isFields, type Reading } from '../../reading/reading.ts'
import { isNothing } from '../identity/client-query.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { isAfter, type RefusedPlacing, refusedPlacings } from './refused-placings.ts'

/** What an answer has to do with a refused placing; `undefined` where it could not show it. */
type Look = (reading: Reading, refused: RefusedPlacing, matter: Matter) => Seen | undefined
type Seen = 'absent' | { readonly there: Fields; readonly where: string }

function absentRule(id: string, sentence: string, look: Look): Rule {
  return {
    ...{ id: `placing.${id}`, family: 'Placing', sentence },
    source: { section: '2.4', mark: 'seed' },
    code: 'refused-yet-there',
    check: (matter) =>
      resultOf(
        refusedPlacings(matter).flatMap((refused) =>
          matter.readings
            .filter((reading) => isAfter(reading, refused))
            .map((reading) => sightOf(reading, refused, look(reading, refused, matter), matter)),
        ),
      ),
  }
}

/** Of two users one need not see what the other placed: only what is seen says anything. */
function sightOf(
  { number }: Reading,
  { placing, coId }: RefusedPlacing,
  seen: Seen | undefined,
  matter: Matter,
): Sight {
  if (seen === undefined) return undefined
  if (seen === 'absent') return isOfOneUser(matter) ? 'held' : undefined
  const { status } = placing.reading
  return {
    orderId: idOf(seen.there.orderId) ?? '',
    detail: `client id ${coId} was refused with ${status}, and is there ${seen.where}`,
    exchanges: [placing.reading.number, number],
  }
}

const found = ({ body }: Reading, coId: string) =>
  elementsOf(body).find((fields) => fields.coId === coId)

/** Where the query by client id lives is setting 23: a 404 tells only where it was seen to live. */
const isKnownPath = ({ readings }: Matter) =>
  readings.some(({ operation, isSuccess }) => operation === 'queryOrders' && isSuccess)

/** What was refused is not there, wherever one looks. */
export const absentRules: readonly Rule[] = [
  absentRule(
    'absent-by-client-id',
    'There is no order under the client id of a placing that was refused with 4xx.',
    (reading, { coId }, matter) => {
      if (reading.operation !== 'queryOrders' || reading.params.coId !== coId) return undefined
      const there = reading.isSuccess ? found(reading, coId) : undefined
      if (there) return { there, where: 'when it is queried' }
      return isNothing(reading) && isKnownPath(matter) ? 'absent' : undefined
    },
  ),
  absentRule(
    'absent-by-server-id',
    'No server id leads to an order of a placing that was refused with 4xx, not even one that the refusal names.',
    (reading, { placing, coId }) => {
      if (reading.operation !== 'queryOrder') return undefined
      const there = reading.isSuccess ? found(reading, coId) : undefined
      if (there) return { there, where: `under server id ${reading.params.id}` }
      const { body } = placing.reading
      const named = isFields(body) ? idOf(body.orderId) : undefined
      return named !== undefined && named === reading.params.id && isNothing(reading)
        ? 'absent'
        : undefined
    },
  ),
  absentRule(
    'absent-active',
    'What was refused with 4xx is not among the active orders.',
    (reading, { coId }) => {
      const { operation, params, isSuccess, body } = reading
      if (operation !== 'queryOrders' || params.coId !== undefined || !isSuccess) return undefined
      const there = found(reading, coId)
      if (there) return { there, where: 'among the active orders' }
      return Array.isArray(body) ? 'absent' : undefined
    },
  ),
  absentRule(
    'absent-trades',
    'What was refused with 4xx has no trade, however long one waits.',
    (reading, { coId, placing }, { bounds }) => {
      const there = isDownload(reading) ? found(reading, coId) : undefined
      if (there) return { there, where: `as trade ${idOf(there.tradeId)}` }
      // A trade that there were would have had its time by then.
      const waitedMs = reading.exchange.at - placing.reading.doneAt
      return isEmptyDownload(reading) && waitedMs >= bounds.tradeWithinMs ? 'absent' : undefined
    },
  ),
]
