import type { SessionInfo } from '../../api/client/session-info.ts'
import type { CleanUp } from './clean-up.ts'
import { type PreflightParts, preflight, signInProblem, transportOf } from './preflight.ts'
import type { EndedOrder } from './run-end.ts'
import type { RunParts } from './run-parts.ts'
import { takeSpareSession } from './spare-session.ts'

/** What comes before the first scenario: a session, an account without leftovers, a market to trade in. */
export class RunBeginning {
  readonly #parts: RunParts
  readonly #cleanUp: CleanUp
  #spare: SessionInfo | undefined
  #earlier: readonly EndedOrder[] = []

  constructor(parts: RunParts, cleanUp: CleanUp) {
    this.#parts = parts
    this.#cleanUp = cleanUp
  }

  /** A second session, left unused; absent where there are no tokens, or a user has but one. */
  get spare(): SessionInfo | undefined {
    return this.#spare
  }

  /** What an earlier run had left, and what became of it. */
  get earlier(): readonly EndedOrder[] {
    return this.#earlier
  }

  /** @returns Why the run cannot begin, in one sentence; `undefined` where it can. */
  async begin(): Promise<string | undefined> {
    const earlier = await this.endEarlierOrders()
    if (earlier !== undefined) return earlier
    const result = await preflight(this.#preflightParts())
    if (!result.ok) return result.why
    this.#parts.transport = result.transport
    this.#parts.limits.market = result.rate.bid
    return this.#takeSpare()
  }

  /** Signs in where there is something to end, and ends it. @returns Why it could not, if so. */
  async endEarlierOrders(): Promise<string | undefined> {
    const earlier = this.#parts.ledger.open()
    if (earlier.length === 0) return undefined
    const refused = await signInProblem(this.#preflightParts())
    if (refused !== undefined) return refused
    const found = transportOf(this.#preflightParts())
    this.#parts.transport = await found.catch(() => this.#parts.transport)
    await this.#cleanUp.settle(earlier, this.#parts.own)
    this.#earlier = earlier.map(({ orderId = 'unknown', coId = 'none', status, standing }) => ({
      ...{ orderId, coId },
      status: standing === 'absent' ? 'no such order' : status,
    }))
    if (this.#cleanUp.left.length === 0) return undefined
    const orders = this.#cleanUp.left.map(
      ({ orderId, coId, why }) => `${orderId} (client id ${coId}): ${why}`,
    )
    return `orders of an earlier run may be working still, and could not be ended: ${orders.join('; ')}. Have them cancelled before anything else is placed`
  }

  /**
   * Takes a second session, and looks whether the first one lives on: where a user has but one, no token
   * can be left to expire by itself.
   */
  async #takeSpare(): Promise<string | undefined> {
    const { desk, own, options, session, transport } = this.#parts
    const first = session.info?.token.reveal()
    const spare = await takeSpareSession(this.#parts)
    if (!spare.ok) return spare.why
    if (spare.session === undefined || first === undefined) return undefined
    const { credentials, symbol } = options.config
    const answer = await desk.perform(own, {
      client: { credentials, transport },
      step: 'Preflight: does the first token live on beside the second?',
      what: {
        kind: 'operation',
        operation: 'spotRate',
        input: { query: { symbol }, token: first },
      },
    })
    if (answer?.kind === 'success') this.#spare = spare.session
    else session.forget()
    return undefined
  }

  #preflightParts(): PreflightParts {
    const { config, clock } = this.#parts.options
    const { credentials, symbol, settings, auth } = config
    return {
      desk: this.#parts.desk,
      room: this.#parts.own,
      client: (transport) => ({ credentials, transport }),
      transport: this.#parts.transport,
      symbol,
      staleAfterMs: settings['rate.staleAfterMs'],
      serverNow: () => clock.now() + (this.#parts.session.info?.skewMs ?? 0),
      usesToken: auth === 'token',
    }
  }
}
