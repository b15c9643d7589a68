import { describe, it } from 'node:test'
import { assert } from 'chai'
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
})
