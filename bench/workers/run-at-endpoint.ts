import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Verdict } from '../../src/evidence/verdict.ts'
import type { StandIn } from '../../tests/stand-in/launch.ts'

const root = join(import.meta.dirname, '../..')
const command = join(root, 'src/cli/main.ts')

/** One run against the stand-in. */
export interface EndpointArm {
  readonly workers: number
  /** Logins used, 1 or as many as the stand-in knows. */
  readonly logins: 'one' | 'all'
  /** INTEGRAL_MAX_REQUESTS_PER_SECOND; absent: the default. */
  readonly requestsPerSecond?: number
}

export interface EndpointPace {
  /** Scenarios per second of the whole process, from spawning it to its end. */
  readonly whole: number
  /** The same from the first request of a scenario to the last: without what a run does before and after. */
  readonly scenarios: number
}

/**
 * Runs `features` as a process of its own.
 *
 * @param folder - Exists, and is empty.
 * @param count - How many scenarios there are: every one of them must pass.
 * @throws {Error} One did not, or the run ended otherwise than with 0.
 */
export async function runAtEndpoint(
  { workers, logins, requestsPerSecond }: EndpointArm,
  of: {
    readonly standIn: StandIn
    readonly features: string
    readonly count: number
    readonly folder: string
  },
): Promise<EndpointPace> {
  const { standIn, features, count, folder } = of
  const config = join(folder, 'settings.json')
  // One worker needs longer than a run has by default.
  writeFileSync(config, JSON.stringify({ 'run.withinMs': 3_600_000 }))
  const out = join(folder, 'out')
  const before = (await standIn.admin.requests()).length
  const startedAt = performance.now()
  const args = ['verify', '--target', 'uat', '--out', out, '--config', config]
  const child = spawn(
    process.execPath,
    [command, ...args, '--parallel', String(workers), features],
    {
      cwd: root,
      env: {
        ...process.env,
        ...variablesOf(standIn, logins),
        INTEGRAL_MAX_ORDERS: String(10 * count + 100),
        INTEGRAL_MAX_REQUESTS_PER_SECOND: String(requestsPerSecond ?? ''),
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-2_000)
  })
  const [code] = await once(child, 'close')
  const tookMs = performance.now() - startedAt
  if (code !== 0)
    throw new Error(`Failed to measure ${workers} workers: it ended with ${code}: ${said}`)
  const verdict = JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8')) as Verdict
  if (verdict.scenarios.passed !== count) {
    const { passed } = verdict.scenarios
    throw new Error(`Failed to measure ${workers} workers: only ${passed} of ${count} passed.`)
  }
  const requests = (await standIn.admin.requests()).slice(before)
  const placedAt = requests
    .filter(({ method, path, body }) => method === 'POST' && path === '/v2/orders' && body !== '{}')
    .map(({ at }) => at)
  // Each places once: from the first placing to the last there is one scenario less.
  const placingMs = Math.max(...placedAt) - Math.min(...placedAt)
  return { whole: (count / tookMs) * 1_000, scenarios: ((count - 1) / placingMs) * 1_000 }
}

function variablesOf(
  { baseUrl, credentials, further }: StandIn,
  logins: EndpointArm['logins'],
): Readonly<Record<string, string>> {
  const used = logins === 'one' ? [credentials] : [credentials, ...further]
  const entries = used.flatMap(({ user, password, org }, at) => {
    const suffix = at === 0 ? '' : `_${at + 1}`
    return [
      [`INTEGRAL_USER${suffix}`, user],
      [`INTEGRAL_PASSWORD${suffix}`, password],
      [`INTEGRAL_ORG${suffix}`, org],
    ] as const
  })
  return { INTEGRAL_BASE_URL: baseUrl, ...Object.fromEntries(entries) }
}
