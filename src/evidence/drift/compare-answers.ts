import { type Census, parentOf } from './census.ts'
import { type Difference, shown } from './difference.ts'

/**
 * Compares the fields and types of answers of one kind. Where a field is missing, or has another type,
 * what would be in it is not told a second time; what stands in a list is compared where both lists
 * had something in them.
 *
 * @param kind - What the answers are, e.g. `queryOrder FILLED`.
 */
export function compareAnswers(kind: string, here: Census, there: Census): Difference[] {
  const settled = new Set<string>()
  const differences: Difference[] = []
  const paths = new Set([...here.paths, ...there.paths])
  for (const path of [...paths].sort((one, other) => one.length - other.length)) {
    const parent = parentOf(path)
    if (parent !== undefined && settled.has(parent)) {
      settled.add(path)
      continue
    }
    const difference = compareOne(kind, path, here, there)
    if (difference === undefined) continue
    settled.add(path)
    if (difference !== NOT_COMPARABLE) differences.push(difference)
  }
  return differences
}

const NOT_COMPARABLE = Symbol('one side had an empty list')

function compareOne(
  kind: string,
  path: string,
  here: Census,
  there: Census,
): Difference | typeof NOT_COMPARABLE | undefined {
  const [one, other] = [here.at(path), there.at(path)]
  const subject = path === '' ? kind : `${kind} ${path}`
  if (!one || !other) {
    if (path.endsWith('[]')) return NOT_COMPARABLE
    return {
      rule: 'drift.fields',
      subject,
      simulation: presence(here, path),
      endpoint: presence(there, path),
    }
  }
  const [types, otherTypes] = [listOf(one.types), listOf(other.types)]
  if (types === otherTypes) return undefined
  return {
    rule: 'drift.types',
    subject,
    simulation: shown(types, [one.exchange]),
    endpoint: shown(otherTypes, [other.exchange]),
  }
}

function presence(census: Census, path: string) {
  const sighting = census.at(path)
  return shown(census.presenceOf(path), sighting ? [sighting.exchange] : census.exchanges)
}

function listOf(types: ReadonlySet<string>): string {
  return [...types].sort().join(' or ')
}
