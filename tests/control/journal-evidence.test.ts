import { describe, it } from 'node:test'
import { assert } from 'chai'
import { journalReader } from '../../src/cli/serve/journal-evidence.ts'
import { open } from './open.ts'

describe('The journal as it is shown', () => {
  for (const password of ['{"pips":', '"moveMarket"', '":{"', '\\"kind\\":', '"},{"'])
    it(`takes a password for nothing but a secret: ${password}`, async (t) => {
      const { org } = await open(t)
      const acme = org('Acme')
      await acme.enrolUser({ user: 'ada', password })
      await acme.moveMarket({ pips: 3 })
      await acme.scriptOutcome({
        match: { coId: 'one' },
        outcome: { kind: 'reject after NEW', reason: `not ${password}, please` },
      })
      const [enrolled, moved, scripted] = (await acme.showJournal()).entries
      assert.deepEqual(enrolled?.details, { user: 'ada', mayTrade: true })
      assert.deepEqual(moved?.details, { pips: 3 })
      assert.deepEqual(Object(scripted?.details).outcome, {
        kind: 'reject after NEW',
        reason: 'not ‹redacted›, please',
      })
    })
  it('hides the passwords of very many guests, whoever quotes them', async (t) => {
    const { server, app, org } = await open(t)
    const passwordOf = (guest: number) => `"${guest}" & a pass/word of 100%`
    const at = `${server.origin}/_simulation/organisations/Acme/api/v2`
    const login = (guest: number) =>
      fetch(`${at}/sso/login`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ user: `guest-${guest}`, pass: passwordOf(guest), org: 'Acme' }),
      })
    await app('Acme').login()
    await fetch(`${at}/orders/${encodeURIComponent(passwordOf(77))}`)
    for (let guest = 0; guest < 100; guest++) await login(guest)
    const acme = org('Acme')
    const { entries } = await acme.showJournal()
    assert.notInclude(JSON.stringify(entries), 'pass/word')
    assert.notInclude(JSON.stringify(entries), 'pass%2Fword')
    assert.match(Object(entries[1]?.request).url, /‹redacted›$/)
    // The same whichever part is looked at, and however often.
    const [part] = (await acme.showJournal({ after: 50, most: 1 })).entries
    assert.deepEqual(part, entries[50])
    await login(3)
    const [again] = (await acme.showJournal({ after: 102 })).entries
    assert.equal(again?.password, entries[5]?.password)
  })

  it('looks at what came in since the last look, and shows what is asked for', async (t) => {
    const { server } = await open(t)
    const venue = server.venues.open('Acme')
    const { journal } = venue
    const looked: number[] = []
    const when = { at: 0, receivedAt: 0, operation: undefined }
    const call = { method: 'GET', target: '/', body: '', rawHeaders: [] }
    for (let count = 0; count < 100; count++) {
      const entry = journal.call(when, call, { answer: 'cut' })
      Object.defineProperty(entry, 'rawHeaders', {
        get: () => {
          looked.push(entry.number)
          return []
        },
      })
    }
    const reader = journalReader(() => '')
    reader.show(venue, journal.after(0, 1))
    assert.lengthOf(looked.splice(0), 101)
    reader.show(venue, journal.after(40, 2))
    assert.deepEqual(looked, [41, 42])
  })
})
