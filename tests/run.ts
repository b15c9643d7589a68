/**
 * The one test command: the build that examples import, types, lint, unused code, unit and property tests, then the features.
 *
 * Every stage runs, whatever became of the ones before it, and every stage must prove that it did
 * something: one that crashes, hangs or finds nothing to check counts as a failure.
 *
 * Usage: `npm test`, or `npm test -- --only unit,features` for some of the stages.
 */
import { spawn } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run as runNodeTests } from 'node:test'
import { spec } from 'node:test/reporters'
import { parseArgs } from 'node:util'

interface Count {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}

/** What node:test sums up; whatever it does not call passed, skipped or to do has failed. */
interface UnitSummary {
  readonly success: boolean
  readonly tests: number
  readonly passed: number
  readonly skipped: number
  readonly todo: number
}

const root = join(import.meta.dirname, '..')
const unitTests = ['tests/**/*.test.ts', 'src/**/*.test.ts', 'examples/**/*.test.ts']
/** Longest that one stage may take; beyond it, something hangs. */
const stageWithinMs = 1_800_000
const testWithinMs = 300_000

const ok: Count = { passed: 1, failed: 0, skipped: 0 }
const broken: Count = { passed: 0, failed: 1, skipped: 0 }

/** Left to itself, Biome colours also what goes to a file. */
const biomeColors = process.stdout.isTTY ? [] : ['--colors=off']

const stages = {
  build,
  types: () => check('typescript/bin/tsc', '-p', '.'),
  lint: () => check('@biomejs/biome/bin/biome', 'ci', '--error-on-warnings', ...biomeColors, '.'),
  knip: () => check('knip/bin/knip.js'),
  unit: runUnitTests,
  features: runFeatures,
} satisfies Record<string, () => Promise<Count>>
type StageName = keyof typeof stages
const stageNames = Object.keys(stages) as StageName[]

/** Anew: what is left of a source that is gone would be packed. */
function build(): Promise<Count> {
  rmSync(join(root, 'dist'), { recursive: true, force: true })
  return check('typescript/bin/tsc', '-p', 'tsconfig.build.json')
}

/** Runs a script on this same Node, its output shown as it comes; resolves to its exit code. */
function runScript(script: string, ...args: string[]): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, [script, ...args], {
      cwd: root,
      stdio: 'inherit',
      timeout: stageWithinMs,
      killSignal: 'SIGKILL',
    })
    child.on('error', () => resolve(1))
    child.on('exit', (code) => resolve(code ?? 1))
  })
}

async function check(tool: string, ...args: string[]): Promise<Count> {
  const code = await runScript(join(root, 'node_modules', tool), ...args)
  return code === 0 ? ok : broken
}

async function runUnitTests(): Promise<Count> {
  const files = globSync(unitTests, { cwd: root }).sort()
  if (files.length === 0) return complain(`no unit tests found in ${unitTests.join(', ')}`)
  const stream = runNodeTests({
    cwd: root,
    files: files.map((file) => join(root, file)),
    concurrency: 2,
    timeout: testWithinMs,
    signal: AbortSignal.timeout(stageWithinMs),
  })
  const summaries = new Map<string | undefined, UnitSummary>()
  stream.on('test:summary', ({ file, success, counts }) => {
    summaries.set(file, { success, ...counts })
  })
  const filesWithFailure = new Set<string | undefined>()
  stream.on('test:fail', ({ file }) => {
    filesWithFailure.add(file)
  })
  for await (const line of stream.compose(new spec())) process.stdout.write(line)
  const whole = summaries.get(undefined)
  if (whole === undefined) return complain('the unit tests ended without a summary')
  const silent = files.filter(
    (file) => !summaries.has(join(root, file)) && !filesWithFailure.has(join(root, file)),
  )
  for (const file of silent) console.error(`✖ ${file}: did not run to its end, or has no test`)
  return judgeUnitTests(whole, silent.length)
}

/**
 * @param silent - Files that reported neither a test nor a failure of their own. Node counts such
 *   a file as one test, passed if the process ended well: an empty file, or one that exits half-way,
 *   would look fine.
 */
export function judgeUnitTests(summary: UnitSummary, silent: number): Count {
  const skipped = summary.skipped + summary.todo
  const failed = summary.tests - summary.passed - skipped + silent
  const unreported = summary.success ? 0 : 1
  return { passed: summary.passed - silent, failed: Math.max(failed, unreported), skipped }
}

async function runFeatures(): Promise<Count> {
  const out = mkdtempSync(join(tmpdir(), 'integral-harness-'))
  const code = await runScript(
    join(root, 'src/cli/main.ts'),
    'verify',
    '--require-coverage',
    '--out',
    out,
  )
  const count = judgeFeatures(code, readIfAny(join(out, 'verdict.json')))
  if (count.failed === 0) rmSync(out, { recursive: true, force: true })
  else console.error(`✖ verify ended with exit code ${code}; what it left behind is in ${out}`)
  return count
}

/**
 * @param exitCode - What `verify` ended with.
 * @param verdict - The text of its `verdict.json`, if it wrote one.
 */
export function judgeFeatures(exitCode: number, verdict: string | undefined): Count {
  if (verdict === undefined) return complain('verify wrote no verdict.json')
  const { passed, failed, notVerified } = readScenarios(verdict)
  if (![passed, failed, notVerified].every(Number.isSafeInteger))
    return complain('verdict.json has no scenario counts')
  const unreported = exitCode !== 0 || passed === 0 ? 1 : 0
  return { passed, failed: Math.max(failed, unreported), skipped: notVerified }
}

function readScenarios(verdict: string): Record<'passed' | 'failed' | 'notVerified', number> {
  const nothing = { passed: Number.NaN, failed: Number.NaN, notVerified: Number.NaN }
  try {
    return { ...nothing, ...JSON.parse(verdict).scenarios }
  } catch {
    return nothing
  }
}

function readIfAny(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

function complain(what: string): Count {
  console.error(`✖ ${what}`)
  return broken
}

function chooseStages(): readonly StageName[] {
  const { values } = parseArgs({ options: { only: { type: 'string', multiple: true } } })
  const wanted = values.only?.flatMap((names) => names.split(','))
  const unknown = wanted?.find((name) => !(stageNames as string[]).includes(name))
  if (unknown !== undefined)
    throw new Error(
      `Failed to choose stages: there is no "${unknown}". Use one of ${stageNames.join(', ')}.`,
    )
  return stageNames.filter((name) => wanted?.includes(name) ?? true)
}

async function main(): Promise<void> {
  const rows: (Count & { readonly name: string; readonly seconds: number })[] = []
  for (const name of chooseStages()) {
    console.log(`\n── ${name} ${'─'.repeat(60 - name.length)}`)
    const startedAt = performance.now()
    const count = await stages[name]().catch((error: unknown) => complain(String(error)))
    rows.push({ name, ...count, seconds: (performance.now() - startedAt) / 1_000 })
  }
  const sum = (key: keyof Count): number => rows.reduce((total, row) => total + row[key], 0)
  const line = (...cells: (string | number)[]): void =>
    console.log(cells.map((cell, i) => String(cell)[i === 0 ? 'padEnd' : 'padStart'](9)).join(' '))
  console.log('')
  line('stage', 'passed', 'failed', 'skipped', 'time')
  for (const { name, passed, failed, skipped, seconds } of rows)
    line(name, passed, failed, skipped, `${seconds.toFixed(1)} s`)
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed${skipped}`)
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0
}

if (import.meta.main) {
  await main().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 2
  })
}
