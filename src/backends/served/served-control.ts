import type { Credentials } from '../../api/client/options.ts'
import type { OrganisationControl } from '../../mocks/server/control/connect-to-server.ts'
import { ControlError } from '../../mocks/server/control/control-error.ts'
import type { NewTrader, SimulationControl } from '../simulation-control.ts'

export interface ServedControlParts {
  /** The scenario's. */
  readonly organisation: OrganisationControl
  readonly passTime: (ms: number) => Promise<void>
  readonly enrol: (trader: NewTrader) => Promise<Credentials>
  /** Told of each fault before it is staged. */
  readonly disturbing: () => void
}

/** The means of staging, over the control API. */
export function servedControl(parts: ServedControlParts): SimulationControl {
  const { organisation, passTime, enrol, disturbing } = parts
  return {
    scriptOutcome: async (coId, outcome) => {
      await organisation.scriptOutcome({ match: { coId }, next: 'always', outcome })
    },
    proceed: async (orderId) => {
      try {
        await organisation.proceedOrder({ orderId })
      } catch (error) {
        // An order that cannot proceed stays as it is, as in process.
        if (!(error instanceof ControlError && error.status === 404)) throw error
      }
    },
    freezeMarket: () => organisation.freezeMarket(),
    moveMarket: (symbol, pips) => organisation.moveMarket({ symbol, pips }),
    setMarketSize: (symbol, amount) => organisation.setSize({ symbol, amount }),
    withdrawPrices: () => organisation.withdrawPrices({}),
    passTime,
    expireTokens: () => organisation.expireTokens(),
    stageFault: async (fault) => {
      disturbing()
      await organisation.stageFault(fault)
    },
    enrol,
  }
}
