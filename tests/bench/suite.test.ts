import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import { assert } from 'chai'
import { documentFile, documentWith } from '../../bench/report/record.ts'
import { keptSchema } from '../../bench/report/results.ts'

/*
 * The suite's bench works and tells all it has to; how fast anything was, is no matter of a test.
 */

const run = promisify(execFile)
const main = join(import.meta.dirname, '../../bench/main.ts')
const folder = await mkdtemp(join(tmpdir(), 'bench-suite-test-'))
after(() => rm(folder, { recursive: true }))

/** Every measure that the issue names, and its bar. */
const bars: Readonly<Record<string, number | undefined>> = {
  cost: 4,
  'cost-cpu': undefined,
  pages: 15,
  report: 15,
  start: 5,
  'suite-memory': 600,
}

test('a quick run has every measure with its bar, and says where the time went', async () => {
  const out = join(folder, 'results.json')
  const { stdout } = await run(process.execPath, [main, 'suite', '--quick', '--out', out])
  const kept = keptSchema.parse(JSON.parse(await readFile(out, 'utf8')))
  assert.deepEqual(Object.keys(kept), ['suite'])
  const measures = kept.suite?.measures ?? []
  assert.deepEqual(Object.fromEntries(measures.map(({ id, bar }) => [id, bar])), bars)
  for (const { id, value } of measures) assert.isAbove(value, 0, id)
  assert.isTrue(kept.suite?.quick)
  for (const part of ['cucumber', 'client', 'exchange', 'rules', 'evidence', 'Allure']) {
    assert.match(stdout, new RegExp(`Shares of .*\\b${part} \\d+ %`))
  }
})

test('a quick soak holds the memory of late rounds against that of early ones', async () => {
  const out = join(folder, 'soak.json')
  await run(process.execPath, [main, 'soak', '--quick', '--out', out])
  const kept = keptSchema.parse(JSON.parse(await readFile(out, 'utf8')))
  const [memory] = kept.soak?.measures ?? []
  assert.deepInclude(memory, { id: 'soak-memory', bar: 1.1 })
  assert.isAbove(memory?.value ?? 0, 10, 'MB')
  assert.isAbove(memory?.reference ?? 0, 10, 'MB')
  const document = await readFile(documentFile, 'utf8')
  for (const name of ['serve', 'suite', 'workers', 'soak'])
    assert.include(documentWith({ [name]: kept.soak }, document), 'memory of 4 rounds', name)
})
