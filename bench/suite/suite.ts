import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Kind, measureOf, type Pair } from '../report/measure.ts'
import type { SuiteResult } from '../serve/suite.ts'
import { type Ran, runProcess } from './run-process.ts'
import type { SuiteScale } from './scale.ts'
import { sharesIn } from './shares.ts'
import { writeFeatures } from './write-features.ts'

const root = join(import.meta.dirname, '../..')
const command = join(root, 'src/cli/main.ts')
const bare = join(import.meta.dirname, 'bare/main.ts')
const NO_MEMORY = 'the memory of processes is told by Linux only'

/**
 * One folder for all that is measured, which is gone afterwards and not before: some disks go on clearing what was
 * deleted while the next run writes, which then took twice as long.
 */
interface Workshop {
  readonly folder: string
  readonly seed: string
  readonly progress: (text: string) => void
}

/** The suite of scenarios against bare cucumber-js, and what it takes of time and memory by itself. */
export async function measureSuite(
  scale: SuiteScale,
  seed: string,
  progress: (text: string) => void,
): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-suite-'))
  try {
    const shop = { folder, seed, progress }
    const start = await shippedFeatures(scale, shop)
    const cost = await costOf(scale, shop)
    const memory = await memoryOf(scale, shop)
    const shares = await sharesOf(scale, shop)
    return {
      measures: [...cost.measures, ...start, ...memory.measures],
      notes: [...cost.notes, ...memory.notes, ...shares],
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const inSeconds = { unit: 's', better: 'lower' } as const

async function costOf(scale: SuiteScale, shop: Workshop): Promise<SuiteResult> {
  const { scenarios, repetitions } = scale
  const features = featuresOf(scenarios, shop)
  const turns: { bare: Ran; own: Ran; report: Ran }[] = []
  for (let turn = 1; turn <= repetitions; turn++) {
    shop.progress(`${scenarios} scenarios, ${turn} of ${repetitions}`)
    const out = join(shop.folder, `bare-${turn}`)
    const of = { usage: `${out}.json`, cwd: root }
    const nothing = await runProcess([bare, features, out], of)
    const own = await verified(features, scenarios, `cost-${turn}`, shop)
    const report = await runProcess(
      [command, 'report', own.out, '--out', join(shop.folder, `report-${turn}`)],
      { usage: join(shop.folder, `report-${turn}.json`), cwd: root },
    )
    turns.push({ bare: nothing, own: own.ran, report })
  }
  const title = `${scenarios} scenarios of the full flow, against as many that do nothing`
  const view = (kind: Kind, pair: (turn: (typeof turns)[number]) => Pair) =>
    measureOf(kind, turns.map(pair))
  return {
    measures: [
      view({ id: 'cost', title, ...inSeconds, bar: 4 }, ({ own, bare }) => ({
        ...{ value: own.wallMs / 1_000, reference: bare.wallMs / 1_000 },
      })),
      view({ id: 'cost-cpu', title: 'processor time of the same', ...inSeconds }, (turn) => ({
        ...{ value: turn.own.cpuMs / 1_000, reference: turn.bare.cpuMs / 1_000 },
      })),
      view(
        { id: 'pages', title: 'pages after the verdict on them', ...inSeconds, bar: 15 },
        ({ own }) => ({ value: (own.sinceMs.verdict ?? Number.NaN) / 1_000 }),
      ),
      view(
        { id: 'report', title: `\`report\` of ${scenarios} scenarios`, ...inSeconds, bar: 15 },
        ({ report }) => ({ value: report.wallMs / 1_000 }),
      ),
    ],
    notes: [],
  }
}

/** `npm start`, without what Node takes to start and do nothing. */
async function shippedFeatures({ repetitions, shipped }: SuiteScale, shop: Workshop) {
  const pairs: Pair[] = []
  for (let turn = 1; turn <= repetitions; turn++) {
    shop.progress(`the shipped features, ${turn} of ${repetitions}`)
    const usage = (what: string) => join(shop.folder, `${what}-${turn}.json`)
    const idle = await runProcess(['--eval', '0'], { usage: usage('idle'), cwd: root })
    const out = join(shop.folder, `start-${turn}`)
    // As `npm start` has it; of some of them it would be refused.
    const whole = shipped.length === 0 ? ['--require-coverage'] : []
    const args = [command, 'verify', ...whole, '--out', out, ...shipped]
    const ran = await runProcess(args, { usage: usage('start'), cwd: root })
    pairs.push({ value: (ran.wallMs - idle.wallMs) / 1_000 })
  }
  const title = "`npm start` after the runtime's start"
  return [measureOf({ id: 'start', title, ...inSeconds, bar: 5 }, pairs)]
}

async function memoryOf({ many }: SuiteScale, shop: Workshop): Promise<SuiteResult> {
  shop.progress(`memory of ${many} scenarios`)
  const { ran } = await verified(featuresOf(many, shop), many, 'memory', shop)
  const { peakBytes, wallMs } = ran
  const title = `most memory of ${many} scenarios`
  const kind: Kind = { id: 'suite-memory', title, unit: 'MB', better: 'lower', bar: 600 }
  const value = (peakBytes ?? 0) / 1e6
  return {
    measures: [measureOf(kind, [{ value }], peakBytes === undefined ? NO_MEMORY : undefined)],
    notes: [`The ${many} scenarios took ${(wallMs / 1_000).toFixed(1)} s.`],
  }
}

async function sharesOf({ profiled }: SuiteScale, shop: Workshop): Promise<string[]> {
  shop.progress(`a profile of ${profiled} scenarios`)
  const profile = join(shop.folder, 'profile')
  const flags = ['--cpu-prof', `--cpu-prof-dir=${profile}`]
  await verified(featuresOf(profiled, shop), profiled, 'profiled', shop, flags)
  const shares = [...sharesIn(profile)].map(
    ([part, share]) => `${part} ${(100 * share).toFixed(0)} %`,
  )
  return [`Shares of the time of both threads over ${profiled} scenarios: ${shares.join(', ')}.`]
}

/** Runs scenarios, and sees to it that all of them passed and every report is there: else nothing was measured. */
async function verified(
  features: string,
  count: number,
  name: string,
  { folder, seed }: Workshop,
  flags: readonly string[] = [],
): Promise<{ readonly ran: Ran; readonly out: string }> {
  const out = join(folder, name)
  const file = join(out, 'verdict.json')
  const args = [...flags, command, 'verify', '--seed', seed, '--out', out, features]
  const ran = await runProcess(args, {
    ...{ usage: `${out}.json`, cwd: root },
    marks: { verdict: () => existsSync(file) },
  })
  const { passed } = Object(JSON.parse(readFileSync(file, 'utf8'))).scenarios
  if (passed !== count)
    throw new Error(`Failed to measure: ${passed} of ${count} scenarios passed.`)
  const all = ['allure.html', 'cucumber.html', 'junit.xml', 'messages.ndjson', 'evidence']
  const missing = all.find((each) => !existsSync(join(out, each)))
  if (missing !== undefined) throw new Error(`Failed to measure: the run wrote no ${missing}.`)
  return { ran, out }
}

function featuresOf(scenarios: number, { folder }: Workshop): string {
  const features = join(folder, `features-${scenarios}`)
  if (!existsSync(features)) {
    mkdirSync(features)
    writeFeatures(features, scenarios)
  }
  return features
}
