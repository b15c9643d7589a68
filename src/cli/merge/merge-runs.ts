import { resolve } from 'node:path'
import { digestsOf } from '../../evidence/bundle/digests.ts'
import { shardOf } from '../../evidence/parts/shard-of.ts'
import { countOf } from '../../evidence/summary.ts'
import { aloneIn } from '../at-work/claim.ts'
import type { Outcome } from '../exit-code.ts'
import { UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { checkParts, softwareNotes } from './check-parts.ts'
import { checkShards } from './check-shards.ts'
import { type Part, readPart } from './part.ts'
import { writeMerged } from './write-merged.ts'

export interface MergeOptions {
  /** Where the shards were written, as readers are to be told. */
  readonly dirs: readonly string[]
  /** Absent for `reports/<target>`. */
  readonly out?: string | undefined
}

/**
 * Makes one run of its shards: verdict, evidence, pages, and a line of history.
 *
 * @returns What the undivided run would have come to.
 * @throws {UsageError} A run cannot be read, is not as it was written, they are not the
 * shards of one run, or somebody is at work where to write.
 */
export async function mergeRuns(
  { dirs, out }: MergeOptions,
  environment: CommandEnvironment,
): Promise<Outcome> {
  const { cwd, stdout } = environment
  const read: Part[] = []
  for (const dir of dirs) read.push(await readPart(dir, cwd))
  checkShards(read)
  checkParts(read)
  const [first, ...others] = read.toSorted((one, other) => indexOf(one) - indexOf(other))
  if (!first) throw new UsageError('There is nothing to merge: name the directories of the shards.')
  refuseOtherRules(first)
  const folder = out ?? `reports/${first.run.target}`
  refuseOverwriting(dirs, folder, cwd)
  const planned = read.reduce(
    (sum, { run, scenarios }) => sum + (run.plan?.scenarios ?? scenarios.length),
    0,
  )
  const notes = softwareNotes(read)
  const parts = [first, ...others] as const
  return aloneIn(resolve(cwd, folder), folder, () => {
    stdout.write(
      `Merging ${countOf(read.length, 'shard')} of ${countOf(planned, 'scenario')} on ${first.run.target}, seed ${first.run.seed}\n${notes.map((note) => `${note}\n`).join('')}`,
    )
    return writeMerged({ parts, planned, areInTurn: false, out: folder }, environment)
  })
}

function indexOf({ run }: Part): number {
  return shardOf(run)?.index ?? 0
}

/** @throws {UsageError} Parts were judged by other rules or models than this version would write down. */
function refuseOtherRules({ dir, run }: Part): void {
  const own = digestsOf([])
  const { rules, model, api } = run.digests
  if (rules === own.rules && model === own.model && api === own.api) return
  throw new UsageError(
    `The run in ${dir} was judged by other rules or models than this version knows: merge with version ${run.software['integral-harness'] ?? 'unknown'}, which made it.`,
  )
}

/** @throws {UsageError} The parts would be taken away. */
function refuseOverwriting(dirs: readonly string[], out: string, cwd: string): void {
  const part = dirs.find((dir) => resolve(cwd, dir) === resolve(cwd, out))
  if (part === undefined) return
  throw new UsageError(
    `The merged run would take the place of its part in ${part}: choose another directory with --out.`,
  )
}
