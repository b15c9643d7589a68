import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync, writeSync } from 'node:fs'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import { programFile } from './program-file.ts'

/** Starting takes a second where the machine has nothing else to do. In milliseconds. */
const STARTS_WITHIN_MS = 60_000
/** Longest that a server may take to end when it is told to, in milliseconds. */
const ENDS_WITHIN_MS = 10_000

/**
 * The command `serve` as a process of its own, on any port of loopback that is free. It ends when it is
 * told to, and with this process, however that one ends: its standard input ends then.
 */
export class ServerProcess {
  readonly #child: ChildProcess
  readonly #lines: Readable
  readonly #over: Promise<void>
  readonly #kill = () => this.#child.kill('SIGKILL')
  #isTold = false
  #ended: string | undefined

  /**
   * @param logFile - Gets what it writes to its error stream.
   * @param heading - What the log begins with.
   */
  constructor(logFile: string, heading: string, env: Readonly<Record<string, string | undefined>>) {
    const log = openSync(logFile, 'w')
    writeSync(log, heading)
    const child = spawn(
      process.execPath,
      [programFile(), 'serve', '--port', '0', '--end-with-stdin'],
      { env: { ...env }, stdio: ['pipe', 'pipe', log] },
    )
    closeSync(log)
    const { stdin, stdout } = child
    if (!stdin || !stdout) throw new Error('Failed to start the server: it has no pipes.')
    this.#child = child
    this.#lines = stdout
    this.#over = new Promise((resolve) => {
      child.once('error', (error) => this.#end(`could not be started: ${error.message}`, resolve))
      child.once('exit', (code, signal) =>
        this.#end(`ended by itself, with ${signal ?? `exit code ${code}`}`, resolve),
      )
    })
    // Told too late, when the pipe is gone, is told all the same.
    stdin.on('error', () => {})
    process.once('exit', this.#kill)
  }

  /** How it ended without being told to, e.g. `ended by itself, with SIGKILL`; `undefined` if it did not. */
  get ended(): string | undefined {
    return this.#ended
  }

  /** Resolves to where it listens; to `undefined` where it does not come to that. */
  async listening(): Promise<string | undefined> {
    const lines = createInterface({ input: this.#lines })
    const limit = setTimeout(() => {
      this.#ended = `did not listen within ${STARTS_WITHIN_MS / 1_000} s`
      this.#kill()
    }, STARTS_WITHIN_MS)
    try {
      for await (const line of lines) {
        const [, origin] = /^listening (http:\/\/\S+)$/.exec(line) ?? []
        if (origin !== undefined) return origin
      }
      await this.#over
      return undefined
    } finally {
      clearTimeout(limit)
      // What else it prints is read by nobody, and fills no pipe.
      this.#lines.resume()
    }
  }

  /** Tells it to end; resolves when it has. */
  async stop(): Promise<void> {
    this.#isTold = true
    this.#child.kill('SIGTERM')
    const limit = setTimeout(this.#kill, ENDS_WITHIN_MS)
    await this.#over
    clearTimeout(limit)
    process.off('exit', this.#kill)
  }

  #end(how: string, resolve: () => void): void {
    if (!this.#isTold) this.#ended ??= how
    resolve()
  }
}
