import type { Backend, SimulationControl } from '../../../src/backends/backend.ts'
import { createSimulationBackend } from '../../../src/backends/simulation-backend.ts'
import type { PlayScenario } from '../../../src/cli/play/play-script.ts'
import { type StepMeaning, vocabulary } from '../../../src/cli/play/vocabulary.ts'
import { recordingFetch } from '../../../src/evidence/recording-fetch.ts'
import type { PlayedSimulation } from './played-simulation.ts'

const { meanings } = await vocabulary()
// Not before: what defines something may be imported only while the vocabulary is loaded.
const { TradingWorld } = await import('../../../src/steps/world.ts')

/**
 * Does what the trader of a scenario does, and asserts what the scenario asserts, with the code of the
 * steps themselves. It stages nothing: its control does not do what it is told.
 */
export async function perform(scenario: PlayScenario, played: PlayedSimulation): Promise<void> {
  const own = createSimulationBackend({ seed: 'robot' })
  const fetch = recordingFetch(played.fetch, own.transcript, played.clock)
  const backend: Backend = {
    ...own,
    ...{ clock: played.clock, control: idle(played), agreed: played.agreed },
    credentialsOf: (name) => played.credentialsOf(name),
    connect: (credentials, transport) => played.connect(credentials, { transport, fetch }),
  }
  class Robot extends TradingWorld {
    override get backend(): Backend {
      return backend
    }
  }
  const nothing = (() => {}) as never
  const parameters = { settings: scenario.settings }
  const robot = new Robot({ attach: nothing, log: nothing, link: nothing, parameters })
  for (const { text } of scenario.steps) {
    const { code, read } = meaningOf(text)
    await code.call(robot, ...read(text).args)
  }
}

function meaningOf(text: string): StepMeaning {
  const [found, ...others] = [...meanings.values()].filter(({ matches }) => matches(text))
  if (found && others.length === 0) return found
  throw new Error(`There should be one definition of "${text}".`)
}

function idle(played: PlayedSimulation): SimulationControl {
  const nothing = async (): Promise<void> => {}
  return {
    ...{ scriptOutcome: nothing, proceed: nothing, freezeMarket: nothing, moveMarket: nothing },
    ...{ setMarketSize: nothing, withdrawPrices: nothing, passTime: nothing },
    ...{ expireTokens: nothing, stageFault: nothing },
    enrol: async ({ name }) => played.credentialsOf(name),
  }
}
