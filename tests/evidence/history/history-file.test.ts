import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { appendFileSync, readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { assert } from 'chai'
import {
  appendHistory,
  NO_HISTORY,
  readHistory,
} from '../../../src/evidence/history/history-file.ts'
import { line } from './lines.ts'

const PROCESSES = ['a', 'b', 'c', 'd']
const LINES_EACH = 40

describe('the history of a target', () => {
  let folder: string
  let file: string
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'history-'))
    file = join(folder, 'history', 'uat.ndjson')
  })
  afterEach(() => rm(folder, { recursive: true }))

  it('is empty before the first run', async () => {
    assert.deepEqual(await readHistory(file), NO_HISTORY)
  })

  it('says why it cannot be read', async () => {
    const error = await readHistory(folder).catch((each) => each)
    assert.match(error.message, /EISDIR/)
  })

  it('keeps one line for each run, as it was given', async () => {
    const [one, two] = [line({ run: 'one' }), line({ run: 'two', failed: ['An order — späť'] })]
    appendHistory(file, one)
    appendHistory(file, two)
    assert.deepEqual(await readHistory(file), { runs: [one, two], notes: [] })
    assert.equal(readFileSync(file, 'utf8'), `${JSON.stringify(one)}\n${JSON.stringify(two)}\n`)
  })

  it('passes over a line that is torn or foreign, says so, and loses none beside it', async () => {
    appendHistory(file, line({ run: 'one' }))
    appendFileSync(file, '{"history":2,"run":"of a later form"}\nnot of ours\n')
    appendFileSync(file, JSON.stringify(line({ run: 'torn' })).slice(0, 90))
    appendHistory(file, line({ run: 'two' }))
    const { runs, notes } = await readHistory(file)
    assert.deepEqual(
      runs.map(({ run }) => run),
      ['one', 'two'],
    )
    assert.deepEqual(
      notes,
      [2, 3, 4].map((at) => `line ${at} of the history tells of no run, and was passed over`),
    )
  })

  it('takes a date that is not in UTC for a foreign line', async () => {
    appendHistory(file, line({ startedAt: '2026-11-26T21:15:02.000+13:00' }))
    assert.lengthOf((await readHistory(file)).runs, 0)
  })

  it('loses and tears no line when several runs write at once', async () => {
    const program = fileURLToPath(import.meta.resolve('./append-many.ts'))
    const ends = PROCESSES.map((name) =>
      once(
        spawn(process.execPath, [program, file, name, String(LINES_EACH)], { stdio: 'inherit' }),
        'exit',
      ),
    )
    for (const [code] of await Promise.all(ends)) assert.equal(code, 0)
    const { runs, notes } = await readHistory(file)
    assert.deepEqual(notes, [])
    assert.sameMembers(
      runs.map(({ run }) => run),
      PROCESSES.flatMap((name) => Array.from({ length: LINES_EACH }, (_, at) => `${name}-${at}`)),
    )
  })
})
