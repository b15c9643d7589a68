import { median } from '../driving/samples.ts'
import type { Measure, Reached } from './results.ts'

/** A value, and what it is held against. */
export interface Pair {
  readonly value: number
  readonly reference?: number
}

/** What a measure is, and what it is to reach. */
export type Kind = Pick<Measure, 'id' | 'title' | 'unit' | 'better' | 'bar' | 'aim'>

/**
 * The measure that the repetitions make. Its ratio is the median of theirs, not that of the medians: what
 * slowed the machine down slowed both sides of a repetition.
 *
 * @param why - Why it cannot be judged, where it cannot.
 */
export function measureOf(kind: Kind, pairs: readonly Pair[], why?: string): Measure {
  const repetitions = pairs.map(({ value, reference }) =>
    reference === undefined ? { value } : { value, reference, ratio: value / reference },
  )
  const references = repetitions.flatMap(({ reference }) => reference ?? [])
  const ratios = repetitions.flatMap(({ ratio }) => ratio ?? [])
  const value = median(repetitions.map((each) => each.value))
  const ratio = ratios.length > 0 ? median(ratios) : undefined
  return {
    ...kind,
    value,
    ...(ratio !== undefined && { reference: median(references), ratio }),
    reached: why === undefined ? reached(kind, ratio ?? value) : 'not verified',
    ...(why !== undefined && { why }),
    repetitions,
  }
}

function reached({ better, bar, aim }: Kind, figure: number): Reached {
  const holds = (bound: number) => (better === 'higher' ? figure >= bound : figure <= bound)
  if (aim !== undefined && holds(aim)) return 'aim'
  if (bar === undefined) return '-'
  return holds(bar) ? 'bar' : 'no'
}
