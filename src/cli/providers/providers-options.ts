import { UsageError } from '../usage-error.ts'
import { parseVerifyOptions, type RawVerifyOptions, type VerifyOptions } from '../verify-options.ts'

export interface RawProvidersOptions {
  readonly providers?: string
  readonly jobs?: string
}

export interface ProvidersOptions {
  /** The file of providers, as given. */
  readonly file: string
  /** How many providers are run at once. */
  readonly jobs: number
  /** What each of them is run with. */
  readonly verify: VerifyOptions
}

const DEFAULT_JOBS = 2

/** What goes with many runs; whatever else there is makes sense of one run only. */
const WITH_PROVIDERS: readonly string[] = [
  ...['providers', 'jobs', 'target', 'config', 'out'],
  ...['tags', 'name', 'parallel', 'seed', 'order'],
]

/**
 * @param given - The options that were typed, and are no defaults.
 * @throws {UsageError} The first option that cannot be used.
 */
export function parseProvidersOptions(
  raw: RawVerifyOptions & RawProvidersOptions,
  paths: readonly string[],
  given: readonly string[],
): ProvidersOptions {
  const { providers, jobs, target, ...rest } = raw
  if (providers === undefined)
    throw new UsageError('--jobs is about --providers: name a file of providers, or leave it out.')
  if (given.includes('target') && target !== 'uat')
    throw new UsageError(
      `--providers and --target ${target} exclude each other: providers are endpoints; leave --target out, and give a rehearsal base URLs on this machine.`,
    )
  const [odd] = given.filter((option) => !WITH_PROVIDERS.includes(option))
  if (odd !== undefined)
    throw new UsageError(
      `--providers and ${optionOf(odd)} exclude each other: leave one of them out.`,
    )
  const out = rest.out ?? 'reports/providers'
  const verify = parseVerifyOptions({ ...rest, target: 'uat', out }, paths)
  return { file: providers, jobs: parseJobs(jobs), verify }
}

function parseJobs(jobs: string | undefined): number {
  if (jobs === undefined) return DEFAULT_JOBS
  if (/^[1-9]\d?$/.test(jobs)) return Number(jobs)
  throw new UsageError(`Malformed --jobs ${JSON.stringify(jobs)}: use a whole number from 1 to 99.`)
}

function optionOf(name: string): string {
  return `--${name.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)}`
}
