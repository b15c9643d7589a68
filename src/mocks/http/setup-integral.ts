import type { HttpHandler } from 'msw'
import type { Credentials, HmacCredentials } from '../../api/client/options.ts'
import type { Clock } from '../../api/clock.ts'
import type { Order } from '../../api/contract/orders.ts'
import type { EnrolledUser, User } from '../exchange/directory.ts'
import { Exchange } from '../exchange/exchange.ts'
import { orderView } from '../exchange/order-view.ts'
import type { Outcome } from '../exchange/outcome.ts'
import type { OutcomeRule } from '../exchange/outcome-rule.ts'
import { drawOnce } from '../exchange/seeded-faker.ts'
import type { StagedRule } from '../exchange/staged-rules.ts'
import { VIRTUAL_START, VirtualClock } from '../exchange/virtual-clock.ts'
import { callDirectly } from './cut-connection.ts'
import { type DoneTrade, doneTrade } from './done-trade.ts'
import { doorsOf } from './endpoint-table.ts'
import type { Fault } from './fault.ts'
import { Faults, type StagedFault } from './faults.ts'
import { intercept, noAnswer, release } from './interception.ts'
import { mswHandlers } from './msw-handlers.ts'
import { type IntegralOptions, type NewUser, readNewUser, readOptions } from './setup-options.ts'
import { BorrowedClock, lateClock, type StagedClock } from './staged-clock.ts'
import { lateMarket, type StagedMarket } from './staged-market.ts'

/** A simulated Integral in a test suite. Every part of it stays good across `reset`. */
export interface Integral<C extends Clock = StagedClock> {
  /** What the app under test is to be configured with. */
  readonly baseUrl: string
  /** Somebody who can log in and trade. */
  readonly credentials: Credentials
  /** What the same user signs requests with, where an app uses HMAC instead of a login. */
  readonly hmac: HmacCredentials
  readonly clock: C
  readonly market: StagedMarket
  readonly outcomes: {
    /**
     * Scripts what becomes of the order that will be placed with this `coId`.
     *
     * @throws {RangeError} Parts or shares that are not above 0, or shares above 1 together.
     */
    script(coId: string, outcome: Outcome): void
    /**
     * Stages what becomes of the next orders that fit.
     *
     * @throws {RangeError} There is no such rule, or there are too many.
     */
    stage(rule: OutcomeRule): StagedRule
    /** What is staged and not yet spent, in the order of staging. */
    readonly staged: readonly StagedRule[]
    /** Forgets one rule; whether there was one. */
    remove(id: number): boolean
    clear(): void
  }
  readonly faults: {
    /**
     * Disturbs the calls that the fault matches.
     *
     * @throws {RangeError} A fault that there is not, or 1,000 are staged already.
     */
    stage(fault: Fault): void
    /** Calls off whatever is staged. */
    clear(): void
    /** What is staged and not spent, first staged first. */
    readonly staged: readonly StagedFault[]
  }
  /** For a server of your own: `setupServer(...integral.handlers)`. Do not `listen` as well. */
  readonly handlers: readonly HttpHandler[]
  /**
   * Calls the handlers directly: nothing is intercepted, and there is no socket. Rejects as a real
   * one does where a fault cuts the connection.
   */
  readonly fetch: (input: string | URL | Request, init?: RequestInit) => Promise<Response>
  /**
   * Has the global `fetch` and `node:http` answered below `baseUrl`, and fail everywhere else: no
   * request of this process reaches a network until `close`. Several simulations may listen, each at
   * a base URL of its own; a `setupServer` of your own must not, as MSW has only one listen at a time.
   *
   * @throws {Error} A simulation is listening at this base URL already.
   */
  listen(): void
  /** Ends what `listen` began, and resets, so that no timer is left on a clock of yours. */
  close(): void
  /**
   * Back to the beginning, with the same seed: no order, trade or session, nobody enrolled but
   * `credentials`, nothing staged; a virtual clock back at its start. Another clock goes on as it is.
   */
  reset(): void
  /** Enrols somebody who can then log in. */
  enrol(newUser: NewUser): Credentials
  /** Every order taken, in the order of placing, as a query would report it; none moves on by this. */
  orders(): readonly Order[]
  /** Every trade done, downloaded or not, in the order of dealing. */
  trades(): readonly DoneTrade[]
}

