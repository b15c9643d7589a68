import { countOf } from '../../summary.ts'
import type { Learned } from './proposal.ts'
import { witnessesOf } from './proposal.ts'
import type { Witnessed } from './sighting.ts'

/** What the sightings of one setting come to. */
export type Weigher = (setting: string, sightings: readonly Witnessed[]) => Learned | undefined

/** One value, or a contradiction: what is read off answers is so, or it is not. */
export const agreeing: Weigher = (setting, sightings) => {
  const byValue = Map.groupBy(sightings, ({ value }) => JSON.stringify(value))
  if (byValue.size > 1) return contradiction(setting, [...byValue.values()])
  const [first] = sightings
  if (!first) return undefined
  const told = witnessesOf(sightings)
  const certainty = told.scenarios > 1 ? 'sure' : 'seen once'
  return {
    kind: 'proposal',
    proposal: { setting, value: first.value, certainty, ...told },
  }
}

/** Orders that skipped NEW needed, before it is taken that all of them do: polling samples. */
const ENOUGH_SKIPPED = 3

/** NEW seen once is not skipped as a rule; never seen, it may be. */
export const skipping: Weigher = (setting, sightings) => {
  const seen = sightings.filter(({ value }) => value === false)
  if (seen.length > 0) return notSkipped(setting, seen, sightings)
  const told = witnessesOf(sightings)
  if (told.scenarios < ENOUGH_SKIPPED) return undefined
  return {
    kind: 'proposal',
    proposal: {
      ...{ setting, value: true, certainty: 'likely' },
      because: `no query of any order that passed it said NEW, in ${told.scenarios} scenarios; polling may have missed it`,
      ...told,
    },
  }
}

/** That others never said NEW is no proof that they skipped it, and is told. */
function notSkipped(
  setting: string,
  seen: readonly Witnessed[],
  sightings: readonly Witnessed[],
): Learned | undefined {
  const learned = agreeing(setting, seen)
  const without = witnessesOf(sightings.filter(({ value }) => value !== false)).scenarios
  if (learned?.kind !== 'proposal' || without === 0) return learned
  const because = `queries said NEW of orders that wait for nothing; of such orders in ${countOf(without, 'scenario')} none did (verify lists them as true, with orders that wait for the market), which does not count against it: NEW may have passed between two polls`
  return { kind: 'proposal', proposal: { ...learned.proposal, certainty: 'likely', because } }
}

/** How often an order says RECEIVED depends on when it is asked, unless it is the same every time. */
export const counting: Weigher = (setting, sightings) => {
  const learned = agreeing(setting, sightings)
  if (learned?.kind === 'proposal') {
    return { kind: 'proposal', proposal: { ...learned.proposal, certainty: 'likely' } }
  }
  if (!learned) return undefined
  const because = 'it depends on when an order is asked for, so that time moves it, not the queries'
  return { kind: 'contradiction', contradiction: { ...learned.contradiction, because } }
}

/**
 * One shape with other texts in it, such as a time, is one shape: the first stands for all. Other
 * fields are a contradiction.
 */
export const shaping: Weigher = (setting, sightings) => {
  const byShape = Map.groupBy(sightings, ({ value }) => shapeOf(value))
  if (byShape.size > 1) return contradiction(setting, [...byShape.values()])
  const texts = new Set(sightings.map(({ value }) => JSON.stringify(value)))
  const learned = agreeing(setting, sightings.slice(0, 1))
  if (learned?.kind !== 'proposal') return learned
  const told = witnessesOf(sightings)
  if (texts.size === 1) return agreeing(setting, sightings)
  const because =
    'the other texts in it are those of the first error, and differ from one to the next'
  return {
    kind: 'proposal',
    proposal: { ...learned.proposal, ...told, certainty: 'likely', because },
  }
}

function shapeOf(value: unknown): string {
  const fields = Object.entries(Object(value))
  return JSON.stringify(
    fields
      .map(([name, field]) => [
        name,
        field === '{code}' || field === '{message}' ? field : typeof field,
      ])
      .sort(),
  )
}

export function contradiction(setting: string, groups: readonly (readonly Witnessed[])[]): Learned {
  return {
    kind: 'contradiction',
    contradiction: {
      setting,
      values: groups.map((same) => ({ value: same[0]?.value, ...witnessesOf(same) })),
    },
  }
}
