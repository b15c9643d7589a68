import type { Clock } from '../../api/clock.ts'
import { timedSleep } from '../../api/timed-sleep.ts'
import { Timers } from './timers.ts'

/**
 * The last instant that a steered clock shows, in epoch milliseconds: where it would go on beyond, it
 * stands. A year before dates have five digits, which no timestamp of the API has room for, so that what
 * is reckoned from now on can still be written: value dates, and when things expire.
 */
export const LATEST = Date.UTC(9999, 0, 1)

/**
 * A clock that follows another one, at a pace that can be changed: stopped, faster, slower; and that can be
 * advanced besides. Time never runs backwards.
 *
 * Timers fire in the order they are due, those due together in the order they were set. When the clock is
 * advanced, each fires at its own time.
 */
export class SteeredClock implements Clock {
  readonly #host: Clock
  readonly #timers = new Timers()
  /** Wake those who sleep, whom nobody may forget: something of somebody waits for them. */
  readonly #sleepers = new Set<() => void>()
  #isStopped = false
  /** What this clock said when it was last steered, and what the host said then. */
  #base: number
  #hostBase: number
  #pace: number
  #alarm: { readonly due: number; readonly cancel: () => void } | undefined

  /**
   * @param host - The clock that is followed.
   * @param pace - Milliseconds here for each of the host's, 0 or more; 0 stands still.
   * @param startAt - Epoch milliseconds here at the beginning, up to `LATEST`; the host's when absent.
   */
  constructor(host: Clock, pace = 1, startAt = host.now()) {
    this.#host = host
    this.#pace = pace
    this.#base = startAt
    this.#hostBase = host.now()
  }

  now(): number {
    if (this.#pace === 0) return this.#base
    const passed = Math.floor((this.#host.now() - this.#hostBase) * this.#pace)
    return Math.min(this.#base + passed, LATEST)
  }

  get pace(): number {
    return this.#pace
  }

  /** Goes on where another clock stands, at its pace. For one that nothing was timed on yet. */
  continueFrom(other: SteeredClock): void {
    this.#rebase(other.now())
    this.#pace = other.pace
    this.#cancelAlarm()
    this.#setAlarm()
  }

  /** Changes the pace from now on. @throws {RangeError} It is negative or no number. */
  run(pace: number): void {
    if (!(pace >= 0 && Number.isFinite(pace)))
      throw new RangeError(`Failed to set the pace to ${pace}: it is a number from 0.`)
    this.#rebase(this.now())
    this.#pace = pace
    this.#cancelAlarm()
    this.#setAlarm()
  }

  /** While the clock stands still, a sleep passes the time it asks for at once. A stopped one wakes all. */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#isStopped) return
    if (this.#pace === 0) this.advance(Math.min(ms, LATEST - this.now()))
    else await timedSleep((...timer) => this.#wakeIn(...timer), ms, signal)
  }

  setTimer(ms: number, callback: () => void): () => void {
    if (this.#isStopped) return () => undefined
    const cancel = this.#timers.add(this.now() + Math.max(0, ms), callback)
    this.#setAlarm()
    return () => {
      cancel()
      if (this.#timers.nextDue === undefined) this.#cancelAlarm()
    }
  }

  /**
   * Lets time pass at once, whatever the pace.
   *
   * @param ms - Milliseconds, 0 or more.
   * @throws {RangeError} `ms` is negative or no number, or leads beyond `LATEST`; then no time passes.
   */
  advance(ms: number): void {
    if (!(ms >= 0 && Number.isFinite(ms)))
      throw new RangeError(`Failed to pass ${ms} ms: time only moves forward.`)
    const end = this.now() + ms
    if (end > LATEST)
      throw new RangeError(
        `Failed to pass ${ms} ms: time here ends at ${new Date(LATEST).toISOString()}; begin anew at an earlier one.`,
      )
    for (let next = this.#timers.takeDue(end); next; next = this.#timers.takeDue(end)) {
      this.#rebase(Math.max(this.now(), next.due))
      next.callback()
    }
    this.#rebase(Math.max(this.now(), end))
    this.#cancelAlarm()
    this.#setAlarm()
  }

  /** Forgets every timer, and takes no more: whoever set them is gone. Who sleeps goes on at once. */
  stop(): void {
    this.#isStopped = true
    this.#timers.clear()
    this.#cancelAlarm()
    for (const wake of this.#sleepers) wake()
  }

  /** A timer that also fires when the clock is stopped. */
  #wakeIn(ms: number, callback: () => void): () => void {
    const wake = (): void => {
      this.#sleepers.delete(wake)
      callback()
    }
    this.#sleepers.add(wake)
    const cancel = this.setTimer(ms, wake)
    return () => {
      this.#sleepers.delete(wake)
      cancel()
    }
  }

  #rebase(now: number): void {
    this.#base = now
    this.#hostBase = this.#host.now()
  }

  /** One timer of the host stands for the next of ours; one that comes too early does no harm. */
  #setAlarm(): void {
    const due = this.#timers.nextDue
    if (due === undefined || due > LATEST || this.#pace === 0) return
    if (this.#alarm && this.#alarm.due <= due) return
    this.#cancelAlarm()
    const inMs = Math.ceil(Math.max(0, due - this.now()) / this.#pace)
    const cancel = this.#host.setTimer(inMs, () => {
      this.#alarm = undefined
      for (
        let next = this.#timers.takeDue(this.now());
        next;
        next = this.#timers.takeDue(this.now())
      )
        next.callback()
      this.#setAlarm()
    })
    this.#alarm = { due, cancel }
  }

  #cancelAlarm(): void {
    this.#alarm?.cancel()
    this.#alarm = undefined
  }
}
