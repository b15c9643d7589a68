import { realClock } from '../../backends/endpoint/real-clock.ts'
import { SteeredClock } from '../../mocks/exchange/steered-clock.ts'
import { VIRTUAL_START } from '../../mocks/exchange/virtual-clock.ts'
import { type IntegralServer, openServer } from '../../mocks/server/open-server.ts'
import { isLoopback } from '../../mocks/server/own-address.ts'
import { messageOf, UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { companionsOf } from './companions.ts'
import { journalReader } from './journal-evidence.ts'
import type { ServeOptions } from './serve-options.ts'
import { certificateFor } from './tls.ts'

/**
 * Serves the simulation until it is told to end.
 *
 * @returns The exit code.
 * @throws {UsageError} It cannot listen there.
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
  const server: IntegralServer = await orRefuse(hostname, port, () =>
    openServer({
      reader: journalReader(() => server.origin),
      ...{
        port,
        hostname,
        seed,
        host,
        limits: config.limits,
        settings: { ...companions.settings, ...config.settings },
      },
      ...(certified && { tls: certified }),
      ...(companions.accompany && { accompany: companions.accompany }),
      users: config.users.map(({ user, ...others }) => ({ name: user, ...others })),
      time: clock === 'real' ? 'real' : { virtualFrom: VIRTUAL_START },
      ...(log && { log: (line) => stderr.write(`${JSON.stringify(line)}\n`) }),
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
  host.stop()
  return 0
}

async function orRefuse(
  hostname: string,
  port: number,
  open: () => Promise<IntegralServer>,
): Promise<IntegralServer> {
  try {
    return await open()
  } catch (error) {
    const { code } = Object(error) as { readonly code?: unknown }
    if (typeof code !== 'string' || !/^E[A-Z]+$/.test(code)) throw error
    const taken = code === 'EADDRINUSE' ? 'the port is taken; use another, or 0' : messageOf(error)
    throw new UsageError(`Failed to listen on ${hostname}, port ${port}: ${taken}.`)
  }
}

const SIGNALS = ['SIGINT', 'SIGTERM'] as const

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
