import type { RunFacts } from '../record/run-facts.ts'

const SHARD = /^--shard (\d+)\/(\d+)$/

/** Which of how many. */
export interface Shard {
  readonly index: number
  readonly total: number
}

/** Which shard a run was; nothing where it was none. */
export function shardOf({ selection }: Pick<RunFacts, 'selection'>): Shard | undefined {
  const [shard] = selection.flatMap((each) => {
    const [, index, total] = SHARD.exec(each) ?? []
    return index === undefined ? [] : [{ index: Number(index), total: Number(total) }]
  })
  return shard
}

/** Whether other shards hold the rest: what one does not show, they may. */
export function hasOtherShards(run: Pick<RunFacts, 'selection'>): boolean {
  return (shardOf(run)?.total ?? 1) > 1
}

/** What would have chosen the scenarios of all shards. */
export function undivided(selection: RunFacts['selection']): string[] {
  return selection.filter((each) => !SHARD.test(each))
}
