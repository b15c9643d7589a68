import { copyFileSync, existsSync } from 'node:fs'
import { join } from 'node:path'
import { journalReader } from '../../src/cli/serve/journal-evidence.ts'
import { SteeredClock } from '../../src/mocks/exchange/steered-clock.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { connectToServer } from '../../src/mocks/server/control/connect-to-server.ts'
import { limitsSchema } from '../../src/mocks/server/limits.ts'
import { type IntegralServer, openServer } from '../../src/mocks/server/open-server.ts'
import { type Beginning, State } from '../../src/mocks/server/state/state.ts'
import type { Connection } from './wire.ts'
import { connectTo } from './wire.ts'

/** A server that keeps its state, and can be taken for killed at any time. */
export class KeptServer {
  /** The time of the machine that the server believes to run on. */
  readonly clock: VirtualClock
  /** What it said of its file. */
  readonly said: string[] = []
  /** The same, but whoever sleeps on it waits. */
  readonly #host: SteeredClock
  readonly #folder: string
  readonly #beginning: Beginning
  #generation = 0
  #running: { readonly server: IntegralServer; readonly state: State } | undefined
  #connections: Connection[] = []

  private constructor(folder: string, beginning: Partial<Beginning>, startAt: number) {
    this.#folder = folder
    this.clock = new VirtualClock(startAt)
    this.#host = new SteeredClock(this.clock)
    const time = { virtualFrom: startAt }
    this.#beginning = { seed: 'tests', settings: {}, users: [], time, ...beginning }
  }

  static async begin(
    folder: string,
    startAt: number,
    beginning: Partial<Beginning> = {},
  ): Promise<KeptServer> {
    const kept = new KeptServer(folder, beginning, startAt)
    await kept.#open()
    return kept
  }

  get server(): IntegralServer {
    return this.#current.server
  }

  get control() {
    return connectToServer({ origin: this.server.origin, fetch })
  }

  get file(): string {
    return join(this.#folder, `${this.#generation}.db`)
  }

  /** A connection that is to whatever server there is when something is sent. */
  async connect(): Promise<Connection> {
    const connection = await connectTo(this.#port)
    const at = this.#connections.push(connection) - 1
    const now = () => this.#connections[at] ?? connection
    return {
      get socket() {
        return now().socket
      },
      write: (bytes) => now().write(bytes),
      reply: (to) => now().reply(to),
      rest: () => now().rest(),
      end: () => now().end(),
    }
  }

  /**
   * Has another server go on with what a killed one would leave at this moment.
   *
   * @param awayMs - Time of the machine that passes in between.
   */
  async killAndRestart(awayMs = 0): Promise<void> {
    await this.#current.state.kept()
    const [from, image] = [this.file, join(this.#folder, `${this.#generation + 1}.db`)]
    for (const tail of ['', '-wal'])
      if (existsSync(from + tail)) copyFileSync(from + tail, image + tail)
    await this.end()
    this.#generation += 1
    this.clock.advance(awayMs)
    await this.#open()
    this.#connections = await Promise.all(this.#connections.map(() => connectTo(this.#port)))
  }

  /** Begins again after an end. */
  restart(): Promise<void> {
    return this.#open()
  }

  /** Ends as it does when it is told to. */
  async end(): Promise<void> {
    const { server, state } = this.#current
    for (const connection of this.#connections) connection.end()
    await server.close()
    state.close()
    this.#running = undefined
  }

  get #current() {
    if (this.#running) return this.#running
    throw new Error('No server runs.')
  }

  get #port(): number {
    return Number(new URL(this.server.origin).port)
  }

  async #open(): Promise<void> {
    const state = new State(this.file, this.#beginning, (sentence) => this.said.push(sentence))
    const server: IntegralServer = await openServer({
      ...{ ...this.#beginning, state, hostname: '127.0.0.1', port: 0, host: this.#host },
      reader: journalReader(() => server.origin),
      limits: limitsSchema.parse({}),
      onFailure: (error) => {
        throw error
      },
    })
    this.#running = { server, state }
  }
}
