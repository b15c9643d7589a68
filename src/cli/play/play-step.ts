import type { StagingWorld } from '../../backends/staging-world.ts'
import type { PlayStep } from './play-script.ts'
import type { StepMeaning } from './vocabulary.ts'

/**
 * What a step is when its scenario is acted out.
 *
 * @returns Why it cannot be, in a clause, where it cannot.
 */
export function playStep(place: string, text: string, meaning: StepMeaning): PlayStep | string {
  const { roles, stages, isThen, code } = meaning
  if (roles.unplayable !== undefined) return roles.unplayable
  const { args, trader } = meaning.read(text)
  const step = { place, text, args }
  if (roles.cue)
    return { ...step, kind: 'cue', cue: roles.cue, ...(trader !== undefined && { trader }) }
  if (isThen) return { ...step, kind: 'check', ...(roles.watch && { watch: roles.watch }) }
  if (stages.length === 0) return 'nothing says what the other side, or the client, does in it'
  const stage = async (world: StagingWorld): Promise<void> => {
    await code.call(world, ...args)
  }
  return { place, text, kind: 'staging', stage }
}
