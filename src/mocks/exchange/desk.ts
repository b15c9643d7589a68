import type { Clock } from '../../api/clock.ts'
import { lifecycleOf } from '../../machines/lifecycle.ts'
import type { Appointment } from './agenda.ts'
import type { Chance } from './chance.ts'
import { DeskOrder, type Plan } from './desk-order.ts'
import type { User } from './directory.ts'
import type { Limits } from './limits.ts'
import { OrderBooks } from './order-books.ts'
import type { Problem } from './order-problems.ts'
import { type OrderTerms, readOrderRequest } from './order-terms.ts'
import { OrderWorker, type WorkerParts } from './order-worker.ts'
import type { OrderFacts } from './outcome-rule.ts'
import type { Outcomes } from './outcomes.ts'
import { canExpire, canFillInParts, planOutcome, planRejection, turnsDown } from './planning.ts'
import { quoteProblems } from './quote-check.ts'
import type { RestRecord } from './records.ts'
import { type Result, refuse, success } from './refusal.ts'
import type { Settings } from './settings/settings.ts'
import { isMarketOpen } from './trading-hours.ts'

/** What the desk works with. */
export interface DeskParts extends WorkerParts {
  readonly clock: Clock
  readonly chance: Chance
  readonly outcomes: Outcomes
  readonly limits: Limits
}

/**
 * The simulated desk: takes orders or refuses them, plans what becomes of them, and finds them again.
 */
export class Desk {
  readonly #parts: DeskParts
  readonly #books: OrderBooks
  readonly #worker: OrderWorker

  constructor(parts: DeskParts) {
    this.#parts = parts
    this.#books = new OrderBooks(parts)
    this.#worker = new OrderWorker(parts, this.#books)
  }

  /** Places an order; the body is whatever the client sent. */
  place(user: User, body: unknown): Result<DeskOrder> {
    const { settings, market } = this.#parts
    const request = readOrderRequest(body, settings, (symbol) => market.pair(symbol))
    const problems = [
      ...permissionProblems(user, settings),
      ...request.problems,
      ...this.#duplicateProblems(user, request.echo.coId),
      ...(request.terms ? this.#marketProblems(user, request.terms) : []),
    ]
    const coId = request.echo.coId
    const type = request.echo.type
    const identifiable = typeof coId === 'string' && coId !== '' && typeof type === 'string'
    const refusing = problems.find(({ answer }) => answer !== 'rejectOnQuery' || !identifiable)
    if (refusing) return refuse(refusing.reason, refusing.detail)
    if (!identifiable) return refuse('missing-field', 'The order has neither coId nor type.')
    if (this.#books.isFull) {
      const { orders } = this.#parts.limits
      return refuse('too-many-orders', `All ${orders} orders kept here work: cancel some.`)
    }
    const lifecycle = lifecycleOf(type)
    const plan = this.#plan(
      { ...request.echo, coId, type, user: user.name },
      request.terms,
      problems[0],
    )
    if (!plan.ok) return plan
    const order = new DeskOrder({
      orderId: this.#books.nextId(),
      coId,
      user,
      echo: request.echo,
      ...(request.terms && { terms: request.terms }),
      lifecycle,
      plan: plan.value,
      placedAt: this.#parts.clock.now(),
    })
    this.#books.add(order)
    this.#worker.start(order)
    this.#parts.observer.orderChanged?.(order)
    return success(order)
  }

  /** One order of the user's organisation, by server id; being queried may move it on. */
  query(user: User, orderId: string): Result<DeskOrder> {
    const order = this.#books.find(user, orderId)
    if (!order) return refuse('unknown-order', `There is no order ${orderId}.`)
    this.#worker.observe(order)
    return success(order)
  }

  /** The latest order placed with a client id; being queried may move it on. */
  queryByCoId(user: User, coId: string): Result<DeskOrder> {
    const order = this.#books.findByCoId(user, coId)
    if (!order) return refuse('unknown-order', `There is no order with coId ${coId}.`)
    this.#worker.observe(order)
    return success(order)
  }

