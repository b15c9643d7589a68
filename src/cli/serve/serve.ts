import { realClock } from '../../backends/endpoint/real-clock.ts'
import { SteeredClock } from '../../mocks/exchange/steered-clock.ts'
import { VIRTUAL_START } from '../../mocks/exchange/virtual-clock.ts'
import { type IntegralServer, openServer } from '../../mocks/server/open-server.ts'
import { isLoopback } from '../../mocks/server/own-address.ts'
import type { Beginning } from '../../mocks/server/state/state.ts'
import { StateError } from '../../mocks/server/state/state-error.ts'
import { messageOf, UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { companionsOf } from './companions.ts'
import { journalReader } from './journal-evidence.ts'
import { keptState, orUsageError } from './kept-state.ts'
import type { ServeOptions } from './serve-options.ts'
import { certificateFor } from './tls.ts'

/**
 * Serves the simulation until it is told to end.
 *
 * @returns The exit code.
 * @throws {UsageError} It cannot listen there, or not keep its state.
 */
export async function serve(
  options: ServeOptions,
  environment: CommandEnvironment,
): Promise<number> {
  const { stdout, stderr } = environment
  const { port, hostname, seed, config, clock, log, tls, endWithStdin } = options
  if (!isLoopback(hostname)) {
    stderr.write(
      `Warning: --host ${hostname} lets other machines in. There is no protection: whoever reaches the port controls the simulation.\n`,
    )
  }
  const companions = await companionsOf(options, environment, (line) => stderr.write(`${line}\n`))
  const certified = tls && (await certificateFor(tls, hostname, realClock.now()))
  // Whoever is cut off at the end still waits for something; those timers go with this clock.
  const host = new SteeredClock(realClock)
  const beginning: Beginning = {
    seed,
    settings: { ...companions.settings, ...config.settings },
    users: config.users.map(({ user, ...others }) => ({ name: user, ...others })),
    time: clock === 'real' ? 'real' : { virtualFrom: VIRTUAL_START },
  }
  const state = await keptState(options, environment.cwd, beginning, (sentence) =>
    stderr.write(`${sentence}\n`),
  )
  const giveUp = () => {
    host.stop()
    orUsageError(() => state?.close())
  }
  const server: IntegralServer = await orRefuse({ hostname, port, giveUp }, () =>
    openServer({
      reader: journalReader(() => server.origin),
      ...{ ...beginning, port, hostname, host, limits: config.limits },
      ...(state && { state }),
      ...(certified && { tls: certified }),
      ...(companions.accompany && { accompany: companions.accompany }),
      ...(log && { log: (line) => stderr.write(`${JSON.stringify(line)}\n`) }),
      onForgotten: (organisation) =>
        stderr.write(
          `Organisation ${organisation} was forgotten, with all it had: there are more than ${config.limits.organisations} (limits.organisations).\n`,
        ),
      onFailure: (error) => {
        const stack = error instanceof Error ? error.stack : undefined
        stderr.write(`The simulation itself failed: ${stack ?? String(error)}\n`)
      },
    }),
  )
  // Whoever reads the line may tell it at once.
  const told = untilTold(endWithStdin)
  stdout.write(`listening ${server.origin}\n`)
  await told
  await server.close()
  giveUp()
  return 0
}

async function orRefuse(
  { hostname, port, giveUp }: { hostname: string; port: number; giveUp: () => void },
  open: () => Promise<IntegralServer>,
): Promise<IntegralServer> {
  try {
    return await open()
  } catch (error) {
    giveUp()
    if (error instanceof StateError) throw new UsageError(error.message)
    const { code } = Object(error) as { readonly code?: unknown }
    if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw error
    const taken = code === 'EADDRINUSE' ? 'the port is taken; use another, or 0' : messageOf(error)
    throw new UsageError(`Failed to listen on ${hostname}, port ${port}: ${taken}.`)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Resolves at the first signal, or when the standard input ends, if that counts; another signal ends the
 * process as if nobody had listened.
 */
async function untilTold(endWithStdin: boolean): Promise<void> {
  const { stdin } = process
  await new Promise<void>((resolve) => {
    const told = () => {
      for (const signal of SIGNALS) process.removeListener(signal, told)
      resolve()
    }
    for (const signal of SIGNALS) process.on(signal, told)
    if (!endWithStdin) return
    for (const event of ['end', 'close', 'error'] as const) stdin.once(event, told)
    // Nobody reads it; but its end shows only to who reads.
    stdin.resume()
  })
  // A pipe that stays open would keep the process alive.
  if (endWithStdin) stdin.destroy()
}
