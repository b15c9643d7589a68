import type { Plugin } from '@cucumber/cucumber/api'
import { placeOfPickle } from '../cucumber-message.ts'

/** What Cucumber is told of a run that goes on where another was broken off. */
export interface RemainingOptions {
  /** The scenarios that have ended already, as verdicts name them. */
  readonly ended: readonly string[]
}

/** Leaves out the scenarios that have ended already, after all others that choose have chosen. */
const remaining: Plugin<RemainingOptions> = {
  type: 'plugin',
  optionsKey: 'remaining',
  coordinator({ transform, options }) {
    const ended = new Set(options.ended)
    transform('pickles:filter', (pickles) =>
      pickles.filter(({ pickle }) => !ended.has(placeOfPickle(pickle))),
    )
  },
}

// biome-ignore lint/style/noDefaultExport: Cucumber loads plugins by their default export.
export default remaining
