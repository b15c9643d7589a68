import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Signal } from '../interruption.ts'

/** How a run ended as a process. */
export interface ChildEnd {
  /** Absent where a signal ended it, or it could not be started. */
  readonly code?: number
  /** Why it came to no exit code, e.g. `it was ended by SIGKILL`. */
  readonly broke?: string
  /** The last line that it wrote to its error stream; empty where there was none. */
  readonly lastWord: string
}

export interface ChildOptions {
  readonly program: string
  readonly args: readonly string[]
  readonly cwd: string
  /** All of it. */
  readonly env: Readonly<Record<string, string>>
  /** Gets all that it prints. */
  readonly logFile: string
  /** Takes out what must stand in no file. */
  readonly redact: (text: string) => string
  /** How long it may take, in milliseconds; then it is asked to end. */
  readonly withinMs: number
  /** How long it may take to end when it was asked to by the clock, in milliseconds; then it is killed. */
  readonly endsWithinMs: number
}

/**
 * One provider's run as a process of its own, so that nothing that happens to it happens to another. When
 * this process is interrupted it is told, and comes to its end by itself: it may have orders to cancel.
 */
export class ChildRun {
  readonly #child: ChildProcess
  readonly #printed: Promise<unknown>
  readonly #exited: Promise<Pick<ChildEnd, 'code' | 'broke'>>
  #lastWord = ''
  #isLate = false

  constructor(options: ChildOptions) {
    const { program, args, cwd, env, logFile, redact, withinMs, endsWithinMs } = options
    const log = createWriteStream(logFile)
    // A log that cannot be written costs itself, and not the other runs.
    const logged = new Promise<void>((resolve) =>
      log.on('error', () => {}).once('close', () => resolve()),
    )
    const child = spawn(process.execPath, [program, ...args], {
      cwd,
      env: { ...env },
      // By the channel it knows when this process is gone.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      // Ctrl-C reaches all of a group: a second one, which ends this process at once, would end it too.
      detached: true,
      windowsHide: true,
    })
    this.#child = child
    const write = (line: string) => log.write(`${line}\n`)
    const noted = (line: string) => {
      if (line.trim() !== '') this.#lastWord = line
      write(line)
    }
    const streams = [eachLine(child.stdout, redact, write), eachLine(child.stderr, redact, noted)]
    this.#printed = Promise.allSettled(streams).then(() => {
      log.end()
      return logged
    })
    let kill: NodeJS.Timeout | undefined
    const limit = setTimeout(() => {
      this.#isLate = true
      child.kill('SIGTERM')
      kill = setTimeout(() => child.kill('SIGKILL'), endsWithinMs)
    }, withinMs)
    this.#exited = new Promise((resolve) => {
      const end = (how: Pick<ChildEnd, 'code' | 'broke'>) => {
        clearTimeout(limit)
        clearTimeout(kill)
        const seconds = withinMs / 1_000
        resolve(this.#isLate ? { broke: `it did not end within ${seconds} s, and was ended` } : how)
      }
      child.once('error', ({ message }) => end({ broke: `it could not be started: ${message}` }))
      child.once('exit', (code, signal) =>
        end(code === null ? { broke: `it was ended by ${signal}` } : { code }),
      )
    })
  }

  /** Hands on what this process was told. */
  interrupt(signal: Signal): void {
    this.#child.kill(signal)
  }

  /** Resolves when it has ended, and all that it printed is written. */
  async ended(): Promise<ChildEnd> {
    const how = await this.#exited
    await this.#printed
    return { ...how, lastWord: this.#lastWord }
  }
}

async function eachLine(
  stream: Readable | null,
  redact: (text: string) => string,
  take: (line: string) => void,
): Promise<void> {
  if (stream === null) return
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity }))
    take(redact(line))
}
