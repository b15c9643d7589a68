import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { describeMachine, type Results } from './report/results.ts'
import { renderResults } from './report/table.ts'
import { fullScale, quickScale } from './serve/scale.ts'
import { bareProgram, defaultServer, type Setting, servedProgram } from './serve/setting.ts'
import { type SuiteResult, serveSuite } from './serve/suite.ts'
import { findCores, pinDriver } from './servers/cores.ts'

/*
 * Usage: npm run bench [-- serve] [--quick] [--out FILE] [--seed TEXT] [--server SCRIPT]
 *
 * --server: what to measure in place of src/cli/main.ts; it is told `serve --port 0 --seed TEXT`.
 */

/** Everything there is to measure, by name. */
const suites: Readonly<Record<string, (setting: Setting) => Promise<SuiteResult>>> = {
  serve: serveSuite,
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    quick: { type: 'boolean', default: false },
    out: { type: 'string', default: join(import.meta.dirname, 'results.json') },
    seed: { type: 'string', default: 'bench' },
    server: { type: 'string', default: defaultServer },
  },
})
const unknown = positionals.filter((name) => !(name in suites))
if (unknown.length > 0) {
  console.error(
    `Failed to measure ${unknown.join(', ')}: there is no such suite. There is ${Object.keys(suites).join(', ')}.`,
  )
  process.exit(2)
}

const cores = findCores()
if (typeof cores !== 'string') pinDriver(cores)
const setting: Setting = {
  scale: values.quick ? quickScale : fullScale,
  cores,
  bare: bareProgram,
  served: servedProgram(values.server, values.seed),
  progress: (text) => console.error(text),
}
const chosen = Object.entries(suites).filter(
  ([name]) => positionals.length === 0 || positionals.includes(name),
)
const done: SuiteResult[] = []
for (const [, suite] of chosen) done.push(await suite(setting))
const results: Results = {
  date: new Date().toISOString(),
  seed: values.seed,
  quick: values.quick,
  machine: describeMachine(),
  pinned:
    typeof cores === 'string'
      ? `Nothing was pinned: ${cores}.`
      : `Server on core ${cores.server}, driver on core ${cores.driver}.`,
  measures: done.flatMap(({ measures }) => measures),
  notes: done.flatMap(({ notes }) => notes),
}
writeFileSync(values.out, `${JSON.stringify(results, null, 2)}\n`)
console.log(renderResults(results))
