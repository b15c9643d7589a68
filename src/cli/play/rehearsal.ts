import type { Agreed, Outcome } from '../../backends/backend.ts'
import type { SimulationControl } from '../../backends/simulation-control.ts'
import type { StagingWorld } from '../../backends/staging-world.ts'
import { parseOutcome } from '../../mocks/exchange/outcome.ts'
import { readFault } from '../../mocks/http/fault.ts'
import { messageOf } from '../usage-error.ts'
import type { PlayScenario } from './play-script.ts'

const agreed: Agreed = { symbol: 'EUR/USD', smallSize: 1, minSize: 1 }

/** Checks what is staged, and does nothing. */
const control: SimulationControl = {
  scriptOutcome: async (_coId, outcome) => void parseOutcome(outcome),
  proceed: async () => {},
  freezeMarket: async () => {},
  moveMarket: async () => {},
  setMarketSize: async () => {},
  withdrawPrices: async () => {},
  passTime: async () => {},
  expireTokens: async () => {},
  stageFault: async (fault) => void readFault(fault),
  enrol: async ({ name }) => ({ user: name, password: '', org: '' }),
}

/**
 * Goes through what a scenario stages without doing it, so that what cannot be staged is known before a
 * client connects.
 *
 * @returns One sentence per step that cannot be staged, with its place.
 */
export async function rehearse({ steps, settings }: PlayScenario): Promise<string[]> {
  const problems: string[] = []
  const world: StagingWorld = {
    control,
    backend: { agreed },
    set nextOutcome(outcome: Outcome | undefined) {
      if (outcome) parseOutcome(outcome)
    },
    setting: (name) => settings[name],
    enrol: control.enrol,
    keepSession: () => {},
  }
  for (const step of steps) {
    if (step.kind !== 'staging') continue
    try {
      await step.stage(world)
    } catch (error) {
      problems.push(`${step.place}: step "${step.text}" cannot be staged: ${messageOf(error)}`)
    }
  }
  return problems
}
