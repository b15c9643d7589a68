import type { Source } from '../../../api/contract/common.ts'
import { decimalOf } from '../../reading/decimal.ts'
import type { Matter } from '../../reading/matter.ts'
import type { View } from '../../reading/own-orders.ts'
import type { Placing } from '../../reading/placing.ts'
import { isAboutTheRequest } from '../refused.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import {
  badExpiry,
  badNumber,
  type Flaw,
  foreignCurrency,
  missingField,
  unknownValue,
} from './ill-made.ts'

/** Where only an order can end that was taken for a good one. */
const TAKEN = ['FILLED', 'EXPIRED']

/** Whether it is refused at once or REJECTED later is setting 19. */
function illMadeRule(id: string, sentence: string, mark: Source['mark'], flawIn: Flaw): Rule {
  return {
    ...{ id: `placing.${id}`, family: 'Placing', sentence },
    source: { section: '2.4', mark },
    code: 'ill-made-taken',
    check: (matter) =>
      resultOf(
        matter.placings.map((placing) => {
          const flaw = flawIn(placing.sent)
          return flaw === undefined ? undefined : sightOf(placing, flaw, matter)
        }),
      ),
  }
}

function sightOf(placing: Placing, flaw: string, { orders }: Matter): Sight {
  const { result, reading } = placing
  const { status = 0 } = reading
  if (result === 'refused') return isAboutTheRequest(status) ? 'held' : undefined
  const order = orders.find((each) => each.placing === placing)
  const views = order?.views.filter(({ by }) => by === 'query') ?? []
  const taken = views.find((view) => TAKEN.includes(view.status) || isDealt(view))
  if (order && taken) {
    const dealt = TAKEN.includes(taken.status) ? '' : ` with ${taken.fields.cumQty} dealt`
    return {
      orderId: order.orderId,
      detail: `${flaw}: expected a refusal or REJECTED, received ${status || 'no answer'}, then ${taken.status}${dealt}`,
      exchanges: [reading.number, taken.reading.number],
    }
  }
  return views.some((view) => view.status === 'REJECTED') ? 'held' : undefined
}

function isDealt({ fields }: View): boolean {
  return decimalOf(fields.cumQty)?.gt(0) ?? false
}

/** An order that is not well made is refused at once, or REJECTED. */
export const illMadeRules: readonly Rule[] = [
  illMadeRule(
    'required-fields',
    'A placing without a field that its kind requires is refused, or its order REJECTED.',
    'reference',
    missingField,
  ),
  illMadeRule(
    'known-values',
    'A placing whose type, side or timeInForce is not on the documented list, in capitals or not, is refused, or its order REJECTED.',
    'inferred',
    unknownValue,
  ),
  illMadeRule(
    'numbers',
    'A placing whose size, or limit price, is no number above zero is refused, or its order REJECTED.',
    'inferred',
    badNumber,
  ),
  illMadeRule(
    'gtt',
    'A good-till-time placing without expiryTime, or with more than 86399 seconds, is refused, or its order REJECTED.',
    'reference',
    badExpiry,
  ),
  illMadeRule(
    'currency',
    'A placing whose currency is neither of its symbol is refused, or its order REJECTED.',
    'inferred',
    foreignCurrency,
  ),
]
