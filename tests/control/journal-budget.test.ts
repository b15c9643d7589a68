import { describe, it } from 'node:test'
import { assert } from 'chai'
import { Journal } from '../../src/mocks/server/journal.ts'
import { JournalBudget } from '../../src/mocks/server/journal-budget.ts'
import { MOST_KEPT } from '../../src/mocks/server/kept-body.ts'
import { limitsSchema } from '../../src/mocks/server/limits.ts'
import { open } from './open.ts'

const action = { at: 0, receivedAt: 0, action: 'moveMarket', details: { pips: 1 } }

describe('The budget of journals', () => {
  it('is not charged for what comes to a journal that was closed', () => {
    const budget = new JournalBudget({ entries: 10, weight: 1e9 })
    const closed = new Journal(budget)
    closed.note(action)
    closed.close()
    for (let count = 0; count < 20; count++) closed.note(action)
    assert.deepEqual([closed.size, closed.last], [0, 21])
    const open = new Journal(budget)
    for (let count = 0; count < 10; count++) open.note(action)
    assert.deepEqual([open.size, open.forgotten], [10, 0])
  })
  it('takes no more memory where as much is forgotten as is noted', (test) => {
    const journal = new Journal(new JournalBudget({ entries: 1e6, weight: 2 ** 21 }))
    const note = () => journal.note({ ...action, details: 'x'.repeat(500) })
    for (let count = 0; count < 10_000; count++) note()
    const made = test.mock.method(Buffer, 'allocUnsafeSlow')
    for (let count = 0; count < 10_000; count++) note()
    assert.isAbove(journal.forgotten, 10_000)
    assert.equal(made.mock.callCount(), 0)
  })
  it('is charged for no call that was forgotten while it was under way', () => {
    const journal = new Journal(new JournalBudget({ entries: 10, weight: 1e9 }))
    const request = { method: 'GET', target: '/v2/orders/1', rawHeaders: [], body: '' }
    const answer = { status: 200, headers: [], text: '{}' }
    const slow = journal.call({ operation: undefined, at: 0, receivedAt: 0 }, request, { answer })
    for (let count = 0; count < 10; count++) journal.note(action)
    assert.deepEqual([journal.size, journal.forgotten], [9, 2])
    const { weight } = journal
    journal.completed(slow)
    assert.equal(journal.weight, weight)
    journal.forget({ entries: 10, weight: 0 })
    assert.equal(journal.weight, 0)
  })
  it('counts what entries take: the largest journal forgets its oldest', async (t) => {
    const limits = limitsSchema.parse({ journalBytes: 200_000 })
    const { server, org } = await open(t, { limits })
    const send = (name: string, characters: number) =>
      fetch(`${server.origin}/_simulation/organisations/${name}/api/v2/orders`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify('x'.repeat(characters)),
      })
    for (const name of ['Small', 'Large']) await org(name).reset()
    await send('Small', 10)
    for (let count = 0; count < 20; count++) await send('Large', 20_000)
    const [small, large] = ['Small', 'Large'].map((name) => server.venues.find(name)?.journal)
    assert.deepEqual([small?.size, small?.forgotten, large?.last], [2, 0, 21])
    assert.isAtLeast(large?.forgotten ?? 0, 21 - 200_000 / 20_000)
    assert.isAtMost((small?.weight ?? 0) + (large?.weight ?? 0), 200_000)
    // Strays are no exception.
    for (let count = 0; count < 20; count++)
      await fetch(`${server.origin}/v2/orders?${'x'.repeat(10_000)}`)
    const { nowhere } = server.venues
    assert.isAtMost(nowhere.journal.weight + (large?.weight ?? 0), 200_000)
    assert.isAbove(nowhere.journal.forgotten, 0)
  })

  it('keeps no more of a body than its beginning, and shows no half of a secret', async (t) => {
    const { server, app, org } = await open(t)
    const client = app('Acme')
    await client.login()
    const token = client.session?.token.reveal() ?? assert.fail('There is no token.')
    const before = 'x'.repeat(MOST_KEPT - token.length / 2)
    await fetch(`${server.origin}/v2/orders`, {
      method: 'POST',
      headers: { SSO_TOKEN: token },
      body: `${before}${token}${'y'.repeat(400_000)}`,
    })
    const [, kept] = server.venues.find('Acme')?.journal.after(0) ?? []
    assert.lengthOf(kept?.kind === 'call' ? kept.body : '', MOST_KEPT)
    const [, shown] = (await org('Acme').showJournal()).entries
    const { body } = Object(shown?.request)
    assert.match(body, /^x+… \(465\d{3} characters in all\)$/)
  })
})
