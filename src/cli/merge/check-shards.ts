import { shardOf } from '../../evidence/parts/shard-of.ts'
import { UsageError } from '../usage-error.ts'
import type { Part } from './part.ts'

/**
 * Sees to it that every shard of a run is there, and once.
 *
 * @throws {UsageError} One is no shard, of another number of shards, missing, or there twice.
 */
export function checkShards(parts: readonly Part[]): void {
  const shards = parts.map((part) => ({ dir: part.dir, shard: shardOf(part.run) }))
  const whole = shards.find(({ shard }) => shard === undefined)
  if (whole) {
    throw new UsageError(
      `The run in ${whole.dir} is no shard: merge runs that were made with --shard I/N, all of them.`,
    )
  }
  const total = shards[0]?.shard?.total ?? 0
  const other = shards.find(({ shard }) => shard?.total !== total)
  if (other) {
    throw new UsageError(
      `The run in ${other.dir} is shard ${other.shard?.index}/${other.shard?.total}, that in ${shards[0]?.dir} is one of ${total}: merge the shards of one run.`,
    )
  }
  const missing: string[] = []
  for (let index = 1; index <= total; index += 1) {
    const [one, again] = shards.filter(({ shard }) => shard?.index === index)
    if (again) {
      throw new UsageError(
        `Shard ${index}/${total} is there twice, in ${one?.dir} and in ${again.dir}: name each shard once.`,
      )
    }
    if (!one) missing.push(`${index}/${total}`)
  }
  if (missing.length > 0) {
    const are = missing.length === 1 ? 'is' : 'are'
    throw new UsageError(
      `Shard ${missing.join(', ')} ${are} missing: name the directories of all ${total}.`,
    )
  }
}
