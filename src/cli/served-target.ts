import { rmSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { exitCodeOf, onInterruption } from './interruption.ts'
import { type ReportFiles, removeHalves } from './report-files.ts'
import type { RunTarget } from './run-target.ts'
import { ServerProcess } from './server-process.ts'

/**
 * A server of our own: every scenario makes an organisation of its own there.
 *
 * @param say - Told where it listens, once it does.
 */
export function servedTarget(
  files: ReportFiles,
  env: Readonly<Record<string, string | undefined>>,
  say: (line: string) => void,
): RunTarget {
  let server: ServerProcess | undefined
  let origin: string | undefined
  const stop = async (): Promise<void> => {
    await server?.stop()
    removeIfEmpty(files.serverLog)
  }
  const release = onInterruption((signal) => {
    const leave = (): never => {
      removeHalves(files)
      process.exit(exitCodeOf(signal))
    }
    stop().then(leave, leave)
  })
  return {
    banner: [],
    get parameters(): Record<string, string> {
      return origin === undefined ? {} : { server: origin }
    },
    start: async () => {
      server = new ServerProcess(files.serverLog, env)
      origin = await server.listening()
      if (origin === undefined) return sentence(server, files)
      say(`Served at ${origin}`)
      return undefined
    },
    finish: async () => {
      await stop()
      release()
      const problems = server?.ended === undefined ? [] : [sentence(server, files)]
      return { report: {}, problems, ...(origin !== undefined && { baseUrl: origin }) }
    },
  }
}

/** Why there is no server, or no longer. */
function sentence({ ended = 'does not listen' }: ServerProcess, { serverLog }: ReportFiles) {
  const where = sizeOf(serverLog) > 0 ? `, and said why in ${basename(serverLog)}` : ''
  return `the server that the run had started ${ended}${where}`
}

function removeIfEmpty(file: string): void {
  if (sizeOf(file) === 0) rmSync(file, { force: true })
}

/** Bytes; none where there is no such file. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
