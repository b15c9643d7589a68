import { createIntegralClient } from '../../api/client/create-integral-client.ts'
import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import { DEFAULT_CLIENT_QUERY_PATH } from '../../api/contract/client-query-template.ts'
import { recordingFetch } from '../../evidence/recording-fetch.ts'
import { createRedactor } from '../../evidence/redaction.ts'
import { Transcript } from '../../evidence/transcript.ts'
import { type Backend, CAPABILITIES } from '../backend.ts'
import { NotVerifiedError } from '../not-verified-error.ts'
import type { Stage } from './stage.ts'
import { agreedBy, stagedBounds, stagedPatience } from './staged-terms.ts'
import { type ConnectedClient, WATCH_STEP, watchTheEnd } from './watch-the-end.ts'

/** A backend over a simulation: what all of them have in common, so that scenarios see no difference. */
export function createStagedBackend(stage: Stage): Backend {
  const { name, baseUrl, seed, settings, clock } = stage
  const queryByClientPath = settings['paths.queryByClient'] ?? DEFAULT_CLIENT_QUERY_PATH
  const redactor = createRedactor()
  const transcript = new Transcript({
    ...{ baseUrl, redactor },
    clientQuery: parseClientQueryPath(queryByClientPath),
  })
  const fetch = recordingFetch(stage.fetch, transcript, clock)
  // Where it accepts nothing else, every client goes by it: it is what a user would configure.
  const accepted = settings['auth.accept'] === 'cookie' ? 'cookie' : undefined
  let requests = 0
  const clients: ConnectedClient[] = []
  const connect: Backend['connect'] = (credentials, chosen) => {
    const tokenTransport = chosen ?? accepted
    redactor.learn(credentials.password)
    const client = createIntegralClient({
      ...{ baseUrl, clock, credentials, fetch, queryByClientPath },
      // Counted, so that the same seed gives the same transcript.
      newRequestId: () => `request-${++requests}`,
      ...(tokenTransport && { tokenTransport }),
    })
    clients.push({ credentials, client })
    return client
  }
  return {
    ...{ name, baseUrl, clock, transcript, connect },
    capabilities: new Set(CAPABILITIES),
    whyItLacks: (capability) => `the simulation cannot ${capability}`,
    agreed: agreedBy(seed),
    pricing: { throughPips: 0, awayPips: 0, awayFraction: 0 },
    patience: stagedPatience,
    bounds: stagedBounds,
    open: () => stage.open(),
    get lost() {
      return stage.lost()
    },
    noteStep: (text) => {
      transcript.step = text
    },
    redact: (text) => redactor.redact(text),
    credentialsOf: (who) => stage.credentialsOf(who),
    spareSession: async () => {
      const client = connect(stage.credentialsOf('Ada'))
      await client.login()
      return client.session
    },
    waitFor: (ms) => clock.sleep(ms),
    endsAt: Number.POSITIVE_INFINITY,
    takeArrivedTrades: () => [],
    noteDoubt: async () => {},
    clientId: (unique) => unique,
    control: stage.control,
    close: async () => {
      transcript.step = WATCH_STEP
      // Where nothing was placed there is nothing to watch.
      const hasPlaced = transcript.whole.some(({ operation }) => operation === 'placeOrder')
      try {
        if (hasPlaced && stage.lost() === undefined)
          await watchTheEnd(await stage.orders(), clock, clients, stagedBounds.tradeWithinMs)
      } catch (error) {
        // What is gone cannot be watched; `lost` says so.
        if (!(error instanceof NotVerifiedError)) throw error
      } finally {
        await stage.close()
      }
      return []
    },
  }
}