/**
 * Simulates Integral for a test suite of vitest, jest or node:test.
 *
 * ```ts
 * const integral = setupIntegral({ baseUrl: 'https://uat.fxinside.net' })
 * before(() => integral.listen())
 * afterEach(() => integral.reset())
 * after(() => integral.close())
 * ```
 *
 * @throws {TypeError} An option that does not exist, or a value it cannot have.
 * @throws {SettingsError} A setting that does not exist, a value it cannot have, or an impossible pair.
 */
export function setupIntegral(
  options?: IntegralOptions & { readonly clock?: 'virtual' },
): Integral<StagedClock>
export function setupIntegral<C extends Clock>(
  options: IntegralOptions<C> & { readonly clock: C },
): Integral<C>
export function setupIntegral(options: IntegralOptions = {}): Integral<Clock> {
  const { baseUrl, clock: given, ...rest } = readOptions(options)
  const virtual = { clock: new VirtualClock(VIRTUAL_START) }
  const lender = given === 'virtual' ? lateClock(() => virtual.clock) : given
  let current = open(lender, rest)
  const doors = current.doors.map((door, index) => ({
    ...door,
    handle: (...call: Parameters<typeof door.handle>) =>
      (current.doors[index] ?? door).handle(...call),
  }))
  const handlers = mswHandlers(doors, current.exchange, baseUrl)
  let listening = false
  const reset = () => {
    current.clock.cancelAll()
    virtual.clock = new VirtualClock(VIRTUAL_START)
    current = open(lender, rest)
  }

  return {
    baseUrl,
    credentials: current.credentials,
    hmac: current.hmac,
    clock: lender,
    market: lateMarket(() => current.exchange.market),
    outcomes: {
      script: (coId, outcome) => current.exchange.outcomes.script(coId, outcome),
      stage: (rule) => current.exchange.outcomes.stage(rule),
      get staged() {
        return current.exchange.outcomes.staged
      },
      remove: (id) => current.exchange.outcomes.remove(id),
      clear: () => current.exchange.outcomes.clear(),
    },
    faults: {
      stage: (fault) => current.faults.stage(fault),
      clear: () => current.faults.clear(),
      get staged() {
        return current.faults.staged
      },
    },
    handlers,
    fetch: async (input, init) => {
      const request = new Request(input, init)
      request.signal.throwIfAborted()
      const response = await callDirectly(handlers, request)
      if (response) return response
      throw new TypeError(noAnswer(request.method, request.url))
    },
    listen: () => {
      intercept(baseUrl, handlers)
      listening = true
    },
    close: () => {
      if (listening) release(baseUrl)
      listening = false
      reset()
    },
    reset,
    enrol: (newUser) => credentialsOf(enrol(current.exchange, readNewUser(newUser))),
    orders: () => {
      const { desk, settings, directory } = current.exchange
      return desk.orders.map((order) => orderView(order, settings, directory.broker.org))
    },
    trades: () => current.exchange.trades.all.map(doneTrade),
  }
}

/** One simulation, from its beginning to the next reset. */
function open(
  lender: Clock,
  options: Pick<ReturnType<typeof readOptions>, 'seed' | 'settings' | 'user'>,
) {
  const { seed, settings, user } = options
  const clock = new BorrowedClock(lender)
  const exchange = new Exchange({ clock, seed, ...(settings !== undefined && { settings }) })
  const faults = new Faults(exchange.chance)
  const username = drawOnce(exchange.chance.below(2 ** 31, 'user'), ({ internet }) =>
    internet.username(),
  )
  const owner = enrol(exchange, { user: username, ...user })
  return {
    clock,
    exchange,
    faults,
    doors: doorsOf(exchange, faults),
    credentials: credentialsOf(owner),
    hmac: { userId: owner.name, secret: owner.hmacSecret },
  }
}

function enrol({ directory }: Exchange, { user, ...others }: NewUser): EnrolledUser {
  return directory.enrol({ name: user, ...others })
}

function credentialsOf({ name, password, org }: User): Credentials {
  return { user: name, password, org }
}
