import { describe, it } from 'node:test'
import { assert } from 'chai'
import { Journal } from '../../src/mocks/server/journal.ts'
import { JournalBudget } from '../../src/mocks/server/journal-budget.ts'

const action = { at: 0, receivedAt: 0, action: 'moveMarket', details: { pips: 1 } }

describe('The budget of journals', () => {
  it('is not charged for what comes to a journal that was closed', () => {
    const budget = new JournalBudget(10)
    const closed = new Journal(budget)
    closed.note(action)
    closed.close()
    for (let count = 0; count < 20; count++) closed.note(action)
    assert.deepEqual([closed.size, closed.last], [0, 21])
    const open = new Journal(budget)
    for (let count = 0; count < 10; count++) open.note(action)
    assert.deepEqual([open.size, open.forgotten], [10, 0])
  })
})
