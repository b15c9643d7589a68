import type { ClientStory } from '../../backends/playing/client-story.ts'
import { parametersOf } from './meets.ts'
import type { CheckStep } from './play-script.ts'

/**
 * Whether what a step asserts shows in what the client did and was told: `waiting` while it may still
 * come, `so far` while it does and may cease to, as long as the client goes on with it.
 */
export function standingOf(
  { watch, args }: CheckStep,
  story: ClientStory,
): 'seen' | 'not seen' | 'not watched' | 'waiting' | 'so far' {
  if (!watch) return 'not watched'
  const isSeen = watch(story, ...parametersOf(args))
  if (isSeen === undefined) return 'waiting'
  if (isSeen === 'so far') return isSeen
  return isSeen ? 'seen' : 'not seen'
}
