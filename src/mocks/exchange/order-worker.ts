import type { Big } from 'big.js'
import type { Agenda, Appointment } from './agenda.ts'
import type { DeskOrder } from './desk-order.ts'
import type { Execution } from './execution.ts'
import type { Market } from './market.ts'
import { dealable, isWithinLimit, marketPrice } from './matching.ts'
import type { ExchangeObserver } from './observer.ts'
import type { OrderBooks } from './order-books.ts'
import type { OrderTerms } from './order-terms.ts'
import { OrderTimers } from './order-timers.ts'
import type { Quotes } from './quotes.ts'
import { RestingOrders } from './resting-orders.ts'
import type { Settings } from './settings/settings.ts'
import { nextPart, paceOf } from './stages.ts'
import { deadlineOf, rests } from './time-in-force.ts'

/** What moving orders on takes. */
export interface WorkerParts {
  readonly agenda: Agenda
  readonly observer: ExchangeObserver
  readonly settings: Settings
  readonly market: Market
  readonly quotes: Quotes
  readonly execution: Execution
}

/**
 * Moves orders along: when they are queried, when time passes, when the market comes to them. Every
 * change of status is an event sent to the order's machine.
 */
export class OrderWorker {
  readonly #parts: WorkerParts
  readonly #books: OrderBooks
  readonly #resting: RestingOrders
  readonly #timers: OrderTimers

