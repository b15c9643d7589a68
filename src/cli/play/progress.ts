import type { Credentials } from '../../api/client/options.ts'
import type { PlayScenario } from './play-script.ts'

export type StepState =
  | 'to come'
  /** For the client to do it, or to be told so. */
  | 'waiting'
  /** By the other side, or by the client. */
  | 'done'
  /** By the client, and otherwise than the scenario says. */
  | 'deviated'
  | 'seen'
  | 'not seen'
  /** It does not show in what a client is told. */
  | 'not watched'
  /** The client went on without it; staging that comes too late is left out. */
  | 'missed'
  /** The simulation could not do it. */
  | 'failed'

export interface StepProgress {
  /** `file:line`. */
  readonly place: string
  readonly text: string
  state: StepState
  /** One sentence each. */
  readonly notes: string[]
  /** The number of the exchange that brought it about. */
  exchange?: number
  /** What to sign in with, where the scenario enrols somebody. */
  signIn?: Credentials
}

export interface ScenarioProgress {
  /** `file:line`. */
  readonly place: string
  readonly name: string
  state: 'to come' | 'playing' | 'played'
  readonly steps: readonly StepProgress[]
  /** What the client did that the scenario does not expect, one sentence each. */
  readonly deviations: string[]
}

/** How far a play has come, as JSON. */
export interface PlayProgress {
  readonly state: 'to begin' | 'playing' | 'over' | 'failed'
  /** Why it could not go on; a sentence. */
  readonly failure?: string
  /** The step that the client is waited for at. */
  readonly waitingFor?: StepProgress
  readonly scenarios: readonly ScenarioProgress[]
  /** Once it is over: whether all went as the scenarios say, in a sentence. */
  readonly summary?: string
}

export function toCome({ place, name, steps }: PlayScenario): ScenarioProgress {
  const all = steps.map(
    (step): StepProgress => ({ place: step.place, text: step.text, state: 'to come', notes: [] }),
  )
  return { place, name, state: 'to come', steps: all, deviations: [] }
}

/** One line about a step, for people: where, how it stands, what it says. */
export function stepLine(scenario: ScenarioProgress, step: StepProgress): string {
  const { state, text, exchange, notes, signIn } = step
  const words = state === 'waiting' ? 'waiting for' : state
  const where = exchange === undefined ? '' : ` (exchange ${exchange})`
  const login = signIn ? [`Sign in as ${signIn.user} of ${signIn.org}.`] : []
  const more = [...notes, ...login].map((note) => ` ${note}`).join('')
  return `${step.place} ${scenario.name} — ${words}: ${text}${where}${more && `.${more}`}`
}

/** One line about a whole play, once it is over. */
export function overLine(scenarios: readonly ScenarioProgress[]): string {
  const states = scenarios.flatMap(({ steps }) => steps.map(({ state }) => state))
  const wrong = (['not seen', 'deviated', 'missed', 'failed'] as const).flatMap((state) => {
    const count = states.filter((each) => each === state).length
    return count === 0 ? [] : [`${count} ${state}`]
  })
  const unasked = scenarios.flatMap(({ deviations }) => deviations).length
  const all = [...wrong, ...(unasked === 0 ? [] : [`${unasked} not expected`])].join(', ')
  return `The play is over: ${all === '' ? 'all went as the scenarios say' : all}.`
}
