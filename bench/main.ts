import { type Options, readOptions } from './options.ts'
import { record, writeResults } from './report/record.ts'
import { describeMachine, type Results } from './report/results.ts'
import { renderResults } from './report/table.ts'
import { fullScale, quickScale } from './serve/scale.ts'
import { bareProgram, type Setting, servedProgram } from './serve/setting.ts'
import { type SuiteResult, serveSuite } from './serve/suite.ts'
import { findCores, pinDriver } from './servers/cores.ts'

/*
 * Usage: npm run bench [-- serve] [--quick] [--out FILE] [--seed TEXT] [--server SCRIPT]
 *
 * A full run becomes the last measured one, bench/results.json and the table in docs/bench.md, unless --out
 * says where to write it. A quick run is only printed then, as its figures mean nothing.
 * --server: what to measure in place of src/cli/main.ts; it is told `serve --port 0 --seed TEXT`.
 */

/** Everything there is to measure, by name. */
const suites: Readonly<Record<string, (setting: Setting) => Promise<SuiteResult>>> = {
  serve: serveSuite,
}

async function measure(options: Options): Promise<Results> {
  const cores = findCores()
  if (typeof cores !== 'string') pinDriver(cores)
  const setting: Setting = {
    scale: options.quick ? quickScale : fullScale,
    cores,
    bare: bareProgram,
    served: servedProgram(options.server, options.seed),
    progress: (text) => console.error(text),
  }
  const done: SuiteResult[] = []
  for (const [name, suite] of Object.entries(suites)) {
    if (options.suites.length > 0 && !options.suites.includes(name)) continue
    done.push(await suite(setting))
  }
  return {
    date: new Date().toISOString(),
    seed: options.seed,
    quick: options.quick,
    machine: describeMachine(),
    pinned:
      typeof cores === 'string'
        ? `Nothing was pinned: ${cores}.`
        : `Server on core ${cores.server}, driver on core ${cores.driver}.`,
    measures: done.flatMap(({ measures }) => measures),
    notes: done.flatMap(({ notes }) => notes),
  }
}

const options = readOptions(process.argv.slice(2), Object.keys(suites))
if (typeof options === 'string') {
  console.error(options)
  process.exitCode = 2
} else {
  const results = await measure(options)
  if (options.out !== undefined) writeResults(options.out, results)
  else if (!options.quick) record(results)
  console.log(renderResults(results))
}
