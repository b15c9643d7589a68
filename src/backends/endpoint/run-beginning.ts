import type { CleanUp } from './clean-up.ts'
import type { Login } from './login.ts'
import { NotSentError } from './not-sent-error.ts'
import type { LedgerEntry } from './order-ledger.ts'
import { type PreflightParts, preflight, signInProblem, transportOf } from './preflight.ts'
import type { EndedOrder } from './run-end.ts'
import type { RunParts } from './run-parts.ts'
import type { ScenarioRoom } from './scenario-room.ts'
import { takeSpareSession } from './spare-session.ts'

/** What comes before the first scenario: a session, an account without leftovers, a market to trade in. */
export class RunBeginning {
  readonly #parts: RunParts
  readonly #cleanUp: CleanUp
  #earlier: readonly EndedOrder[] = []

  constructor(parts: RunParts, cleanUp: CleanUp) {
    this.#parts = parts
    this.#cleanUp = cleanUp
  }

  /** What an earlier run had left, and what became of it. */
  get earlier(): readonly EndedOrder[] {
    return this.#earlier
  }

  /** @returns Why the run cannot begin, in one sentence; `undefined` where it can. */
  async begin(): Promise<string | undefined> {
    const earlier = await this.endEarlierOrders()
    if (earlier !== undefined) return earlier
    return this.#withEach(this.#parts.own, (room) => this.#prepare(room))
  }

  /** Signs in where there is something to end, and ends it. @returns Why it could not, if so. */
  async endEarlierOrders(): Promise<string | undefined> {
    const earlier = this.#parts.ledger.open()
    const rooms = this.#parts.own.filter(({ login }) => earlier.some(isOf(login)))
    if (rooms.length === 0) return undefined
    const refused = new Map<ScenarioRoom, string>()
    const why = await this.#withEach(rooms, async (room) => {
      const problem = await this.#endOrders(room, earlier.filter(isOf(room.login)))
      if (problem !== undefined) refused.set(room, this.#named(room.login, problem))
      return problem
    })
    if (refused.size === rooms.length) return why
    for (const [{ login }, problem] of refused) {
      this.#cleanUp.giveUp(earlier.filter(isOf(login)), problem)
    }
    this.#earlier = earlier.map(({ orderId = 'unknown', coId = 'none', status, standing }) => ({
      ...{ orderId, coId },
      status: standing === 'absent' ? 'no such order' : status,
    }))
    if (this.#cleanUp.left.length === 0) return why
    const orders = this.#cleanUp.left.map(
      ({ orderId, coId, why }) => `${orderId} (client id ${coId}): ${why}`,
    )
    return `orders of an earlier run may be working still, and could not be ended: ${orders.join('; ')}. Have them cancelled before anything else is placed`
  }

  async #endOrders(
    room: ScenarioRoom,
    entries: readonly LedgerEntry[],
  ): Promise<string | undefined> {
    const refused = await signInProblem(this.#preflightParts(room))
    if (refused !== undefined) return refused
    const found = transportOf(this.#preflightParts(room))
    room.login.transport = await found.catch(() => room.login.transport)
    await this.#cleanUp.settle(entries)
    return undefined
  }

  async #prepare(room: ScenarioRoom): Promise<string | undefined> {
    const result = await preflight(this.#preflightParts(room))
    if (!result.ok) return result.why
    room.login.transport = result.transport
    // The lower one makes orders of the term currency the larger ones, and so the cap the stricter.
    const { limits } = this.#parts
    limits.market = Math.min(limits.market ?? Number.POSITIVE_INFINITY, result.rate.bid)
    return this.#takeSpare(room)
  }

  /**
   * Does something with each login, all at once.
   *
   * @returns The problem of the first that has one, with its name where there are several.
   */
  async #withEach(
    rooms: readonly ScenarioRoom[],
    work: (room: ScenarioRoom) => Promise<string | undefined>,
  ): Promise<string | undefined> {
    const problems = await Promise.all(
      rooms.map(async (room) => {
        try {
          const problem = await work(room)
          return problem && this.#named(room.login, problem)
        } catch (error) {
          // Held back since the run was stopped meanwhile: that is no login's own problem.
          if (error instanceof NotSentError) return error.message
          throw error
        }
      }),
    )
    return problems.find((each) => each !== undefined)
  }

  #named({ name }: Login, problem: string): string {
    return this.#parts.hasOneLogin ? problem : `${name}: ${problem}`
  }

  /**
   * Takes a second session, and looks whether the first one lives on: where a user has but one, no token
   * can be left to expire by itself.
   */
  async #takeSpare(room: ScenarioRoom): Promise<string | undefined> {
    const { desk, options } = this.#parts
    const { login } = room
    const first = login.session.info?.token.reveal()
    const spare = await takeSpareSession(this.#parts, room)
    if (!spare.ok) return spare.why
    if (spare.session === undefined || first === undefined) return undefined
    const answer = await desk.perform(room, {
      client: { ...login.ref, transport: login.transport },
      step: 'Preflight: does the first token live on beside the second?',
      what: {
        kind: 'operation',
        operation: 'spotRate',
        input: { query: { symbol: options.config.symbol }, token: first },
      },
    })
    if (answer?.kind === 'success') login.spare = spare.session
    else login.session.forget()
    return undefined
  }

  #preflightParts(room: ScenarioRoom): PreflightParts {
    const { config, clock } = this.#parts.options
    const { symbol, settings, auth } = config
    const { login } = room
    return {
      ...{ desk: this.#parts.desk, room, symbol, suffix: login.suffix },
      client: (transport) => ({ ...login.ref, transport }),
      transport: login.transport,
      staleAfterMs: settings['rate.staleAfterMs'],
      serverNow: () => clock.now() + (login.session.info?.skewMs ?? 0),
      usesToken: auth === 'token',
    }
  }
}

function isOf(login: Login): (entry: LedgerEntry) => boolean {
  return (entry) => entry.login === login.number
}
