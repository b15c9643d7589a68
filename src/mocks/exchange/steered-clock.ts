import type { Clock } from '../../api/clock.ts'
import { timedSleep } from '../../api/timed-sleep.ts'
import { Timers } from './timers.ts'

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
  /** What this clock said when it was last steered, and what the host said then. */
  #base: number
  #hostBase: number
  #pace: number
  #alarm: { readonly due: number; readonly cancel: () => void } | undefined

  /**
   * @param host - The clock that is followed.
   * @param pace - Milliseconds here for each of the host's, 0 or more; 0 stands still.
   * @param startAt - Epoch milliseconds here at the beginning; the host's when absent.
   */
  constructor(host: Clock, pace = 1, startAt = host.now()) {
    this.#host = host
    this.#pace = pace
    this.#base = startAt
    this.#hostBase = host.now()
  }

  now(): number {
    if (this.#pace === 0) return this.#base
    return this.#base + Math.floor((this.#host.now() - this.#hostBase) * this.#pace)
  }

  get pace(): number {
    return this.#pace
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

  /** While the clock stands still, a sleep passes the time it asks for at once. */
  async sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (this.#pace === 0) this.advance(ms)
    else await timedSleep((...timer) => this.setTimer(...timer), ms, signal)
  }

  setTimer(ms: number, callback: () => void): () => void {
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
   * @throws {RangeError} `ms` is negative or no number.
   */
  advance(ms: number): void {
    if (!(ms >= 0 && Number.isFinite(ms)))
      throw new RangeError(`Failed to pass ${ms} ms: time only moves forward.`)
    const end = this.now() + ms
    for (let next = this.#timers.takeDue(end); next; next = this.#timers.takeDue(end)) {
      this.#rebase(Math.max(this.now(), next.due))
      next.callback()
    }
    this.#rebase(Math.max(this.now(), end))
    this.#cancelAlarm()
    this.#setAlarm()
  }

  /** Forgets every timer: whoever set them is gone. */
  stop(): void {
    this.#timers.clear()
    this.#cancelAlarm()
  }

  #rebase(now: number): void {
    this.#base = now
    this.#hostBase = this.#host.now()
  }

  /** One timer of the host stands for the next of ours; one that comes too early does no harm. */
  #setAlarm(): void {
    const due = this.#timers.nextDue
    if (due === undefined || this.#pace === 0) return
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
