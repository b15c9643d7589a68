import type { Agenda, Appointment } from './agenda.ts'
import type { DeskOrder } from './desk-order.ts'
import { paceOf } from './stages.ts'

/** An appointment, and what has it kept. */
interface Kept extends Appointment {
  readonly keep: () => void
}

/** What becomes of an order when time has come. */
interface Called {
  readonly stageOver: (order: DeskOrder) => void
  readonly timeInForceOver: (order: DeskOrder) => void
}

/** What time does to orders: it ends the stages that it paces, and the time in force. */
export class OrderTimers {
  readonly #agenda: Agenda
  readonly #called: Called
  /** Cancels the end of an order's time in force, once the order has ended otherwise. */
  readonly #deadlines = new Map<DeskOrder, () => void>()

  constructor(agenda: Agenda, called: Called) {
    this.#agenda = agenda
    this.#called = called
  }

  /** Has time move the order on, where its present stage is paced by time. */
  pace(order: DeskOrder): void {
    if (order.isFinal) return
    const pace = paceOf(order)
    order.waits.pace = undefined
    if (typeof pace !== 'object' || !('ms' in pace)) return
    order.waits.pace = this.#agenda.arrange(this.#agenda.now() + pace.ms)
    this.#keepPace(order, order.waits.pace)
  }

  /** Ends the time in force at a time, in epoch milliseconds. */
  setDeadline(order: DeskOrder, due: number): void {
    order.waits.deadline = this.#agenda.arrange(due)
    this.#keepDeadline(order, order.waits.deadline)
  }

  /** Forgets an order that has ended. */
  drop(order: DeskOrder): void {
    this.#deadlines.get(order)?.()
    this.#deadlines.delete(order)
  }

  /**
   * Takes up again what orders waited for.
   *
   * @param others - What else is to be kept, and comes in its place among the rest.
   */
  resume(orders: readonly DeskOrder[], others: readonly Kept[]): void {
    const own = orders.flatMap((order): Kept[] => {
      const { deadline, pace } = order.waits
      return [
        ...(deadline ? [{ ...deadline, keep: () => this.#keepDeadline(order, deadline) }] : []),
        ...(pace ? [{ ...pace, keep: () => this.#keepPace(order, pace) }] : []),
      ]
    })
    const all = [...own, ...others]
    all.sort((one, other) => one.due - other.due || one.order - other.order)
    for (const { keep } of all) keep()
  }

  #keepPace(order: DeskOrder, appointment: Appointment): void {
    this.#agenda.keep(appointment, () => {
      if (order.waits.pace !== appointment) return
      order.waits.pace = undefined
      this.#called.stageOver(order)
    })
  }

  #keepDeadline(order: DeskOrder, appointment: Appointment): void {
    const cancel = this.#agenda.keep(appointment, () => this.#called.timeInForceOver(order))
    this.#deadlines.set(order, cancel)
  }
}
