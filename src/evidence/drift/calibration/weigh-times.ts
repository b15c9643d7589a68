import { WITHIN_POLLS_MS } from '../timing-class.ts'
import { type Learned, witnessesOf } from './proposal.ts'
import type { Witnessed } from './sighting.ts'
import { contradiction, type Weigher } from './weigh.ts'

interface Bounds {
  readonly fromMs: number
  readonly toMs: number
}

/** A delay that was waited for in vain at least once: the middle of what all sightings allow. */
export const delaying: Weigher = (setting, sightings) =>
  within(setting, sightings, ({ fromMs }) => fromMs > 0, 1)

/** Steps of an order; two lead to its end. Quick ones are as well told by counting queries. */
export const stepping: Weigher = (setting, sightings) =>
  within(setting, sightings, ({ fromMs }) => fromMs > WITHIN_POLLS_MS, 2)

function within(
  setting: string,
  sightings: readonly Witnessed[],
  isSlow: (bounds: Bounds) => boolean,
  steps: number,
): Learned | undefined {
  const told = sightings.map((each) => ({ each, bounds: each.value as Bounds }))
  if (!told.some(({ bounds }) => isSlow(bounds))) return undefined
  const latest = told.toSorted((one, other) => other.bounds.fromMs - one.bounds.fromMs)[0]
  const soonest = told.toSorted((one, other) => one.bounds.toMs - other.bounds.toMs)[0]
  if (!latest || !soonest) return undefined
  const [fromMs, toMs] = [latest.bounds.fromMs, soonest.bounds.toMs]
  if (fromMs >= toMs) {
    const learned = contradiction(setting, [[latest.each], [soonest.each]])
    const because = `no one time fits: it took more than ${fromMs} ms once, and less than ${toMs} ms another time`
    return learned.kind === 'contradiction'
      ? { kind: 'contradiction', contradiction: { ...learned.contradiction, because } }
      : learned
  }
  return {
    kind: 'proposal',
    proposal: {
      setting,
      value: Math.max(1, Math.round((fromMs + toMs) / 2 / steps)),
      certainty: 'likely',
      because: `more than ${Math.round(fromMs / steps)} ms and at most ${Math.round(toMs / steps)} ms${steps > 1 ? ', for each step of an order' : ''}; the middle is proposed`,
      ...witnessesOf(sightings),
    },
  }
}
