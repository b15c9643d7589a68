import { randomUUID } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { accountOf, accountsOf } from '../backends/endpoint/account-of.ts'
import { createEndpointDispatcher } from '../backends/endpoint/dispatcher.ts'
import { readEnvironment } from '../backends/endpoint/dot-env.ts'
import {
  type EndpointConfig,
  EndpointConfigError,
  readEndpointConfig,
} from '../backends/endpoint/endpoint-config.ts'
import { endpointFetch } from '../backends/endpoint/endpoint-fetch.ts'
import type { EndpointRun } from '../backends/endpoint/endpoint-run.ts'
import { parseEndpointSettings } from '../backends/endpoint/endpoint-settings.ts'
import {
  openEndpointRun,
  RunRefusedError,
  refuseOthers,
} from '../backends/endpoint/open-endpoint-run.ts'
import { realClock } from '../backends/endpoint/real-clock.ts'
import { serveRun } from '../backends/endpoint/run-channel.ts'
import { WireLog } from '../backends/endpoint/wire-log.ts'
import type { ChainWriter } from '../evidence/bundle/chain-writer.ts'
import { reportFiles } from './report-files.ts'
import { UsageError } from './usage-error.ts'

/** Where a command reads its configuration. */
export interface EndpointEnvironment {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * The configuration of the endpoint, from the environment and `.env`. Nothing is contacted.
 *
 * @param settings - Of a run on an endpoint, as `--config` gave them.
 * @throws {UsageError} Whatever is wrong with it, a base URL that is refused above all.
 */
export function configuredEndpoint(
  { cwd, env }: EndpointEnvironment,
  settings: Readonly<Record<string, unknown>>,
): EndpointConfig {
  try {
    return readEndpointConfig(readEnvironment(cwd, env), parseEndpointSettings(settings))
  } catch (error) {
    if (!(error instanceof EndpointConfigError)) throw error
    const hasNone = env.INTEGRAL_BASE_URL === undefined && !existsSync(join(cwd, '.env'))
    const hint = 'There is no .env in this directory: copy .env.example, and fill it in.'
    throw new UsageError(...(hasNone ? [hint] : []), error.message)
  }
}

/**
 * Makes sure that a run may begin where it is told to, before anything is taken away there.
 *
 * @throws {UsageError} Another run is at work there, or its journal tells of orders of another login.
 */
export function refuseOtherRuns(config: EndpointConfig, out: string): void {
  try {
    refuseOthers(config, reportFiles(out).journal)
  } catch (error) {
    if (error instanceof RunRefusedError) throw new UsageError(error.message)
    throw error
  }
}

/** A run on an endpoint with its connection, found by the threads of this process under `channel`. */
export interface EndpointSession {
  readonly run: EndpointRun
  readonly channel: string
  close(): Promise<void>
}

/**
 * @param transcript - Of the whole run.
 * @param workers - How many run scenarios, 1 or more: the logins are spread over them.
 * @throws {UsageError} The run may not begin where it was told to.
 */
export function openEndpointSession(
  config: EndpointConfig,
  journalFile: string,
  transcript: ChainWriter,
  startedAt: number,
  workers = 1,
): EndpointSession {
  const dispatcher = createEndpointDispatcher(config)
  try {
    const opened = openEndpointRun({
      ...{ run: transcript.run, config, startedAt, workers, clock: realClock },
      fetch: endpointFetch(config, dispatcher),
      journalFile,
      log: new WireLog(transcript),
    })
    const served = serveRun(opened.run.desk, `integral-run-${randomUUID()}`)
    return {
      run: opened.run,
      channel: served.name,
      close: async () => {
        served.close()
        // Nothing writes to the journal any more once nothing is under way.
        await dispatcher.destroy()
        opened.close()
      },
    }
  } catch (error) {
    if (error instanceof RunRefusedError) throw new UsageError(error.message)
    throw error
  }
}

/** What is said before anything is sent: where to, as whom, and what may be done there. */
export function endpointBanner(config: EndpointConfig, workers: number): string[] {
  const { user, org } = accountOf(config)
  const others = accountsOf(config).slice(1)
  const { baseUrl, auth, caps, symbol, isLoopback, proxy, settings } = config
  return [
    `Endpoint  ${baseUrl}, as ${user} of ${org} (${auth})`,
    ...others.map((each) => `          and as ${each.user} of ${each.org}`),
    ...(others.length === 0 ? [] : [spread(others.length + 1, workers)]),
    `Trades    ${symbol}, ${settings['order.size']} of the base currency an order`,
    `Caps      size ${caps.maxSize}, ${caps.maxOrders} orders, ${caps.maxOpenOrders} of them open at once, ${caps.maxRequestsPerSecond} requests a second`,
    ...(proxy ? [`Proxy     ${proxy.shown}`] : []),
    ...(isLoopback ? ['Loopback  What lies behind it (a tunnel?) is not known.'] : []),
  ]
}

/** Who trades as whom, where there are several logins. */
function spread(logins: number, workers: number): string {
  const how =
    workers < logins
      ? `a worker has several, and gives them to its scenarios in turn (--parallel ${logins} gives each its own worker)`
      : 'a worker has one for all its scenarios'
  return `Logins    ${logins} for ${workers === 1 ? '1 worker' : `${workers} workers`}: ${how}`
}
