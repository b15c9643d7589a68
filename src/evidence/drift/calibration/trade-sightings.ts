import { elementsOf } from '../../reading/reading.ts'
import type { Sighting, SightingFinder } from './sighting.ts'

/** In what order trades come. Setting 36. */
export const tradeSightings: SightingFinder = ({ matter }) =>
  matter.made.flatMap(({ operation, isSuccess, body, number }): Sighting[] => {
    if (operation !== 'downloadTrades' || !isSuccess) return []
    const times = elementsOf(body).map(({ executionTime }) => String(executionTime))
    const [rising, falling] = [times.toSorted(), times.toSorted().reverse()]
    // Where all were at the same moment, either order would do.
    if (rising.join() === falling.join()) return []
    if (times.join() === rising.join()) return [order('asc', number)]
    return times.join() === falling.join() ? [order('desc', number)] : [order('random', number)]
  })

function order(value: string, exchange: number): Sighting {
  return { setting: 'stp.order', value, exchange }
}
