import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Behaviour } from '../stand-in/behaviour.ts'
import { assertClean, notVerified } from './uat/clean.ts'
import { atUat } from './uat/uat.ts'

/*
 * The generated scenarios on an endpoint: those that stage nothing pass, whatever of the permitted it
 * does; what it does differently where no document decides is not verified, and no failure.
 */

const PATHS = 'features/orders/order-paths.feature'
/** Scenarios that stage nothing. */
const OPEN = 14

interface Variation {
  readonly title: string
  readonly behaviour: Partial<Behaviour>
  readonly notVerified: Readonly<Record<string, number>>
}

const variations: readonly Variation[] = [
  {
    title: 'that skips NEW, tells RECEIVED again, and takes every cancellation on',
    behaviour: { skipNew: true, receivedAgain: 1, unknownOrder: 200, cancelTooLate: 202 },
    notVerified: {},
  },
  {
    title: 'that lets a client id be used twice, and rejects later what is not well made',
    behaviour: { duplicateCoId: 'accept', rejectInvalid: 'rejectOnQuery' },
    notVerified: {
      'a client id can be used twice here: the same placing made order … as well, which became NEW': 3,
      'the order was taken on (202), and REJECTED when it was queried': 2,
    },
  },
]

describe('the paths of the models, on an endpoint', { concurrency: 2 }, () => {
  for (const { title, behaviour, notVerified: expected } of variations) {
    it(title, () =>
      atUat(behaviour, async (uat) => {
        const verdict = await assertClean(uat, await uat.verify([PATHS]))
        assert.deepEqual(notVerified(verdict), new Map(Object.entries(expected)))
        const open = Object.values(expected).reduce((sum, count) => sum - count, OPEN)
        assert.equal(verdict.scenarios.passed, open)
        // What was bought was sold again: nothing of it stays in the books.
        const orders = await uat.standIn.admin.orders()
        const filled = orders.filter(({ status }) => status === 'FILLED')
        const sides = filled.map(({ terms }) => String(terms.side))
        assert.sameMembers(sides, ['Buy', 'Sell', 'Buy', 'Sell'])
        assert.lengthOf(new Set(filled.map(({ size }) => size)), 1)
      }),
    )
  }
})
