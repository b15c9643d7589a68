/** What every file of a bundle that says so is written in; another number is another format. */
export const BUNDLE_FORMAT = 'integral-evidence/1'

/** The files of a bundle, by what they hold; all lie in one folder. */
export const BUNDLE_FILES = {
  /** What was run, with what, and when. */
  run: 'run.json',
  /** Every exchange; a chain. */
  transcript: 'transcript.ndjson',
  /** Every scenario, as it ended, and what the run did of itself; a chain. */
  scenarios: 'scenarios.ndjson',
  verdict: 'verdict.json',
  /** The catalogue that was judged by. */
  rules: 'rules.json',
  /** Length and SHA-256 of all the others; written last. */
  manifest: 'manifest.dsse.json',
} as const

/** Below this folder lie the features, as run. */
export const FEATURES_FOLDER = 'features'

/**
 * Where a bundle keeps a feature. What lies outside of the folder that was run in stays inside of the
 * bundle: each step upwards becomes `_up`.
 *
 * @param uri - As Cucumber names it: relative, or absolute.
 */
export function featureFile(uri: string): string {
  const parts = uri.replace(/^features\//, '').split(/[\\/]+/)
  const safe = parts
    .filter((part) => part !== '' && part !== '.')
    .map((part) => (part === '..' ? '_up' : part.replaceAll(':', '_')))
  return [FEATURES_FOLDER, ...safe].join('/')
}
