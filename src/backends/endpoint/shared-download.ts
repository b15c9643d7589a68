import type { Answer } from '../../api/client/answer.ts'
import type { ScenarioRoom } from './scenario-room.ts'

/** A download that has not begun yet, and those it is made for besides the one who makes it. */
interface Round {
  readonly sharers: Set<ScenarioRoom>
  readonly by: ScenarioRoom
  readonly answer: Promise<Answer<unknown>>
}

/**
 * The downloads of a login, one at a time. Who asks while one is under way shares the next one with all
 * others who do: it begins after each of them asked, and brings all that is there. One after the other,
 * downloads would hold up scenarios as soon as a few workers run them.
 */
export class SharedDownload {
  #last: Promise<unknown> = Promise.resolve()
  #next: Round | undefined

  /**
   * Makes a download that nobody shares, in its turn.
   */
  alone(work: () => Promise<Answer<unknown>>): Promise<Answer<unknown>> {
    const turn = this.#last.then(work)
    this.#last = turn.catch(() => {})
    return turn
  }

  /**
   * Makes a download, or waits for the one that is about to be made.
   *
   * @param work - Told, when it begins, for whom it is made besides `room`.
   * @returns Also where another scenario made it: a success. Where that one's came to nothing, one of
   * those who waited makes the next.
   */
  async together(
    room: ScenarioRoom,
    work: (sharers: ReadonlySet<ScenarioRoom>) => Promise<Answer<unknown>>,
  ): Promise<Answer<unknown>> {
    const next = this.#next
    if (next && next.by !== room && !next.sharers.has(room)) {
      next.sharers.add(room)
      const answer = await next.answer.catch(() => undefined)
      return answer?.kind === 'success' ? answer : this.together(room, work)
    }
    const sharers = new Set<ScenarioRoom>()
    const answer = this.alone(() => {
      if (this.#next?.sharers === sharers) this.#next = undefined
      return work(sharers)
    })
    this.#next = { sharers, by: room, answer }
    return answer
  }
}
