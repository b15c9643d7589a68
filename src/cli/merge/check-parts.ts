import { isDeepStrictEqual } from 'node:util'
import { undivided } from '../../evidence/parts/shard-of.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { labelOf } from '../../evidence/verdict.ts'
import { UsageError } from '../usage-error.ts'
import { featuresIn, fileDifferences } from './file-differences.ts'
import type { Part } from './part.ts'

/** What all parts of a run have in common, in words. */
const COMMON: readonly (readonly [string, (run: RunFacts) => unknown])[] = [
  ['target', ({ target }) => target],
  // Of a served simulation every run has a port of its own, which says nothing.
  ['base URL', ({ target, baseUrl }) => (isSimulated(target) ? '' : baseUrl)],
  ['account', ({ account }) => account],
  ['accounts', ({ accounts }) => accounts],
  ['seed', ({ seed }) => seed],
  ['settings', ({ settings }) => settings],
  ['selection', ({ selection }) => selection],
  ['order', ({ plan }) => plan?.order],
  ['--require-coverage', ({ plan }) => plan?.requireCoverage],
]

/** What they were judged by: SHA-256 sums, which tell a reader nothing. */
const JUDGED_BY: readonly (readonly [string, (run: RunFacts) => unknown])[] = [
  ['model differs', ({ digests }) => digests.model],
  ['rules differ', ({ digests }) => digests.rules],
  ['contract differs', ({ digests }) => digests.api],
]

/** Words that are more than one thing. */
const MANY: readonly string[] = ['accounts', 'settings']

/**
 * Sees to it that runs are parts of one.
 *
 * @throws {UsageError} They differ in what parts of one run have in common, or have a scenario twice.
 */
export function checkParts(parts: readonly Part[]): void {
  const [first, ...others] = parts
  if (!first) throw new UsageError('There is nothing to merge: name the directories of the shards.')
  for (const other of others) {
    const features = () => fileDifferences(featuresIn(first.folder), featuresIn(other.folder))
    const difference = differenceOf(first.run, other.run, features, undivided)
    if (difference === undefined) continue
    throw new UsageError(
      `The runs in ${first.dir} and ${other.dir} are no parts of one run: their ${difference}; run all parts alike.`,
    )
  }
  refuseDoubles(parts)
}

/**
 * In what two runs differ that parts of one run have in common, e.g. `seed differs, "a" and "b"`; nothing
 * where they do not.
 *
 * @param features - Names of the features that differ, where it is asked which.
 * @param chosen - What of a selection they have in common; default: all of it.
 */
export function differenceOf(
  one: RunFacts,
  other: RunFacts,
  features: () => readonly string[] = () => [],
  chosen: (selection: RunFacts['selection']) => readonly string[] = (selection) => selection,
): string | undefined {
  const [left, right] = [one, other].map((run) => ({
    ...run,
    selection: [...chosen(run.selection)],
  }))
  if (!left || !right) return undefined
  for (const [what, read] of COMMON) {
    const [first, second] = [read(left), read(right)]
    if (!isDeepStrictEqual(first, second)) {
      const differ = MANY.includes(what) ? 'differ' : 'differs'
      return `${what} ${differ}, ${shown(first)} and ${shown(second)}`
    }
  }
  const judged = JUDGED_BY.find(([, read]) => read(left) !== read(right))
  if (judged) return judged[0]
  if (left.digests.features !== right.digests.features) {
    return `text of ${features().join(', ') || 'the features'} differs`
  }
  return stepDifference(left, right)
}

/** Steps decide what is sent and asserted; older versions did not write down which they were. */
function stepDifference({ steps: one }: RunFacts, { steps: other }: RunFacts): string | undefined {
  const names = one && other ? fileDifferences(one, other) : []
  return names.length === 0 ? undefined : `files of steps differ, ${names.join(', ')}`
}

function refuseDoubles(parts: readonly Part[]): void {
  const known = new Map<string, string>()
  for (const { dir, scenarios } of parts) {
    for (const label of scenarios.map(labelOf)) {
      const before = known.get(label)
      if (before !== undefined) {
        throw new UsageError(
          `The scenario ${label} was run in ${before} and in ${dir}: merge the shards of one run.`,
        )
      }
      known.set(label, dir)
    }
  }
}

/** Where software of parts differs, a sentence for each difference: it may have judged otherwise. */
export function softwareNotes(parts: readonly Part[]): string[] {
  const names = new Set(parts.flatMap(({ run }) => Object.keys(run.software)))
  return [...names].flatMap((name) => {
    const versions = new Set(parts.map(({ run }) => run.software[name] ?? 'unknown'))
    return versions.size === 1
      ? []
      : [`The parts were run with different versions of ${name}: ${[...versions].join(', ')}.`]
  })
}

function shown(value: unknown): string {
  return value === undefined ? 'none' : JSON.stringify(value)
}