  /** All orders of the user's organisation that are still active; being listed may move them on. */
  queryActive(user: User): readonly DeskOrder[] {
    for (const order of this.#books.active(user)) this.#worker.observe(order)
    return this.#books.listed(user)
  }

  /** Cancels an order, unless it is finished or its lifecycle knows no cancelling. */
  cancel(user: User, orderId: string): Result<DeskOrder> {
    const order = this.#books.find(user, orderId)
    if (!order) return refuse('unknown-order', `There is no order ${orderId}.`)
    if (order.isFinal) return refuse('too-late', `Order ${orderId} is already ${order.status}.`)
    if (!order.lifecycle.statuses.includes('CANCELED')) {
      return refuse('too-late', `A ${order.lifecycle.name} order cannot be cancelled.`)
    }
    if (this.#worker.cancel(order)) return success(order)
    return refuse('too-late', `Order ${orderId} is already ${order.status}.`)
  }

  /** Moves an order on by one step, as its pace would. For orders that are held. */
  proceed(orderId: string): Result<DeskOrder> {
    const order = this.#books.any(orderId)
    if (!order) return refuse('unknown-order', `There is no order ${orderId}.`)
    this.#worker.step(order)
    return success(order)
  }

  /** The client id of an order, whoever placed it; the order does not move on by this. */
  coIdOf(orderId: string): string | undefined {
    return this.#books.any(orderId)?.coId
  }

  /** Every order kept, in the order of placing. */
  get orders(): readonly DeskOrder[] {
    return this.#books.all
  }

  /** How many ids and appointments were given out. */
  get given(): Pick<RestRecord['given'], 'orders' | 'trades' | 'appointments'> {
    const { execution, agenda } = this.#parts
    return {
      orders: this.#books.placed,
      trades: execution.executed,
      appointments: agenda.numbers,
    }
  }

  /** When resting orders are looked at next. */
  get nextLook(): Appointment | undefined {
    return this.#worker.nextLook
  }

  /** Takes orders up again, in the order of placing, and all that moves them on. */
  resume(orders: readonly DeskOrder[], { given, nextLook }: RestRecord): void {
    const { execution, agenda } = this.#parts
    execution.resume(given.trades)
    agenda.resume(given.appointments)
    this.#books.resume(orders, given.orders)
    this.#worker.resume(orders, nextLook)
  }

  /** What is staged is served by every order that is taken, and by those that it has refused. */
  #plan(
    facts: OrderFacts & { readonly type: string },
    terms: OrderTerms | undefined,
    problem: Problem | undefined,
  ): Result<Plan> {
    const { settings, outcomes } = this.#parts
    const lifecycle = lifecycleOf(facts.type)
    const staged = outcomes.takeStaged(facts)
    if (!terms || (problem && !(staged && turnsDown(staged)))) {
      const rejection = problem && { code: problem.reason, text: problem.detail }
      const ending = { kind: 'reject', when: 'RECEIVED', ...(rejection && { rejection }) } as const
      return success(planRejection(ending, settings))
    }
    const outcome =
      staged ??
      outcomes.unstaged({
        ...facts,
        size: Number(terms.size.toString()),
        canExpire: canExpire(lifecycle, terms),
        canFillInParts: canFillInParts(terms),
      })
    return planOutcome(outcome, lifecycle, terms, settings)
  }

  #duplicateProblems(user: User, coId: unknown): readonly Problem[] {
    const { settings } = this.#parts
    const duplicate = settings['coId.duplicate']
    if (duplicate === 'accept' || typeof coId !== 'string') return []
    if (!this.#books.isUsed(user, coId, settings['coId.duplicateScope'])) return []
    const answer = duplicate === 'reject' ? 'rejectOnQuery' : 'http400'
    return [{ reason: 'duplicate-co-id', detail: `coId ${coId} has been used.`, answer }]
  }

  #marketProblems(user: User, terms: OrderTerms): readonly Problem[] {
    const { settings, market, quotes, clock } = this.#parts
    const problems: Problem[] = []
    if (settings['market.hours'] === 'fx' && !isMarketOpen(clock.now())) {
      const detail = 'The market is closed.'
      problems.push({
        reason: 'market-closed',
        detail,
        answer: settings['validation.marketClosed'],
      })
    }
    if (!market.streams(terms.pair.symbol)) {
      const answer = settings['provider.missing']
      const detail = `No provider streams ${terms.pair.symbol}.`
      problems.push({
        reason: 'no-provider',
        detail,
        answer: answer === 'reject' ? 'rejectOnQuery' : answer,
      })
    }
    if (terms.type === 'PQ') problems.push(...quoteProblems(user, terms, quotes, settings))
    return problems
  }
}

function permissionProblems(user: User, settings: Settings): readonly Problem[] {
  if (user.mayTrade) return []
  const answer = settings['perm.missing']
  const detail = `User ${user.name} has no trading permission.`
  return [
    { reason: 'no-permission', detail, answer: answer === 'reject' ? 'rejectOnQuery' : answer },
  ]
}
