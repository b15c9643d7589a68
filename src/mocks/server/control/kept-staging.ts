import type { State } from '../state/state.ts'
import { ControlError } from './control-error.ts'

/**
 * Does what was asked, and waits until all that the answer may tell of is kept, where state is. Looking
 * goes on while nothing can be kept; staging does not.
 *
 * @throws {ControlError} It cannot be kept.
 */
export async function keptStaging<T>(
  state: State | undefined,
  isStaging: boolean,
  work: () => T | Promise<T>,
): Promise<T> {
  if (isStaging && (await state?.recovered()) === false) throw cannotKeep('it did nothing')
  const value = await work()
  const isKept = (await state?.kept()) ?? true
  if (isStaging && !isKept) throw cannotKeep('whether it will last is in doubt')
  return value
}

function cannotKeep(consequence: string): ControlError {
  return new ControlError(503, `The server cannot write down its state: ${consequence}.`)
}
