import { describe, it } from 'node:test'
import { assert } from 'chai'
import { UsageError } from '../../../src/cli/usage-error.ts'
import { load, script, written } from './feature-files.ts'

/** The sentences with which loading is refused. */
async function refusalOf(loading: Promise<unknown>): Promise<string[]> {
  try {
    await loading
  } catch (error) {
    assert.instanceOf(error, UsageError)
    return error.message.split('\n')
  }
  return assert.fail('It should be refused.')
}

const refusalOfSteps = (steps: string) => refusalOf(script(steps))

describe('A feature to be played', () => {
  it('keeps its scenarios in their order, with the rows of an outline and the background', async () => {
    const path = written(`Feature: A
  Background:
    Given Ada is signed in

  Scenario: One
    When Ada gets a rate for the agreed pair

  Scenario Outline: <side>
    When the market <moves> 2 pips
    And Ada places a previously quoted order to <side> a small amount at that rate
    Then the order should be FILLED

    Examples:
      | side | moves |
      | buy  | falls |
      | sell | rises |
`)
    const { scenarios } = await load(path)
    assert.deepEqual(
      scenarios.map(({ place, name }) => `${place} ${name}`),
      [`${path}:5 One`, `${path}:15 buy`, `${path}:16 sell`],
    )
    assert.deepEqual(
      scenarios[1]?.steps.map(({ kind, place }) => `${place} ${kind}`),
      [`${path}:3 cue`, `${path}:9 staging`, `${path}:10 cue`, `${path}:11 check`],
    )
    const one = await load(`${path}:16`)
    assert.deepEqual(
      one.scenarios.map(({ name }) => name),
      ['sell'],
    )
  })

  it('needs no tag', async () => {
    const { scenarios } = await script(`
    Given the simulation assumes "rate.singleUse" is false
    When Ada gets a rate for the agreed pair`)
    assert.deepEqual(scenarios[0]?.settings, { 'rate.singleUse': false })
  })

  it('is refused where a step is not of the vocabulary, with its file and line', async () => {
    const [sentence, ...others] = await refusalOfSteps(`
    Given Ada is signed in
    And the moon falls 25 pips`)
    assert.match(
      sentence ?? '',
      /^\d+\.feature:5: step "the moon falls 25 pips" is not defined: correct its wording, or define it\.$/,
    )
    assert.isEmpty(others)
  })

  it('is refused where steps make no sense there, all at once', async () => {
    const sentences = await refusalOfSteps(`
    Given Ada passes the token on as a cookie
    And Max of another firm is signed in
    And Ada holds a second token, and leaves it unused
    Then the trading workflow should begin signedOut`)
    assert.deepEqual(
      sentences.map((each) => each.replace(/^\d+\.feature/, 'f')),
      [
        'f:4: step "Ada passes the token on as a cookie" cannot be played: it is about how the client passes its token on; leave its scenario out.',
        'f:5: step "Max of another firm is signed in" cannot be played: a play has the clients of one organisation; leave its scenario out.',
        'f:6: step "Ada holds a second token, and leaves it unused" cannot be played: it is about a token that the client would not have; leave its scenario out.',
        'f:7: step "the trading workflow should begin signedOut" cannot be played: it is about the models, and no client does anything; leave its scenario out.',
      ],
    )
  })

  const impossible: readonly [step: string, why: RegExp][] = [
    [
      'the server will fail the next placing with 404',
      /:4: step ".*" cannot be staged: The simulation can fail with 500 or 503, not 404/,
    ],
    [
      'a gateway will answer the next placing with 500, after it is taken',
      /:4: step ".*" cannot be staged: A gateway answers with 502 or 504, not 500/,
    ],
    [
      'the next 0 queries by client id will get no answer',
      /:4: step ".*" cannot be staged: Failed to stage a fault: its times is wrong/,
    ],
    [
      'the next order will be filled in parts of 60% and 70%',
      /:4: step ".*" cannot be staged: Failed to script an outcome: shares/,
    ],
    [
      'only 0% of the next order will be filled',
      /:4: step ".*" cannot be staged: Failed to script an outcome: shares/,
    ],
    ['the simulation assumes "no.such" is 1', /:2: scenario "number 1": .*no\.such/],
    ['the simulation assumes "rate.singleUse" is maybe', /:2: scenario "number 1": .*is no JSON/],
  ]
  for (const [step, why] of impossible) {
    it(`is refused where it stages what cannot be: ${step}`, async () => {
      const sentences = await refusalOfSteps(`
    Given ${step}
    When Ada is signed in`)
      assert.lengthOf(sentences, 1, sentences.join('\n'))
      assert.match(sentences[0] ?? '', why)
    })
  }

  it('is refused where nothing can be read, or there is nothing to play', async () => {
    const broken = written('Feature: A\n  Scenario: B\n    Given x\n    nonsense\n')
    assert.match(
      (await refusalOf(load(broken)))[0] ?? '',
      /^\d+\.feature:4: not readable as Gherkin/,
    )
    assert.match(
      (await refusalOf(load('none.feature')))[0] ?? '',
      /^There is no none\.feature: name a feature file, a directory or file:line\.$/,
    )
    const empty = written('Feature: A\n')
    assert.match((await refusalOf(load(empty)))[0] ?? '', /^Nothing to play: no scenario is in /)
    assert.match((await refusalOf(load()))[0] ?? '', /^Nothing to play/)
    assert.match(
      (await refusalOfSteps('    When the market falls 1 pips'))[0] ?? '',
      /:2: scenario "number 1" has nothing for a client to do: add a step of a trader\.$/,
    )
    const stepless = written('Feature: A\n  Scenario: B\n')
    assert.match(
      (await refusalOf(load(stepless)))[0] ?? '',
      /:2: scenario "B" has no steps: write some/,
    )
  })
})
