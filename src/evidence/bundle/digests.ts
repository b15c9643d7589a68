import { openApiText } from '../../api/openapi.ts'
import { lifecycles } from '../../machines/lifecycle.ts'
import { byText } from '../by-text.ts'
import type { RunFacts } from '../record/run-facts.ts'
import { catalogue } from '../rules/catalogue.ts'
import { sha256 } from './sha256.ts'

/** A feature as it was run. */
export interface FeatureText {
  /** As Cucumber names it, e.g. `features/orders/limit-orders.feature`. */
  readonly uri: string
  readonly text: string
}

/** The catalogue as `rules.json` holds it. */
export function rulesText(): string {
  return `${JSON.stringify(catalogue, null, 2)}\n`
}

/** Digests of what this version judges by, and of the features that it runs. */
export function digestsOf(features: readonly FeatureText[]): RunFacts['digests'] {
  return {
    model: sha256(JSON.stringify(lifecycles.map(asTable))),
    rules: sha256(rulesText()),
    api: sha256(openApiText()),
    features: featuresDigest(features),
  }
}

/** SHA-256 of a line for each feature, by name: its own SHA-256, two spaces, its name. */
function featuresDigest(features: readonly FeatureText[]): string {
  return sha256(
    features
      .toSorted((one, other) => byText(one.uri, other.uri))
      .map(({ uri, text }) => `${sha256(text)}  ${uri}\n`)
      .join(''),
  )
}

function asTable({ name, initial, statuses, transitions, isFinal }: (typeof lifecycles)[number]) {
  return { name, initial, statuses, finals: statuses.filter(isFinal), transitions }
}
