import type { Credentials } from '../../api/client/options.ts'
import type { Operation } from '../../api/contract/endpoints.ts'
import type { ClientEvent } from '../../backends/playing/client-event.ts'
import type { CueStep, PlayStep } from './play-script.ts'
import { type ScenarioProgress, type StepProgress, type StepState, stepLine } from './progress.ts'

/** Told of every change, as a line for people and, where it is about one, as the step. */
export type Tell = (line: string, step?: StepProgress) => void

/** The steps of one scenario, how far it has come, and how each of them went. */
export class PromptBook {
  readonly #steps: readonly PlayStep[]
  readonly #progress: ScenarioProgress
  readonly #tell: Tell
  #index = 0

  constructor(steps: readonly PlayStep[], progress: ScenarioProgress, tell: Tell) {
    this.#steps = steps
    this.#progress = progress
    this.#tell = tell
  }

  get index(): number {
    return this.#index
  }

  /** The step it has come to; `undefined` at the end. */
  get step(): PlayStep | undefined {
    return this.#steps[this.#index]
  }

  /** How that step stands. */
  get standing(): StepProgress | undefined {
    return this.#progress.steps[this.#index]
  }

  /** The next step of the client, from this one on; of any operation, or of one. */
  nextCue(operation?: Operation): { readonly index: number; readonly step: CueStep } | undefined {
    const index = this.#steps.findIndex(
      (step, at) =>
        at >= this.#index &&
        step.kind === 'cue' &&
        (operation === undefined || step.cue.operations.includes(operation)),
    )
    const step = this.#steps[index]
    return step?.kind === 'cue' ? { index, step } : undefined
  }

  /** Where the scenario ends. */
  get end(): number {
    return this.#steps.length
  }

  turn(): void {
    this.#index++
  }

  /** Notes how the step stands that it has come to. */
  mark(state: StepState, note?: string, event?: ClientEvent): void {
    const step = this.standing
    if (!step || (step.state === state && state === 'waiting')) return
    step.state = state
    if (note !== undefined) step.notes.push(note)
    if (event) step.exchange = event.exchange
    this.#tell(stepLine(this.#progress, step), step)
  }

  /** Shows what to sign in with. */
  show(signIn: Credentials): void {
    if (this.standing) this.standing.signIn = signIn
  }

  /** Notes what the client did that the scenario does not expect. */
  deviate({ exchange }: ClientEvent, what: string): void {
    const { place, name, deviations } = this.#progress
    const sentence = `The client ${what} (exchange ${exchange}).`
    deviations.push(sentence)
    this.#tell(`${place} ${name} — deviated: ${sentence}`)
  }
}
