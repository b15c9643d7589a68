import { errorTemplateIn } from '../../variants/error-template.ts'
import type { SightingFinder } from './sighting.ts'

/** The error object, with its own values taken out. Setting 11. */
export const errorSightings: SightingFinder = ({ matter }) =>
  matter.made.flatMap(({ status = 0, isWhole, raw, number }) => {
    const value = isWhole && status >= 400 ? errorTemplateIn(raw) : undefined
    return value ? [{ setting: 'errorShape', value, exchange: number }] : []
  })
