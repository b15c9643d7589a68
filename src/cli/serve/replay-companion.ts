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
      const facts = fieldsOf(call.body)
      const coId = typeof facts.coId === 'string' ? facts.coId : ''
      const placing = placings.take({ ...facts, coId })
      if (placing === undefined) return
      if ('outcome' in placing) {
        venue.exchange.outcomes.stage({ match: { coId }, next: 1, outcome: placing.outcome })
      } else {
        venue.faults.stage({ ...placing.fault, ...(coId !== '' && { coId }) })
      }
      venue.note('replay', { coId, ...placing })
    },
    progress: () => placings.progress(),
  }
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>
  } catch {
    return {}
  }
}
