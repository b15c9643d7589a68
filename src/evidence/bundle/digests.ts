import { openApiText } from '../../api/openapi.ts'
import { lifecycles } from '../../machines/lifecycle.ts'
import { byText } from '../by-text.ts'
import type { RunFacts } from '../record/run-facts.ts'
import { catalogue } from '../rules/catalogue.ts'
import { featureFile } from './bundle-files.ts'
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

/**
 * SHA-256 of a line for each feature, by the name of its file in the bundle: its own SHA-256, two
 * spaces, that name.
 */
function featuresDigest(features: readonly FeatureText[]): string {
  return digestOfFiles(features.map(({ uri, text }) => [featureFile(uri), Buffer.from(text)]))
}

export function digestOfFiles(files: readonly (readonly [string, Uint8Array])[]): string {
  const ordered = files.toSorted(([one], [other]) => byText(one, other))
  return sha256(ordered.map(([name, bytes]) => `${sha256(bytes)}  ${name}\n`).join(''))
}

function asTable({ name, initial, statuses, transitions, isFinal }: (typeof lifecycles)[number]) {
  return { name, initial, statuses, finals: statuses.filter(isFinal), transitions }
}
