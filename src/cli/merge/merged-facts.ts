import { sha256 } from '../../evidence/bundle/sha256.ts'
import { byText } from '../../evidence/by-text.ts'
import { undivided } from '../../evidence/parts/shard-of.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { runIdOf } from '../record/run-id.ts'
import type { Part } from './part.ts'

/**
 * The head of the record of a run that is made of parts: as of one that was made at once. Its id follows
 * from the evidence of the parts, so that merging them again makes no other run.
 *
 * @param areInTurn - Whether each part began where the one before was broken off; else they are shards.
 * @param planned - How many scenarios all parts together were to run.
 */
export function mergedFacts(
  parts: readonly [Part, ...Part[]],
  planned: number,
  areInTurn: boolean,
): RunFacts {
  const runs = parts.map(({ run }) => run)
  const [{ run: first }] = parts
  const startedAt = runs.map((run) => run.startedAt).toSorted(byText)[0] ?? first.startedAt
  const baseUrl = runs.find((run) => run.baseUrl !== undefined)?.baseUrl
  const { plan, parts: _, ...facts } = first
  const digests = parts.map((part) => JSON.stringify([part.run.id, part.digests]))
  return {
    ...facts,
    id: runIdOf(first.target, new Date(startedAt), sha256(digests.join()).slice(0, 6)),
    ...(baseUrl !== undefined && { baseUrl }),
    startedAt,
    selection: areInTurn ? first.selection : undivided(first.selection),
    ...(plan && { plan: { ...plan, scenarios: planned } }),
    parts: parts.map(({ run, digests: own }) => ({
      ...{ run: run.id, selection: run.selection, startedAt: run.startedAt, digests: own },
    })),
  }
}
