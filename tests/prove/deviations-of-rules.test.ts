import { describe, it } from 'node:test'
import { assert } from 'chai'
import { allTrials, isDeviation } from '../../src/cli/prove/trial.ts'
import { catalogue } from '../../src/evidence/rules/catalogue.ts'
import { lifecycleArrows } from '../../src/machines/lifecycle-rules.ts'
import { deviations } from '../../src/mocks/deviations/deviations.ts'

const arrows = lifecycleArrows.map(({ id }) => id)
const known = catalogue.map(({ id }) => id)

describe('the deviations', () => {
  it('are at least 60', () => {
    assert.isAtLeast(deviations.length, 60)
  })

  it('have ids of their own, which no permitted variation has', () => {
    const ids = allTrials.map(({ id }) => id)
    assert.deepEqual(
      ids.filter((id, at) => ids.indexOf(id) !== at),
      [],
    )
    assert.lengthOf(allTrials.filter(isDeviation), deviations.length)
  })

  it('each break a rule that there is, and that an answer can break', () => {
    const wrong = deviations.filter(
      ({ breaks }) => !known.includes(breaks) || arrows.includes(breaks),
    )
    assert.deepEqual(
      wrong.map(({ id }) => id),
      [],
    )
  })

  it('each say what the simulation does, in a sentence', () => {
    for (const { id, sentence } of deviations) assert.match(sentence, /^[A-Z].{15,}\.$/s, id)
  })

  it('break every must rule that an answer can break', () => {
    const broken = new Set(deviations.map(({ breaks }) => breaks))
    const untried = catalogue
      .filter(({ id, severity }) => severity === 'must' && !arrows.includes(id) && !broken.has(id))
      .map(({ id }) => id)
    assert.deepEqual(untried, [])
  })
})
