import type { OutcomeScript } from '../../backends/replay/outcome-script.ts'
import { ReplayedPlacings } from '../../backends/replay/replayed-placings.ts'
import type { Companion } from '../../mocks/server/companion.ts'
import type { Venue } from '../../mocks/server/venue.ts'

/** Has the placings at one organisation end as they did in a recording. */
export function replayCompanion(script: OutcomeScript, venue: Venue): Companion {
  const placings = new ReplayedPlacings(script)
  return {
    settled: () => Promise.resolve(),
    before: ({ operation, call }) => {
      if (operation !== 'placeOrder') return
      const { exchange, faults } = venue
      const placing = placings.stage(call.body, { outcomes: exchange.outcomes, faults })
      if (placing) venue.note('replay', placing)
    },
    progress: () => placings.progress(),
  }
}
