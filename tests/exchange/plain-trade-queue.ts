import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'

/** A trade as the plain queue knows it. */
interface Plain {
  readonly id: string
  readonly at: number
}

interface PlainWaiting extends Plain {
  readonly event: 'NEW' | 'RESEND'
  pollsLeft: number
}

/** The rules of the trade queue of one organisation, written so that they can be read and not so that they are fast. */
export class PlainTradeQueue {
  readonly #settings: Settings
  readonly #most: number
  #kept: Plain[] = []
  #waiting: PlainWaiting[] = []
  /** In the order of delivery. */
  #got: Plain[] = []
  #isConsumed = false

  constructor(settings: Settings, most: number) {
    this.#settings = settings
    this.#most = most
  }

  get kept(): readonly string[] {
    return this.#kept.map(({ id }) => id)
  }

  add(trade: Plain): void {
    if (this.#kept.length === this.#most) this.#forget(this.#got[0] ?? this.#kept[0])
    this.#kept.push(trade)
    if (this.#isConsumed) this.#waiting.push(this.#fresh(trade))
  }

  download(count: number, now: number, delivered: boolean): readonly string[] {
    this.#consume()
    const key = (each: Plain) => each.at
    const ready = this.#waiting.filter(
      ({ event, pollsLeft, at }) =>
        event === 'RESEND' || (pollsLeft === 0 && at + this.#settings['stp.delayMs'] <= now),
    )
    for (const each of this.#waiting) each.pollsLeft = Math.max(0, each.pollsLeft - 1)
    const sorted = ready.sort((a, b) => key(a) - key(b))
    if (this.#settings['stp.order'] === 'desc') sorted.reverse()
    const taken = sorted.slice(0, count)
    this.#waiting = this.#waiting.filter((each) => !taken.includes(each))
    if (delivered || this.#settings['stp.consumeOn'] === 'send')
      this.#got.push(...taken.map(({ id, at }) => ({ id, at })))
    else this.#waiting.unshift(...taken)
    return taken.map(({ id, event }) => `${id} ${event}`)
  }

  resend(from: number, to: number): number {
    this.#consume()
    const again = this.#got.filter(({ at }) => from <= at && at <= to)
    this.#got = this.#got.filter((each) => !again.includes(each))
    this.#waiting.push(
      ...again.map((each) => ({ ...each, event: 'RESEND' as const, pollsLeft: 0 })),
    )
    return again.length
  }

  #consume(): void {
    if (!this.#isConsumed) this.#waiting = this.#kept.map((each) => this.#fresh(each))
    this.#isConsumed = true
  }

  #fresh(trade: Plain): PlainWaiting {
    return { ...trade, event: 'NEW', pollsLeft: this.#settings['stp.delayPolls'] }
  }

  #forget(trade: Plain | undefined): void {
    const isOther = ({ id }: Plain) => id !== trade?.id
    this.#kept = this.#kept.filter(isOther)
    this.#waiting = this.#waiting.filter(isOther)
    this.#got = this.#got.filter(isOther)
  }
}
