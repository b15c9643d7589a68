import type { State } from './state/state.ts'
import type { VenueReply } from './venue.ts'

/**
 * Handles a call, and has its answer wait until all that it may tell of is kept: what a client was told
 * outlives the server. While nothing can be kept, nothing is done.
 *
 * @param refuse - Gives the answer to a call that was not done, or is in doubt.
 */
export async function keptReply(
  state: State,
  handle: () => VenueReply,
  refuse: (problem: 'not-done' | 'in-doubt') => VenueReply,
): Promise<VenueReply> {
  if ((await state.recovered()) === false) return refuse('not-done')
  const reply = handle()
  const kept = state.kept()
  if (kept === undefined || (await kept)) return reply
  const { settle, takeBack } = reply.delivery
  settle?.(false)
  takeBack?.()
  return { delivery: refuse('in-doubt').delivery, done: () => reply.done(false) }
}