  constructor(parts: WorkerParts, books: OrderBooks) {
    this.#parts = parts
    this.#books = books
    this.#resting = new RestingOrders(parts.agenda, parts.market, (order) => this.#meet(order))
    this.#timers = new OrderTimers(parts.agenda, {
      stageOver: (order) => this.step(order),
      timeInForceOver: (order) => this.#endTimeInForce(order),
    })
  }

  /** Starts whatever moves the order on without being asked. */
  start(order: DeskOrder): void {
    const { agenda, settings, market } = this.#parts
    const { terms } = order
    this.#timers.pace(order)
    if (!terms) return
    const deadline = deadlineOf(terms, agenda.now(), settings)
    if (deadline !== undefined) this.#timers.setDeadline(order, deadline)
    if (order.plan.ending.kind !== 'business' || !rests(terms)) return
    const top = market.top(terms.pair.symbol)
    if (!top || !isWithinLimit(terms, marketPrice(terms, top))) this.#resting.add(order)
  }

  /** Notes that an order is being queried, which may move it on before the answer. */
  observe(order: DeskOrder): void {
    while (!order.isFinal) {
      const pace = paceOf(order)
      const due = typeof pace === 'object' && 'polls' in pace && order.stagePolls >= pace.polls
      if (!due || !this.step(order)) break
    }
    if (order.isFinal) return
    order.stagePolls++
    this.#parts.observer.orderStirred?.(order)
  }

  /** When resting orders are looked at next. */
  get nextLook(): Appointment | undefined {
    return this.#resting.nextLook
  }

  /** Takes up again what moves orders on without being asked. */
  resume(orders: readonly DeskOrder[], nextLook: Appointment | undefined): void {
    const look = this.#resting.resume(orders, nextLook)
    this.#timers.resume(orders, look ? [look] : [])
  }

  /**
   * Moves an order on by one step, as its pace would.
   *
   * @returns Whether anything changed.
   */
  step(order: DeskOrder): boolean {
    if (order.isFinal) return false
    const { status, fills } = order
    if (order.isCancelling) this.#confirmCancel(order)
    else if (!this.#rejectIfDue(order)) {
      if (status === 'RECEIVED') this.#apply(order, 'desk.accepted')
      else this.#conclude(order)
    }
    const changed = order.status !== status || order.fills !== fills
    if (changed) {
      order.stagePolls = 0
      this.#timers.pace(order)
    }
    if (!order.isFinal) this.#parts.observer.orderStirred?.(order)
    return changed
  }

  #rejectIfDue(order: DeskOrder): boolean {
    const { ending } = order.plan
    if (ending.kind !== 'reject' || ending.when !== order.status) return false
    order.rejection = ending.rejection
    this.#apply(order, 'desk.rejected')
    return true
  }

  /** What the market, or the script, makes of a NEW order whose turn has come. */
  #conclude(order: DeskOrder): void {
    const { terms, plan } = order
    if (!terms) return
    switch (plan.ending.kind) {
      case 'business':
        if (terms.type === 'PQ') this.#dealForced(order, terms, order.open)
        else this.#meetMarket(order, terms)
        break
      case 'deal whole':
        this.#dealForced(order, terms, order.open)
        break
      case 'deal parts':
        this.#dealPart(order, terms)
        break
      case 'deal nothing':
        this.#lapseIfDue(order, terms)
        break
      case 'reject':
        break
    }
  }

  #dealPart(order: DeskOrder, terms: OrderTerms): void {
    const next = nextPart(order)
    if (next) this.#dealForced(order, terms, next)
    else this.#lapseIfDue(order, terms)
  }

  #lapseIfDue(order: DeskOrder, terms: OrderTerms): void {
    if (order.plan.lapsesAs !== undefined || !rests(terms)) this.#lapse(order)
  }

  #dealForced(order: DeskOrder, terms: OrderTerms, quantity: Big): void {
    const rate = this.#forcedRate(terms)
    if (rate) this.#deal(order, terms, quantity, rate)
    else this.#lapse(order)
  }

  /** Deals what the market gives; what is left rests, or lapses with the time in force. */
  #meetMarket(order: DeskOrder, terms: OrderTerms): void {
    const { market, settings } = this.#parts
    const top = market.top(terms.pair.symbol)
    const quantity = dealable(terms, order.open, top, settings['limit.oversize'])
    if (top && quantity.gt(0)) this.#deal(order, terms, quantity, marketPrice(terms, top))
    if (order.isFinal) return
    if (rests(terms)) this.#resting.add(order)
    else this.#lapse(order)
  }

  /** The market came to a resting order, perhaps. */
  #meet(order: DeskOrder): void {
    const { market, settings } = this.#parts
    const { terms } = order
    if (!terms || order.isFinal) return
    const top = market.top(terms.pair.symbol)
    if (dealable(terms, order.open, top, settings['limit.oversize']).eq(0)) return
    this.#accept(order)
    this.#meetMarket(order, terms)
  }

  /**
   * The quote of a PQ order; else the market, or the limit where the market has not reached it.
   * Nothing for an at-best order that nobody has a price for.
   */
  #forcedRate(terms: OrderTerms): Big | undefined {
    const { market, quotes } = this.#parts
    const { rateId } = terms
    const source = rateId === undefined ? market.top(terms.pair.symbol) : quotes.find(rateId)
    const price = source && marketPrice(terms, source)
    return price && (rateId !== undefined || isWithinLimit(terms, price)) ? price : terms.price
  }

  #deal(order: DeskOrder, terms: OrderTerms, quantity: Big, rate: Big): void {
    const { execution, quotes, agenda } = this.#parts
    execution.deal(order, terms, quantity, rate, agenda.now())
    if (terms.rateId !== undefined) quotes.spend(terms.rateId)
    this.#tidy(order)
  }

  /** Ends an order whose time in force allows no waiting. Fact sheet 6, rows 27 and 28. */
  #lapse(order: DeskOrder): void {
    const { settings } = this.#parts
    const setting = order.fills.length > 0 ? 'partial.finalStatus' : 'ioc.unfilledStatus'
    const cancelled = (order.plan.lapsesAs ?? settings[setting]) === 'CANCELED'
    this.#apply(order, cancelled ? 'cancel.confirmed' : 'timeInForce.ended')
  }

  #endTimeInForce(order: DeskOrder): void {
    const isOutlasted = order.plan.outlasts === true && paceOf(order) !== 'held'
    if (order.isFinal || isOutlasted || this.#rejectIfDue(order)) return
    this.#accept(order)
    if (this.#rejectIfDue(order)) return
    this.#apply(order, 'timeInForce.ended')
  }

  /**
   * Takes on the cancellation of a working order, and carries it out when its plan says.
   *
   * @returns `false` where the order ended just before, as planned.
   */
  cancel(order: DeskOrder): boolean {
    const { cancel } = order.plan
    if (cancel === 'overtaken') return true
    if (cancel === 'too late') while (this.step(order));
    if (order.isFinal) return false
    if (cancel === undefined || cancel === 'too late') this.#confirmCancel(order)
    else if (!order.isCancelling) {
      order.isCancelling = true
      order.stagePolls = 0
      this.#timers.pace(order)
      this.#parts.observer.orderStirred?.(order)
    }
    return true
  }

  #confirmCancel(order: DeskOrder): void {
    this.#accept(order)
    this.#apply(order, 'cancel.confirmed')
  }

  #accept(order: DeskOrder): void {
    if (order.status === 'RECEIVED') this.#apply(order, 'desk.accepted')
  }

  #apply(order: DeskOrder, event: Parameters<DeskOrder['apply']>[0]): void {
    order.apply(event, this.#parts.agenda.now())
    this.#tidy(order)
  }

  #tidy(order: DeskOrder): void {
    if (order.isFinal) {
      this.#resting.remove(order)
      this.#timers.drop(order)
      this.#books.finish(order)
    }
    this.#parts.observer.orderChanged?.(order)
  }
}
