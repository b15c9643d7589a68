import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { assert } from 'chai'
import { correctAllureResults } from '../../src/cli/allure-corrections.ts'
import { allureTestCaseId } from '../../src/cli/allure-relay.ts'

test('a scenario that had begun well and is not verified is skipped for Allure too, and says why', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'allure-'))
  const write = (name: string, line: number) =>
    writeFile(
      join(directory, `${name}-result.json`),
      JSON.stringify({ testCaseId: allureTestCaseId('uat', 'a.feature', line), status: 'passed' }),
    )
  await write('one', 3)
  await write('two', 9)
  const place = { uri: 'a.feature', name: 'One' } as const
  await correctAllureResults(directory, 'uat', [
    { ...place, line: 3, status: 'notVerified', notVerified: 'the market is closed' },
    { ...place, line: 9, status: 'failed' },
  ])
  const read = async (name: string) =>
    JSON.parse(await readFile(join(directory, `${name}-result.json`), 'utf8'))
  const { status, statusDetails } = await read('one')
  assert.equal(status, 'skipped')
  assert.deepEqual(statusDetails, { message: 'Not verified: the market is closed' })
  assert.equal((await read('two')).status, 'passed')
  await rm(directory, { recursive: true })
})
