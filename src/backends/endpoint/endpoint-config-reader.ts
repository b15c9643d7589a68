import { closest } from 'fastest-levenshtein'
import {
  endpointVariables,
  type FurtherVariable,
  loginNumberIn,
} from './endpoint-config-variables.ts'

type Environment = Readonly<Record<string, string | undefined>>
type Variable = (typeof endpointVariables)[number] | FurtherVariable

/** What the variables say, and everything that is wrong with them. An empty one counts as absent. */
export class EnvironmentReader {
  readonly #env: Environment
  readonly problems: string[] = []

  constructor(env: Environment) {
    this.#env = env
    for (const name of Object.keys(env)) {
      const isKnown =
        loginNumberIn(name) !== undefined || endpointVariables.some((known) => known === name)
      if (name.startsWith('INTEGRAL_') && !isKnown) {
        this.complain(
          `Unknown variable ${name}: did you mean ${closest(name, [...endpointVariables])}?`,
        )
      }
    }
  }

  /** The numbers of the further logins of which anything is given, in rising order. */
  get furtherLogins(): readonly number[] {
    const given = Object.keys(this.#env).filter((name) => this.#env[name])
    const numbers = given.flatMap((name) => loginNumberIn(name) ?? [])
    return [...new Set(numbers)].sort((one, other) => one - other)
  }

  complain(sentence: string): void {
    this.problems.push(sentence)
  }

  text(name: Variable): string | undefined {
    return this.#env[name] || undefined
  }

  /** @param what - What it is, for the sentence where it is absent. */
  required(name: Variable, what: string): string {
    const text = this.text(name)
    if (text === undefined) this.complain(`${name} is not set: give ${what}.`)
    return text ?? ''
  }

  choice<const T extends string>(name: Variable, choices: readonly [T, ...T[]]): T {
    const [byDefault] = choices
    const text = this.text(name) ?? byDefault
    const chosen = choices.find((choice) => choice === text)
    if (chosen === undefined)
      this.complain(`${name} has none of its values: use ${choices.join(' or ')}, written so.`)
    return chosen ?? byDefault
  }

  /** A number above 0 in plain digits. */
  positive(name: Variable, byDefault: number, kind: 'whole' | 'any' = 'any'): number {
    const text = this.text(name)
    if (text === undefined) return byDefault
    const isPlain = kind === 'whole' ? /^\d{1,15}$/.test(text) : /^\d{1,15}(?:\.\d+)?$/.test(text)
    if (isPlain && Number(text) > 0) return Number(text)
    const what = kind === 'whole' ? 'a whole number from 1' : 'a number above 0'
    this.complain(`${name} is not ${what}: write digits only, for example ${byDefault}.`)
    return byDefault
  }
}
