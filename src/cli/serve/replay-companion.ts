import type { OutcomeScript } from '../../backends/replay/outcome-script.ts'
import { ReplayedPlacings, type StagedPlacing } from '../../backends/replay/replayed-placings.ts'
import type { Companion } from '../../mocks/server/companion.ts'
import type { Venue } from '../../mocks/server/venue.ts'

/** Has the placings at one organisation end as they did in a recording. */
export function replayCompanion(script: OutcomeScript, venue: Venue): Companion {
  const placings = new ReplayedPlacings(script)
  let staged: StagedPlacing | undefined
  return {
    settled: () => Promise.resolve(),
    before: ({ operation, call }) => {
      if (operation !== 'placeOrder') return
      const { exchange, faults } = venue
      staged = placings.stage(call.body, { outcomes: exchange.outcomes, faults })
      if (staged) venue.note('replay', staged.placing)
    },
    after: ({ operation, delivery: { answer } }) => {
      if (operation !== 'placeOrder' || !staged) return
      const isOrder = answer !== 'cut' && answer.status === 202
      if (!staged.handled(isOrder)) venue.note('replay.withdrawn', staged.placing)
      staged = undefined
    },
    progress: () => placings.progress(),
  }
}
