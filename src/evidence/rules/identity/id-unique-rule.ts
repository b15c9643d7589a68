import { isOfOneUser } from '../../reading/matter.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

/** Whether placing again under the same client id brings a second order is setting 20. */
export const idUniqueRule: Rule = {
  id: 'order.id-unique',
  family: 'Identity',
  sentence: 'Placings that are accepted under different client ids get different server ids.',
  source: { section: '2.4', mark: 'seed' },
  code: 'id-twice',
  check: (matter) => {
    const accepted = isOfOneUser(matter)
      ? matter.placings.filter(({ orderId, coId }) => orderId !== undefined && coId !== undefined)
      : []
    return resultOf(
      accepted.map(({ orderId = '', coId, reading }, at): Sight => {
        const others = accepted.slice(0, at).filter((other) => other.coId !== coId)
        const same = others.find((other) => other.orderId === orderId)
        if (!same) return others.length > 0 ? 'held' : undefined
        const detail = `client ids ${same.coId} and ${coId} were both placed as ${orderId}`
        return { orderId, detail, exchanges: [same.reading.number, reading.number] }
      }),
    )
  },
}
