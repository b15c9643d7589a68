import { type Options, readOptions } from './options.ts'
import { record, writeResults } from './report/record.ts'
import { describeMachine, type Kept, type Results, type SuiteName } from './report/results.ts'
import { renderResults } from './report/table.ts'
import { fullScale, quickScale } from './serve/scale.ts'
import { bareProgram, servedProgram } from './serve/setting.ts'
import { type SuiteResult, serveSuite } from './serve/suite.ts'
import { findCores, pinDriver } from './servers/cores.ts'
import { fullSoak, measureSoak, quickSoak } from './soak/soak.ts'
import { fullSuite, quickSuite } from './suite/scale.ts'
import { measureSuite } from './suite/suite.ts'
import { fullWorkers, quickWorkers } from './workers/scale.ts'
import { measureWorkers } from './workers/workers.ts'

/*
 * Usage: npm run bench [-- serve | suite | soak | workers] [--quick] [--out FILE] [--seed TEXT] [--server SCRIPT]
 *
 * A full run of a suite becomes the last measured one, in bench/results.json and the table in docs/bench.md,
 * unless --out says where to write it. A quick run is only printed then, as its figures mean nothing.
 * --server: what to measure in place of src/cli/main.ts; it is told `serve --port 0 --seed TEXT`.
 */

/** What a suite yields, and how it was held to cores. */
type Measured = SuiteResult & Pick<Results, 'pinned'>

const NOT_PINNED = 'Nothing was pinned: every process had all cores.'

const progress = (text: string) => console.error(text)

/** Everything there is to measure, by name. The last pins this process to a core, and all that it starts. */
const suites: Readonly<Record<SuiteName, (options: Options) => Promise<Measured>>> = {
  suite: async ({ quick, seed }) => ({
    ...(await measureSuite(quick ? quickSuite : fullSuite, seed, progress)),
    pinned: NOT_PINNED,
  }),
  workers: async ({ quick }) => ({
    ...(await measureWorkers(quick ? quickWorkers : fullWorkers, progress)),
    pinned: NOT_PINNED,
  }),
  soak: async ({ quick, seed }) => ({
    ...(await measureSoak(quick ? quickSoak : fullSoak, seed, progress)),
    pinned: NOT_PINNED,
  }),
  serve: async (options) => {
    const cores = findCores()
    if (typeof cores !== 'string') pinDriver(cores)
    const done = await serveSuite({
      scale: options.quick ? quickScale : fullScale,
      cores,
      bare: bareProgram,
      served: servedProgram(options.server, options.seed),
      progress,
    })
    const pinned =
      typeof cores === 'string'
        ? `Nothing was pinned: ${cores}.`
        : `Server on core ${cores.server}, driver on core ${cores.driver}.`
    return { ...done, pinned }
  },
}
const names = ['suite', 'workers', 'soak', 'serve'] as const

async function measure(name: SuiteName, options: Options): Promise<Results> {
  const { measures, notes, pinned } = await suites[name](options)
  return {
    date: new Date().toISOString(),
    seed: options.seed,
    quick: options.quick,
    machine: describeMachine(),
    pinned,
    measures: [...measures],
    notes: [...notes],
  }
}

const options = readOptions(process.argv.slice(2), names)
if (typeof options === 'string') {
  console.error(options)
  process.exitCode = 2
} else {
  const results: Kept = {}
  for (const name of names) {
    if (options.suites.length > 0 && !options.suites.includes(name)) continue
    results[name] = await measure(name, options)
  }
  if (options.out !== undefined) writeResults(options.out, results)
  else if (!options.quick) record(results)
  for (const each of Object.values(results)) console.log(renderResults(each))
}
