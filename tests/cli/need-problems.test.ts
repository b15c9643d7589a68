import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Capability } from '../../src/backends/backend.ts'
import { needs, needsOf } from '../../src/backends/needs.ts'
import type { Message } from '../../src/cli/cucumber-message.ts'
import { needProblems, needsByPlace } from '../../src/cli/need-problems.ts'

/** Steps by name, with what they need. */
const STEPS: Readonly<Record<string, readonly Capability[]>> = {
  plain: [],
  stages: ['move the market'],
  waits: ['pass time', 'use tokens'],
  probes: ['probe logins'],
}

const library = {
  stepDefinitions: Object.entries(STEPS).map(([id, [first, ...rest]]) => ({
    id,
    options: first === undefined ? {} : needs(first, ...rest),
  })),
}

/** The messages of a dry run of one scenario. */
function dryRun(line: number, steps: readonly string[], tags: readonly string[] = []): Message[] {
  const uri = 'features/a.feature'
  const pickle = {
    ...{ id: `p${line}`, uri, name: 'A', location: { line, column: 1 } },
    steps: steps.map((text, index) => ({ id: `${line}/${index}`, text })),
    tags: tags.map((name) => ({ name })),
  }
  const testSteps = [
    { id: 'hook', hookId: 'before' },
    ...steps.map((id, index) => ({
      ...{ id: `t${index}`, pickleStepId: `${line}/${index}`, stepDefinitionIds: [id] },
    })),
  ]
  const testCase = { id: `t${line}`, pickleId: pickle.id, testSteps }
  return [{ pickle }, { testCase }] as unknown as Message[]
}

describe('What a scenario needs', () => {
  it('is the sum over its steps, each once, by the place of the scenario', () => {
    const messages = [
      ...dryRun(3, ['plain']),
      ...dryRun(7, ['stages', 'waits', 'stages']),
      ...dryRun(11, ['plain', 'probes']),
    ]
    assert.deepEqual(needsByPlace(messages, library), {
      'features/a.feature:7': ['move the market', 'pass time', 'use tokens'],
      'features/a.feature:11': ['probe logins'],
    })
  })

  it('is read off the options of a step, and nothing else is taken for it', () => {
    assert.deepEqual(needsOf(needs('use tokens', 'pass time')), ['pass time', 'use tokens'])
    for (const wrapperOptions of [undefined, null, 'x', {}, { needs: 'use tokens' }]) {
      assert.deepEqual(needsOf({ wrapperOptions }), [])
    }
    assert.deepEqual(needsOf({ wrapperOptions: { needs: ['fly'] } }), [])
  })

  it('has to agree with the tag as far as it is staging', () => {
    const problems = (steps: readonly string[], ...tags: string[]) =>
      needProblems(dryRun(3, steps, tags), library)
    assert.deepEqual(problems(['plain']), [])
    assert.deepEqual(problems(['stages'], '@simulation-only'), [])
    // An endpoint can have it, with some configurations.
    assert.deepEqual(problems(['probes']), [])
    assert.match(problems(['probes'], '@simulation-only').join(), /an endpoint could run it/)
    assert.match(
      problems(['plain', 'waits']).join(),
      /^features\/a\.feature:3: scenario "A" needs a backend that can pass time \(step "waits"\): tag it/,
    )
  })
})
