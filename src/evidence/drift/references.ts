import { idOf } from '../reading/reading.ts'

/** Names for values that are others in every run, by kind, numbered as they come: `‹price:1›`. */
export class References {
  readonly #names = new Map<string, string>()
  readonly #counts = new Map<string, number>()

  /** Gives a value a name of the caller's own, e.g. the one that both sides use. */
  name(kind: string, value: unknown, name: string): void {
    const text = idOf(value)
    if (text !== undefined) this.#names.set(`${kind} ${text}`, name)
  }

  /** e.g. `‹price:1›`; always the same for the same value. A dash where there is none. */
  of(kind: string, value: unknown): string {
    const text = idOf(value)
    if (text === undefined) return '–'
    const key = `${kind} ${text}`
    const known = this.#names.get(key)
    if (known !== undefined) return known
    const count = (this.#counts.get(kind) ?? 0) + 1
    this.#counts.set(kind, count)
    const name = `‹${kind}:${count}›`
    this.#names.set(key, name)
    return name
  }
}
