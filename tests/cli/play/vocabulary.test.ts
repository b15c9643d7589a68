import { describe, it } from 'node:test'
import { assert } from 'chai'
import { vocabulary } from '../../../src/cli/play/vocabulary.ts'

const { meanings } = await vocabulary()
const all = [...meanings.values()]

describe('The vocabulary of scenarios', () => {
  it('says of every step what it is to somebody who acts it out', () => {
    assert.isAbove(all.length, 100)
    const forgotten = all.filter(
      ({ stages, roles, isThen }) =>
        stages.length === 0 && !roles.cue && !isThen && roles.unplayable === undefined,
    )
    assert.deepEqual(
      forgotten.map(({ pattern }) => pattern),
      [],
      'Say what these are: needs(…), cue(…) or unplayable(…).',
    )
  })

  it('has no step that is two things at once', () => {
    const torn = all.filter(
      ({ stages, roles, isThen }) =>
        (roles.cue && roles.watch) ||
        (isThen && (roles.cue || stages.length > 0)) ||
        (roles.unplayable !== undefined && (roles.cue ?? roles.watch) !== undefined) ||
        (!isThen && roles.watch),
    )
    assert.deepEqual(
      torn.map(({ pattern }) => pattern),
      [],
    )
  })
})
