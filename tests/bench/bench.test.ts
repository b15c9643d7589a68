import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, test } from 'node:test'
import { promisify } from 'node:util'
import { assert } from 'chai'
import { documentFile, documentWith, resultsFile } from '../../bench/report/record.ts'
import { keptSchema } from '../../bench/report/results.ts'

/*
 * The bench works and tells all it has to; how fast anything was, is no matter of a test.
 */

const run = promisify(execFile)
const main = join(import.meta.dirname, '../../bench/main.ts')
const folder = await mkdtemp(join(tmpdir(), 'bench-'))
after(() => rm(folder, { recursive: true }))

/** Every measure that the issue of the served simulation names, and its bar and aim. */
const bounds: Readonly<Record<string, readonly [bar?: number, aim?: number]>> = {
  'full-flow': [0.5, 0.65],
  'flow-cpu': [],
  'get-order': [],
  p50: [],
  p99: [2.5, 1.5],
  organisations: [0.9, 1],
  'doors-direct': [3, 5],
  'through-msw': [],
  'cold-start': [5, 3],
  'first-start': [],
  memory: [2, 1],
  age: [0.8, 0.95],
}

describe('a quick run', async () => {
  const out = join(folder, 'results.json')
  const { stdout } = await run(process.execPath, [main, 'serve', '--quick', '--out', out])
  const { serve: results } = keptSchema.parse(JSON.parse(await readFile(out, 'utf8')))
  if (!results) throw new Error('expected results of serve')

  test('has every measure, with its bar and aim', () => {
    assert.deepEqual(
      Object.fromEntries(results.measures.map(({ id, bar, aim }) => [id, { bar, aim }])),
      Object.fromEntries(
        Object.entries(bounds).map(([id, [bar, aim]]) => [id, { bar, aim }]),
      ) as Record<string, { bar: number | undefined; aim: number | undefined }>,
    )
  })

  test('says that its figures mean nothing', () => {
    assert.isTrue(results.quick)
    assert.include(stdout, 'a quick run')
  })

  test('keeps every repetition, from which value and ratio follow', () => {
    for (const { id, value, ratio, repetitions } of results.measures) {
      const within = (figure: number, of: readonly number[]): void => {
        assert.isAtLeast(figure, Math.min(...of), id)
        assert.isAtMost(figure, Math.max(...of), id)
      }
      within(
        value,
        repetitions.map((each) => each.value),
      )
      if (ratio !== undefined) {
        within(
          ratio,
          repetitions.map((each) => each.ratio ?? Number.NaN),
        )
      }
    }
  })

  test('prints a table with a line of seven cells for each measure', () => {
    const lines = stdout.split('\n').filter((line) => line.startsWith('|'))
    assert.lengthOf(lines, results.measures.length + 2)
    for (const line of lines) assert.lengthOf(line.split('|'), 9)
    for (const { title } of results.measures) assert.include(stdout, `| ${title} `)
  })

  test('names the machine, and says how busy the driver was', () => {
    assert.include(stdout, results.machine.cpu)
    assert.include(stdout, process.version)
    assert.match(stdout, /driver \d+ to \d+ %/)
  })
})

for (const [what, args, says] of [
  ['a suite that there is not', ['nothing'], 'no such suite'],
  ['an option that there is not', ['--fast'], '--fast'],
] as const) {
  test(`${what} is refused`, async () => {
    const refused = await run(process.execPath, [main, ...args]).then(
      () => undefined,
      (error: { code: number; stderr: string }) => error,
    )
    assert.equal(refused?.code, 2)
    assert.include(refused?.stderr, says)
    assert.lengthOf(refused?.stderr.trim().split('\n') ?? [], 1)
  })
}

test('the document shows the run that is kept', async () => {
  const kept = keptSchema.parse(JSON.parse(await readFile(resultsFile, 'utf8')))
  const document = await readFile(documentFile, 'utf8')
  assert.equal(document, documentWith(kept, document))
  for (const each of Object.values(kept)) assert.isFalse(each.quick)
})
