import { isDeepStrictEqual } from 'node:util'
import type { Agreed } from '../../backends/backend.ts'
import { anyToken } from '../../mocks/http/token-carriers.ts'
import type { Companion } from '../../mocks/server/companion.ts'
import type { IncomingCall } from '../../mocks/server/incoming-call.ts'
import type { Venue } from '../../mocks/server/venue.ts'
import { clientEventOf } from '../play/client-event-of.ts'
import { Play } from '../play/play.ts'
import type { PlayScenario, PlayScript } from '../play/play-script.ts'
import { venueControl } from './venue-control.ts'

/** What scenarios trade at a server that name neither pair nor amount: an app chooses for itself. */
const agreed: Agreed = { symbol: 'EUR/USD', smallSize: 10_000, minSize: 1_000 }

/** Acts a script out at one organisation, from its beginning on. */
export function playCompanion(
  script: PlayScript,
  venue: Venue,
  say: (line: string) => void,
): Companion {
  const ordinary = venue.options.settings
  let assumed: PlayScenario['settings'] = {}
  const play = new Play(script, {
    ...{ control: venueControl(venue), agreed },
    scriptNextOutcome: async (outcome) => {
      venue.exchange.outcomes.stage({ match: {}, next: 1, outcome })
      venue.note('scriptOutcome', { match: {}, outcome, by: 'play' })
    },
    beginScenario: async (scenario) => {
      const settings = scenario?.settings ?? {}
      venue.note('play', { scenario: scenario?.place ?? 'over' })
      if (!isDeepStrictEqual(settings, assumed)) {
        venue.restage({ ...ordinary, ...settings })
        assumed = settings
        return 'sessions ended'
      }
      venue.exchange.outcomes.clear()
      venue.faults.clear()
      venue.exchange.market.restore()
      venue.exchange.market.thaw()
      return 'sessions kept'
    },
    onProgress: (line) => say(`${venue.name}: ${line}`),
  })
  // The first call waits for what the first scenario stages.
  const begun = play.begin()
  return {
    settled: () => begun.then(() => play.settled()),
    after: ({ operation, call, delivery, number }) => {
      const user = userOf(call, venue)
      const event = clientEventOf({
        ...{ operation, at: venue.clock.now(), exchange: number, delivery },
        request: { query: call.query, params: call.params, body: call.body },
        ...(user !== undefined && { user }),
      })
      void play.receive(event)
    },
    progress: () => play.progress(),
  }
}

/** Who calls: as a login says, or as the token was issued to. */
function userOf({ headers, body }: IncomingCall, { exchange }: Venue): string | undefined {
  const token = anyToken(headers)
  const holder = token === undefined ? undefined : exchange.sessions.holderOf(token)
  return holder?.name ?? nameIn(body)
}

function nameIn(body: string): string | undefined {
  try {
    const { user } = Object(JSON.parse(body)) as { readonly user?: unknown }
    return typeof user === 'string' ? user : undefined
  } catch {
    return undefined
  }
}
