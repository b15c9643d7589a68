import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { assert } from 'chai'
import { ResultsWriter } from '../../../src/cli/allure/results-writer.ts'

const folder = mkdtempSync(join(tmpdir(), 'results-'))
after(() => rmSync(folder, { recursive: true }))

test('whatever is to be written is there in the end, however much waits', async () => {
  const writer = new ResultsWriter(folder)
  for (let at = 0; at < 500; at++) {
    await writer.write([
      { name: `${at}-result.json`, content: `{"at":${at}}` },
      { name: `${at}-attachment.txt`, content: 'ä'.repeat(at) },
    ])
  }
  await writer.written()
  await writer.close()
  assert.lengthOf(readdirSync(folder), 1_000)
  assert.equal(readFileSync(join(folder, '499-result.json'), 'utf8'), '{"at":499}')
  assert.equal(readFileSync(join(folder, '499-attachment.txt'), 'utf8'), 'ä'.repeat(499))
})

test('what cannot be written is told in the end, by name', async () => {
  const writer = new ResultsWriter(join(folder, 'nowhere'))
  await writer.write([{ name: 'one-result.json', content: '{}' }])
  const problem: unknown = await writer.written().catch((error: unknown) => error)
  await writer.close()
  assert.match(String(problem), /no such file or directory, open '.*one-result\.json'/)
})

test('nobody waits for a thread that has ended', async () => {
  const writer = new ResultsWriter(folder)
  await writer.write([{ name: 'last-result.json', content: '{}' }])
  const waiting = writer.written().catch((error: unknown) => error)
  await writer.close()
  await waiting
  const later: unknown = await writer.write([]).catch((error: unknown) => error)
  assert.include(String(later), 'the thread that writes results has ended')
})
