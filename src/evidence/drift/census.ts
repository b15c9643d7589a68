/** How a field, or a place in a list, was found in several answers. */
interface Sighting {
  /** In how many of the samples. */
  count: number
  readonly types: Set<string>
  /** The first exchange that had it. */
  readonly exchange: number
}

/**
 * Counts which fields answers of one kind have, by JSON path, and of which types: `[]` stands for any
 * place in a list, and the answer itself has the empty path.
 */
export class Census {
  samples = 0
  readonly exchanges: number[] = []
  readonly #sightings = new Map<string, Sighting>()

  add(value: unknown, exchange: number): void {
    this.samples += 1
    this.exchanges.push(exchange)
    const seen = new Map<string, Set<string>>()
    note(value, '', seen)
    for (const [path, types] of seen) {
      const known = this.#sightings.get(path) ?? { count: 0, types: new Set(), exchange }
      known.count += 1
      for (const type of types) known.types.add(type)
      this.#sightings.set(path, known)
    }
  }

  /** Parents before what is in them. */
  get paths(): readonly string[] {
    return [...this.#sightings.keys()]
  }

  at(path: string): Readonly<Sighting> | undefined {
    return this.#sightings.get(path)
  }

  /** e.g. `always`, `in 2 of 5 answers`, `never`. */
  presenceOf(path: string): string {
    const count = this.#sightings.get(path)?.count ?? 0
    if (count === 0) return 'never'
    return count === this.samples ? 'always' : `in ${count} of ${this.samples} answers`
  }
}

/** The type of a JSON value; `undefined` is a body that is no JSON. */
function typeOf(value: unknown): string {
  if (value === null) return 'null'
  if (value === undefined) return 'no JSON'
  return Array.isArray(value) ? 'array' : typeof value
}

function note(value: unknown, path: string, seen: Map<string, Set<string>>): void {
  const types = seen.get(path)
  if (types) types.add(typeOf(value))
  else seen.set(path, new Set([typeOf(value)]))
  if (Array.isArray(value)) for (const each of value) note(each, `${path}[]`, seen)
  else if (typeof value === 'object' && value !== null) {
    for (const [name, field] of Object.entries(value)) {
      note(field, path === '' ? name : `${path}.${name}`, seen)
    }
  }
}

/** The path of what a path is in; `undefined` for the answer itself. */
export function parentOf(path: string): string | undefined {
  if (path === '') return undefined
  return path.endsWith('[]') ? path.slice(0, -2) : path.slice(0, Math.max(0, path.lastIndexOf('.')))
}
