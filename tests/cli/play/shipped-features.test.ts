import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { loadPlay } from '../../../src/cli/play/load-play.ts'
import type { PlayScenario } from '../../../src/cli/play/play-script.ts'
import { vocabulary } from '../../../src/cli/play/vocabulary.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'
import { PlayedSimulation } from './played-simulation.ts'
import { perform } from './robot.ts'

const ROOT = join(import.meta.dirname, '..', '..', '..')

const playable: PlayScenario[] = []
const refusals: string[] = []
for (const file of globSync('features/**/*.feature', { cwd: ROOT }).sort()) {
  if (await isLoaded(file)) continue
  for (const place of placesIn(file)) await isLoaded(place)
}

/** Whether it can be played; if not, it is noted why. */
async function isLoaded(path: string): Promise<boolean> {
  try {
    playable.push(...(await loadPlay([path], { cwd: ROOT })).scenarios)
    return true
  } catch (error) {
    assert.instanceOf(error, UsageError)
    refusals.push(...error.message.split('\n'))
    return false
  }
}

/** Where each scenario of a file stands; an outline once. */
function placesIn(file: string): string[] {
  return readFileSync(join(ROOT, file), 'utf8')
    .split('\n')
    .flatMap((line, index) => (/^\s*Scenario/.test(line) ? [`${file}:${index + 1}`] : []))
}

describe('A client that does what a scenario says', () => {
  for (const scenario of playable) {
    it(`is told what it says: ${scenario.place} ${scenario.name}`, async () => {
      const { play, ...played } = await actOut(scenario)
      const { state, scenarios } = play.progress()
      assert.equal(state, 'over', played.lines.join('\n'))
      assert.deepEqual(scenarios[0]?.deviations, [])
      const wrong = scenarios[0]?.steps.filter((step) => !WELL.includes(step.state))
      assert.deepEqual(wrong, [])
    })
  }
})

/** How a step stands that went as the scenario says. */
const WELL: readonly string[] = ['done', 'seen', 'not watched']

async function actOut(scenario: PlayScenario): Promise<PlayedSimulation> {
  const played = new PlayedSimulation({ scenarios: [scenario] })
  await played.play.begin()
  await perform(scenario, played)
  await played.play.settled()
  // What only the client's going on proves right is proved by that.
  if (played.play.progress().state === 'playing') await played.play.skip()
  return played
}

describe('The shipped features', () => {
  it('can be played but for what is about models, tokens of the harness, and other firms', () => {
    const reasons = new Map<string, number>()
    for (const refusal of refusals) {
      const [, why] =
        /^features\/[\w/-]+\.feature:\d+: step ".*" cannot be played: (.*); leave its scenario out\.$/.exec(
          refusal,
        ) ?? []
      assert(why !== undefined, refusal)
      reasons.set(why, (reasons.get(why) ?? 0) + 1)
    }
    assert.sameMembers(
      [...reasons.keys()],
      [
        'it is about the models, and no client does anything',
        'it is about how the client passes its token on',
        'it is about a token that the client would not have',
        'a play has the clients of one organisation',
      ],
    )
  })

  it('stage everything that the vocabulary can stage', async () => {
    const { meanings } = await vocabulary()
    const texts = playable.flatMap(({ steps }) => steps.map(({ text }) => text))
    const unused = [...meanings.values()].filter(
      ({ stages, roles, matches }) =>
        stages.length > 0 && roles.unplayable === undefined && !texts.some(matches),
    )
    assert.deepEqual(
      unused.map(({ pattern }) => pattern),
      [],
    )
  })
})
