import { resolve } from 'node:path'
import type { Beginning, State } from '../../mocks/server/state/state.ts'
import { StateError } from '../../mocks/server/state/state-error.ts'
import { UsageError } from '../usage-error.ts'
import type { ServeOptions } from './serve-options.ts'

type Say = (sentence: string) => void

/**
 * Opens the file in which state is kept; its modules are loaded where there is one.
 *
 * @throws {UsageError} It cannot be had; one sentence.
 */
export async function keptState(
  { state, play, replay }: ServeOptions,
  cwd: string,
  beginning: Beginning,
  say: Say,
): Promise<State | undefined> {
  if (state === undefined) return undefined
  if (state === '') throw new UsageError('Malformed --state: it is empty; use the path of a file.')
  if (play.length > 0 || replay !== undefined) {
    throw new UsageError(
      'Give --state without --play and --replay: how far they have got is not kept.',
    )
  }
  const { State } = await import('../../mocks/server/state/state.ts')
  return orUsageError(() => new State(resolve(cwd, state), beginning, say))
}

/** @throws {UsageError} For whatever is wrong with the file. */
export function orUsageError<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof StateError) throw new UsageError(error.message)
    throw error
  }
}
