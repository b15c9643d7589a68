import { mkdir, rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { accountOf } from '../../backends/endpoint/account-of.ts'
import { readEnvironment } from '../../backends/endpoint/dot-env.ts'
import { EndpointConfigError } from '../../backends/endpoint/endpoint-config-error.ts'
import { countOf } from '../../evidence/summary.ts'
import { align } from '../../evidence/timeline-text.ts'
import type { ExitCode } from '../exit-code.ts'
import { onInterruption } from '../interruption.ts'
import { matrixCsv } from '../report/matrix-csv.ts'
import { selectScenarios } from '../select-scenarios.ts'
import { messageOf, UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { writeAtomically } from '../write-atomically.ts'
import { inParallel } from './in-parallel.ts'
import { leftOrders } from './left-orders.ts'
import { overviewJson } from './overview-json.ts'
import { type Overview, overviewPage } from './overview-page.ts'
import { overviewSummary } from './overview-summary.ts'
import { planRuns } from './plan-runs.ts'
import type { PlannedRun } from './planned-run.ts'
import { providerMatrix } from './provider-matrix.ts'
import type { ProviderResult } from './provider-result.ts'
import { ProviderRunner } from './provider-runner.ts'
import type { ProvidersOptions } from './providers-options.ts'
import { readProviders } from './read-providers.ts'

const FILES = { html: 'providers.html', csv: 'providers.csv', json: 'providers.json' } as const

/**
 * Runs the scenarios on every provider of a file, each in a process of its own, and writes one overview.
 *
 * @returns 1 where a provider has a finding or a failed scenario, else 2 where one could not be judged, or
 * did not show what was expected of it, else 0.
 * @throws {UsageError} Nothing could be run: every mistake of the file is told, and nothing is contacted.
 */
export async function verifyProviders(
  { file, jobs, verify }: ProvidersOptions,
  environment: CommandEnvironment,
): Promise<ExitCode> {
  const { cwd, stdout, stderr } = environment
  const out = resolve(cwd, verify.out)
  const env = environmentOf(environment)
  const providers = await readProviders(resolve(cwd, file))
  const plan = { cwd, file: resolve(cwd, file), env, settings: verify.settings, out }
  const runs = await planRuns(providers, plan)
  const left = leftOrders(runs, out)
  if (left.length > 0) throw new UsageError(...left)
  await selectScenarios(verify, environment)
  await clear(out)

  stdout.write(lines(beginning(runs, jobs)))
  const runner = new ProviderRunner({ providers, env, cwd, verify })
  const release = onInterruption((signal) => {
    stderr.write(
      `Interrupted by ${signal}: every run cancels what it has working, then the overview is written. Again ends this command at once; the runs go on to their ends.\n`,
    )
    runner.interrupt(signal)
  })
  const names = runs.map(({ name }) => name)
  const results = await inParallel(byProvider(runs), jobs, async (ofProvider) => {
    const done: ProviderResult[] = []
    for (const run of ofProvider) {
      const result = await runner.run(run)
      stdout.write(`${resultLine(result, names)}\n`)
      done.push(result)
    }
    return done
  })
  const all = results.flat()
  const code = exitCodeOf(all)
  const overview: Overview = {
    ...{ matrix: providerMatrix(all), results: all, code, writtenAt: new Date() },
    interruption: runner.interruption,
  }
  const written = await write(out, overview)
  release()
  const paths = written.map(([path, about]) => [`  ${shown(cwd, path)}`, about])
  stdout.write(
    lines(['', `Providers  ${overviewSummary(all, code)}`, '', 'Reports', ...align(paths)]),
  )
  return code
}

/** Those of one provider share an account, and follow each other. */
function byProvider(runs: readonly PlannedRun[]): (readonly PlannedRun[])[] {
  return [...Map.groupBy(runs, ({ provider }) => provider).values()]
}

function environmentOf({ cwd, env }: CommandEnvironment): CommandEnvironment['env'] {
  try {
    return readEnvironment(cwd, env)
  } catch (error) {
    if (error instanceof EndpointConfigError) throw new UsageError(error.message)
    throw error
  }
}

/** An earlier overview must not be read as this one's, whatever becomes of that. */
async function clear(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true })
    for (const name of Object.values(FILES)) await rm(join(out, name), { force: true })
  } catch (error) {
    throw new UsageError(`Failed to write the overview to ${out}: ${messageOf(error)}.`)
  }
}

async function write(
  out: string,
  overview: Overview,
): Promise<readonly (readonly [path: string, about: string])[]> {
  const texts = [
    [
      FILES.html,
      overviewPage(overview),
      'provider by rule, findings, expectations, waivers, variants, gaps',
    ],
    [FILES.csv, matrixCsv(overview.matrix), 'the same, for spreadsheets'],
    [FILES.json, overviewJson(overview), 'the same, for scripts'],
  ] as const
  for (const [name, text] of texts) await writeAtomically(join(out, name), text)
  return texts.map(([name, , about]) => [join(out, name), about])
}

/** Said before anything is sent: where to, as whom, in what. */
function beginning(runs: readonly PlannedRun[], jobs: number): string[] {
  const rows = runs.map(({ name, config, symbol }) => {
    const { user, org } = accountOf(config)
    return [`  ${name}`, config.baseUrl, `as ${user} of ${org} (${config.auth})`, symbol]
  })
  return [
    `Running ${countOf(runs.length, 'provider')}, ${jobs} at once, each in a process of its own`,
    ...align(rows),
    'What a run prints stands in verify.log, in its folder.',
    '',
  ]
}

function resultLine(
  { planned, standing, dir, code, read }: ProviderResult,
  names: readonly string[],
): string {
  const width = Math.max(...names.map(({ length }) => length))
  const { word, sentence } = standing
  const { passed = 0, failed = 0, notVerified = 0 } = read?.record.verdict.scenarios ?? {}
  const counts = `${passed} passed, ${failed} failed, ${notVerified} not verified, exit ${code}`
  return `${planned.name.padEnd(width)}  ${word.padEnd('not judged'.length)}  ${sentence} (${counts}; ${dir})`
}

/** The worst of all, a finding before anything else. */
function exitCodeOf(results: readonly ProviderResult[]): ExitCode {
  if (results.some(({ code }) => code === 1)) return 1
  return results.some(({ code }) => code === 2) ? 2 : 0
}

function lines(all: readonly string[]): string {
  return all.map((line) => `${line}\n`).join('')
}

/** Below the working directory as it is seen from there, elsewhere in full. */
function shown(cwd: string, path: string): string {
  const below = relative(cwd, path)
  return below.startsWith('..') ? path : below
}
