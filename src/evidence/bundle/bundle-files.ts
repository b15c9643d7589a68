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
 * Where a bundle keeps a feature: two never in the same place. Those of the folder `features` stand as
 * they do there, others below `_here`, and what lies outside of the folder that was run in below `_root`,
 * or `_up`, once for each step.
 *
 * @param uri - As Cucumber names it: relative, or absolute.
 */
export function featureFile(uri: string): string {
  const parts = uri.split(/[\\/]+/).filter((part) => part !== '.')
  const safe = parts.map((part) => (part === '..' ? '_up' : part.replaceAll(':', '_')))
  const [first, ...rest] = safe
  if (first === FEATURES_FOLDER) return safe.join('/')
  if (first === '' || /^[a-z]:$/i.test(parts[0] ?? '')) {
    return [FEATURES_FOLDER, '_root', ...(first === '' ? rest : safe)].join('/')
  }
  return [FEATURES_FOLDER, ...(first === '_up' ? [] : ['_here']), ...safe].join('/')
}
