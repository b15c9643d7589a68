import { rmSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { exitCodeOf, onInterruption } from './interruption.ts'
import { type ReportFiles, removeHalves } from './report-files.ts'
import { markText, type RunMark } from './run-mark.ts'
import type { LastWord, RunTarget } from './run-target.ts'
import { ServerProcess } from './server-process.ts'

/**
 * A server of our own: every scenario makes an organisation of its own there.
 *
 * @param mark - Of the run; its log begins with it.
 * @param say - Told where it listens, once it does.
 */
export function servedTarget(
  files: ReportFiles,
  env: Readonly<Record<string, string | undefined>>,
  mark: RunMark,
  lastWord: LastWord,
  say: (line: string) => void,
): RunTarget {
  const heading = `${markText(mark)}\n`
  let server: ServerProcess | undefined
  let origin: string | undefined
  const stop = async (): Promise<void> => {
    await server?.stop()
    if (!hasSaid(files, heading)) rmSync(files.serverLog, { force: true })
  }
  const release = onInterruption((signal) => {
    // At once: what still runs will find no server.
    lastWord(signal)
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
      server = new ServerProcess(files.serverLog, heading, env)
      origin = await server.listening()
      if (origin === undefined) return sentence(server, files, heading)
      say(`Served at ${origin}`)
      return undefined
    },
    finish: async () => {
      await stop()
      release()
      const problems = server?.ended === undefined ? [] : [sentence(server, files, heading)]
      return { report: {}, problems, ...(origin !== undefined && { baseUrl: origin }) }
    },
  }
}

/** Why there is no server, or no longer. */
function sentence(
  { ended = 'does not listen' }: ServerProcess,
  files: ReportFiles,
  heading: string,
): string {
  const where = hasSaid(files, heading) ? `, and said why in ${basename(files.serverLog)}` : ''
  return `the server that the run had started ${ended}${where}`
}

/** Whether the log holds more than what it began with. */
function hasSaid({ serverLog }: ReportFiles, heading: string): boolean {
  const bytes = statSync(serverLog, { throwIfNoEntry: false })?.size ?? 0
  return bytes > Buffer.byteLength(heading)
}
