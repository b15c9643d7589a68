import type { SessionInfo } from '../../api/client/session-info.ts'
import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import type { Trade } from '../../api/contract/trades.ts'
import { createRedactor } from '../../evidence/redaction.ts'
import { Transcript } from '../../evidence/transcript.ts'
import type { Backend } from '../backend.ts'
import { NotVerifiedError } from '../not-verified-error.ts'
import { whyEndpointLacks } from './endpoint-capabilities.ts'
import { endpointPatience } from './endpoint-patience.ts'
import type { CallRequest, Reply, RunDesk } from './protocol.ts'
import { realClock } from './real-clock.ts'
import { remoteClient, revived } from './remote-client.ts'

export interface EndpointBackendOptions {
  readonly desk: RunDesk
  /** What tells this scenario from all others. */
  readonly key: string
  /** How the verdict names it. */
  readonly label: string
  /** The number of the worker that runs it, from 0. */
  readonly worker: number
}

/** One scenario's view of a run on an endpoint. What it asks for is done by the run's coordinator. */
export async function createEndpointBackend(options: EndpointBackendOptions): Promise<Backend> {
  const { desk, key, label, worker } = options
  const facts = await desk.facts(key, worker)
  const { settings, baseUrl, credentials, account, agreed, endsAt } = facts
  const redactor = createRedactor(facts.secrets)
  const transcript = new Transcript({
    baseUrl,
    redactor,
    clientQuery: parseClientQueryPath(settings['paths.queryByClient']),
  })
  let step: string | undefined
  let arrived: Trade[] = []
  const send = async (request: Omit<CallRequest, 'key' | 'step'>): Promise<Reply> => {
    const reply = await desk.call({ ...request, key, ...(step !== undefined && { step }) })
    for (const secret of reply.secrets) redactor.learn(secret)
    // Another scenario's call may have brought the token that all share.
    if (reply.session) redactor.learn(reply.session.token)
    arrived.push(...(reply.arrived ?? []))
    return reply
  }
  return {
    ...{ name: 'uat', baseUrl, agreed, endsAt, transcript },
    ...(account && { account }),
    capabilities: new Set(facts.capabilities),
    whyItLacks: whyEndpointLacks,
    clock: realClock,
    pricing: {
      throughPips: settings['order.throughPips'],
      awayPips: settings['order.awayPips'],
      awayFraction: settings['order.awayPercent'] / 100,
    },
    patience: endpointPatience(desk, settings),
    bounds: {
      finalWithinMs: settings['order.finalWithinMs'],
      tradeWithinMs: settings['trade.withinMs'],
      tokenSlackMs: settings['token.skewMs'],
    },
    open: () => desk.open(key, label),
    noteStep: (text) => {
      step = text
    },
    redact: (text) => redactor.redact(text),
    credentialsOf: () => credentials,
    connect: (of, transport) => {
      redactor.learn(of.password)
      const client = { credentials: of, ...(transport && { transport }) }
      return remoteClient((what) => send({ client, what }))
    },
    spareSession: async (): Promise<SessionInfo | undefined> => facts.spare && revived(facts.spare),
    waitFor: async (ms) => {
      const why = await desk.pause(key, ms)
      if (why !== undefined) throw new NotVerifiedError(why)
    },
    takeArrivedTrades: () => {
      const taken = arrived
      arrived = []
      return taken
    },
    noteDoubt: (coId, result) => desk.doubt(coId, result),
    clientId: (unique) => `${facts.runId}-${unique}`,
    close: async () => {
      const { exchanges, leftWorking, secrets } = await desk.close(key)
      for (const secret of secrets) redactor.learn(secret)
      for (const exchange of exchanges) transcript.record(exchange)
      return leftWorking
    },
  }
}
