import { describe, it } from 'node:test'
import { assert } from 'chai'
import { Journal } from '../../src/mocks/server/journal.ts'
import { JournalBudget } from '../../src/mocks/server/journal-budget.ts'

const action = { at: 0, receivedAt: 0, action: 'freezeMarket', details: {} }

describe('a journal that is closed', () => {
  it('keeps nothing more, so that the others have all the room', () => {
    const budget = new JournalBudget({ entries: 10, weight: 1e9 })
    const closed = new Journal(budget)
    const open = new Journal(budget)
    closed.note(action)
    closed.close()
    for (let late = 0; late < 20; late++) closed.note(action)
    for (let each = 0; each < 10; each++) open.note(action)
    assert.deepEqual([open.size, open.forgotten], [10, 0])
    assert.equal(closed.size, 0)
  })
})
