import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { assert } from 'chai'
import {
  appendHistory,
  historyFile,
  MAX_RUNS,
  readHistory,
} from '../../../src/cli/allure/history.ts'
import { inFolder } from '../../backends/temporary-folder.ts'

const point = (uuid: string) => ({ uuid, name: uuid, timestamp: 1, testResults: {} })
const idsOf = async (file: string) => (await readHistory(file)).map(({ uuid }) => uuid)

test('default targets share a folder of histories; any other directory keeps its own', () => {
  assert.equal(historyFile('/x/reports/uat', 'uat'), '/x/reports/history/allure-uat.jsonl')
  assert.equal(historyFile('/x/reports/mine', 'uat'), '/x/reports/mine/history/allure-uat.jsonl')
  assert.equal(historyFile('/x/uat', 'uat'), '/x/uat/history/allure-uat.jsonl')
})

test('there is none before the first run', () =>
  inFolder(async (folder) => assert.deepEqual(await idsOf(join(folder, 'none.jsonl')), [])))

test('runs that end at the same time all stand in it', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'history', 'h.jsonl')
    const ids = Array.from({ length: 12 }, (_, at) => `run-${at}`)
    await Promise.all(ids.map((id) => appendHistory(file, point(id))))
    assert.sameMembers(await idsOf(file), ids)
  }))

test('a line that was torn costs itself alone', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'h.jsonl')
    await writeFile(file, `${JSON.stringify(point('one'))}\n{"uuid":"tor`)
    await appendHistory(file, point('two'))
    assert.deepEqual(await idsOf(file), ['one', 'two'])
  }))

test('it is cut back before it grows without end', () =>
  inFolder(async (folder) => {
    const file = join(folder, 'h.jsonl')
    for (let at = 1; at <= 2 * MAX_RUNS; at++) await appendHistory(file, point(`run-${at}`))
    assert.lengthOf((await readFile(file, 'utf8')).trim().split('\n'), MAX_RUNS)
    assert.equal((await idsOf(file)).at(-1), `run-${2 * MAX_RUNS}`)
    assert.deepEqual(await readdir(folder), ['h.jsonl'])
  }))
