import type { RunFacts } from '../record/run-facts.ts'
import { BUNDLE_FILES, FEATURES_FOLDER } from './bundle-files.ts'
import { digestOfFiles } from './digests.ts'
import type { Flaw } from './flaw.ts'
import { sha256 } from './sha256.ts'
import type { BundleContent } from './statement.ts'

/** What `run.json` says of the features and the rules, and they are not. */
export function runFlaws(files: BundleContent, { digests }: RunFacts): readonly Flaw[] {
  const features = [...files].filter(([name]) => name.startsWith(`${FEATURES_FOLDER}/`))
  const rules = files.get(BUNDLE_FILES.rules)
  const flaw = (what: string): Flaw => ({
    kind: 'altered',
    file: BUNDLE_FILES.run,
    detail: `its digest of the ${what} is not that of the ${what} in the bundle`,
  })
  return [
    ...(digestOfFiles(features) === digests.features ? [] : [flaw('features')]),
    ...(rules === undefined || sha256(rules) === digests.rules ? [] : [flaw('rules')]),
  ]
}
