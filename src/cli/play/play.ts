import type { ClientEvent } from '../../backends/playing/client-event.ts'
import { messageOf } from '../usage-error.ts'
import { Cast } from './cast.ts'
import type { PlayScript } from './play-script.ts'
import type { PlayStage } from './play-stage.ts'
import { overLine, type PlayProgress, type ScenarioProgress, toCome } from './progress.ts'
import type { Tell } from './prompt-book.ts'
import { ScenarioPlay } from './scenario-play.ts'

export interface PlayOptions extends PlayStage {
  readonly onProgress?: Tell
}

/**
 * Acts scenarios out for whatever client connects to one organisation: one after the other, each once;
 * then all is ordinary again. No call of this rejects: what cannot go on ends the play, and says so.
 *
 * What the other side does is staged as soon as the client has done what stands before it. So whoever
 * serves the client awaits `begin` before the first call, tells of every call once it is handled, and awaits
 * `settled` before the next one is: then everything is in place in time, whatever the client does.
 */
export class Play {
  readonly #script: PlayScript
  readonly #options: PlayOptions
  readonly #tell: Tell
  readonly #cast = new Cast()
  readonly #scenarios: readonly ScenarioProgress[]
  #state: PlayProgress['state'] = 'to begin'
  #index = -1
  #current: ScenarioPlay | undefined
  #failure: string | undefined
  #settled: Promise<void> = Promise.resolve()

  constructor(script: PlayScript, options: PlayOptions) {
    this.#script = script
    this.#options = options
    this.#tell = (line, step) => options.onProgress?.(line, step)
    this.#scenarios = script.scenarios.map(toCome)
  }

  /** Begins with the first scenario. */
  begin(): Promise<void> {
    return this.#then(async () => {
      if (this.#state !== 'to begin') return
      this.#state = 'playing'
      await this.#next()
    })
  }

  /** Tells of a call of the client that was handled. Resolves when all that follows from it is staged. */
  receive(event: ClientEvent): Promise<void> {
    return this.#then(async () => {
      this.#cast.note(event)
      await this.#current?.take(event)
      await this.#goOn()
    })
  }

  /** Passes over the step that waits for the client. */
  skip(): Promise<void> {
    return this.#then(async () => {
      await this.#current?.skip()
      await this.#goOn()
    })
  }

  /** Resolves when all is staged that follows from what the client did so far. */
  settled(): Promise<void> {
    return this.#settled
  }

  progress(): PlayProgress {
    const waiting = this.#current?.waiting
    return structuredClone({
      state: this.#state,
      ...(this.#failure !== undefined && { failure: this.#failure }),
      ...(waiting && { waitingFor: waiting }),
      ...(this.#state === 'over' && { summary: overLine(this.#scenarios) }),
      scenarios: this.#scenarios,
    })
  }

  /** One thing after the other, in the order they were asked for. What fails ends the play. */
  #then(act: () => Promise<void>): Promise<void> {
    this.#settled = this.#settled.then(act).catch((error: unknown) => {
      this.#current = undefined
      this.#state = 'failed'
      this.#failure = `The play cannot go on: ${messageOf(error)}`
      this.#tell(this.#failure)
    })
    return this.#settled
  }

  async #goOn(): Promise<void> {
    while (this.#current?.isOver) await this.#next()
  }

  async #next(): Promise<void> {
    const ended = this.#scenarios[this.#index]
    if (ended) ended.state = 'played'
    const scenario = this.#script.scenarios[++this.#index]
    const progress = this.#scenarios[this.#index]
    this.#current = undefined
    const sessions = await this.#options.beginScenario(scenario)
    if (sessions === 'sessions ended') this.#cast.endSessions()
    if (!scenario || !progress) {
      this.#state = 'over'
      this.#tell(overLine(this.#scenarios))
      return
    }
    progress.state = 'playing'
    const { cast, stage } = { cast: this.#cast, stage: this.#options }
    this.#current = new ScenarioPlay({ scenario, progress, stage, cast, tell: this.#tell })
    await this.#current.advance()
    await this.#goOn()
  }
}
