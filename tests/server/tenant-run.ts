import { ask } from './requests.ts'
import type { Served } from './served.ts'
import type { SoFar, Step } from './tenant-script.ts'
import type { Connection, WireReply } from './wire.ts'

/** What depends on when, and on which port, a test ran. */
const PASSING = /"(?:receivedAt|answeredAt)":\d+|127\.0\.0\.1:\d+/g

/** One organisation's way through its script, on a connection of its own. */
export class TenantRun {
  readonly #served: Pick<Served, 'connect'>
  readonly #steps: readonly Step[]
  readonly #transcript: string[] = []
  #connection: Connection | undefined
  #soFar: SoFar

  constructor(served: Pick<Served, 'connect'>, org: string, steps: readonly Step[]) {
    this.#served = served
    this.#steps = steps
    this.#soFar = { org, token: 'none', rate: {}, orderId: '1' }
  }

  get isOver(): boolean {
    return this.#transcript.length === this.#steps.length
  }

  /** Every answer: its code, what it carries, and its body. */
  get transcript(): readonly string[] {
    return this.#transcript
  }

  async next(): Promise<void> {
    const step = this.#steps[this.#transcript.length]
    if (!step) return
    this.#connection ??= await this.#served.connect()
    const { path, sent } = step(this.#soFar)
    const reply = await ask(this.#connection, path, sent)
    const token = reply.headers.get('sso_token')
    this.#transcript.push(
      `${sent.method} ${path} ${reply.status} ${token ?? ''} ${reply.text.replaceAll(PASSING, '')}`,
    )
    this.#learn(reply, token)
    if (this.isOver) this.#connection.end()
  }

  #learn({ text }: WireReply, token: string | undefined): void {
    if (token !== undefined) this.#soFar = { ...this.#soFar, token }
    const body = /^\{/.test(text) ? JSON.parse(text) : {}
    if (body.rateId !== undefined && body.offer !== undefined)
      this.#soFar = { ...this.#soFar, rate: body }
    if (typeof body.orderId === 'string') this.#soFar = { ...this.#soFar, orderId: body.orderId }
  }
}
