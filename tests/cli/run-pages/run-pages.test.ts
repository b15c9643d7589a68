import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { MessageLog } from '../../../src/cli/message-log.ts'
import { RunRecorder } from '../../../src/cli/record/run-recorder.ts'
import { prepareReports, type ReportFiles, removeHalves } from '../../../src/cli/report-files.ts'
import { type PagesBegin, RunPages } from '../../../src/cli/run-pages/run-pages.ts'
import type { RunFacts } from '../../../src/evidence/record/run-facts.ts'
import type { ScenarioRecord } from '../../../src/evidence/record/scenario-record.ts'

const top = mkdtempSync(join(tmpdir(), 'run-pages-'))
after(() => rmSync(top, { recursive: true }))

const run: RunFacts = {
  ...{ id: 'uat-1', target: 'uat', startedAt: '2026-01-05T09:00:00.000Z', seed: 's' },
  ...{ selection: [], settings: {}, software: {}, platform: 'linux x64' },
  digests: { model: '', rules: '', api: '', features: '' },
}
const scenario = (line: number): ScenarioRecord => ({
  ...{ uri: 'a.feature', line, name: `number ${line}`, feature: 'A', tags: [], status: 'passed' },
  steps: [{ keyword: 'Given', kind: 'context', text: 'one', status: 'passed' }],
})
const at = { seconds: 0, nanos: 0 }
const finding = {
  ...{ code: 'trade-missing', rule: 'trade.in-time', orderId: '7', scenario: 'the run itself' },
  ...{ expected: 'A dealt order has its trade.', detail: 'none', exchanges: [] },
} as const

let count = 0

/** Runs what is left of a run when its scenarios are gone: what it writes, and who is told of it. */
async function pagesOf(
  begin: PagesBegin,
  { meanwhile = async () => {} }: { meanwhile?: (files: ReportFiles) => Promise<void> } = {},
) {
  const out = join(top, String(++count))
  const files = await prepareReports(out)
  const pages = new RunPages({ out, files, run, planned: 20, isInOrder: true, mark: run }, begin)
  const recorder = new RunRecorder(files.evidence, run, [], (place) => pages.addScenario(place))
  const messages = new MessageLog(files.messages, run, (upTo) => pages.addMessages(upTo))
  messages.receive({ testRunStarted: { timestamp: at } })
  for (let line = 1; line <= 20; line++) recorder.note(scenario(line))
  messages.receive({ testRunFinished: { timestamp: at, success: true } })
  messages.close()
  await meanwhile(files)
  return { out, files, pages }
}

const ending = { run, findings: [finding], hasMessages: true }

describe('The thread that makes the pages of a run', () => {
  for (const [name, begin] of [
    ['as it goes', 'at once'],
    ['when there are scenarios', 'with scenarios'],
    ['when it is known that there are any', 'at the end'],
  ] as const) {
    it(`makes them all ${name}, and leaves nothing behind`, async () => {
      const { out, files, pages } = await pagesOf(begin)
      assert.deepEqual(await pages.end(ending), [])
      assert.lengthOf(readdirSync(files.allureResults), 21)
      assert.include(readFileSync(files.allureHtml, 'utf8'), 'Integral FX REST API on uat')
      assert.include(readFileSync(files.cucumberHtml, 'utf8'), 'run uat-1')
      assert.match(readFileSync(files.junit, 'utf8'), /name="integral uat"[\s\S]*trade-missing/)
      assert.isFalse(existsSync(join(out, '.unfinished')))
    })
  }

  it('says which page could not be made, and makes the others', async () => {
    const { files, pages } = await pagesOf('at once', {
      meanwhile: async ({ cucumberHtml }) => {
        mkdirSync(join(cucumberHtml, 'in the way'), { recursive: true })
      },
    })
    const [problem, ...others] = await pages.end(ending)
    assert.match(
      problem ?? '',
      /^cucumber\.html or junit\.xml could not be made, because (?:EISDIR|ENOTEMPTY)/,
    )
    assert.deepEqual(others, [])
    assert.isTrue(existsSync(files.allureHtml))
  })

  it('has results that cannot be written told in the end', async () => {
    const { files, pages } = await pagesOf('at the end', {
      meanwhile: async ({ allureResults }) => rmSync(allureResults, { recursive: true }),
    })
    assert.match(
      (await pages.end(ending)).join(),
      /^allure\.html could not be made, because ENOENT: no such file or directory, open '.*allure-results.*'$/,
    )
    assert.isTrue(existsSync(files.junit))
  })

  it('makes the others where Cucumber’s page cannot be written any more', async () => {
    const { files, pages } = await pagesOf('at the end', {
      meanwhile: async ({ unfinished }) => {
        symlinkSync('/dev/full', join(unfinished, 'html'))
      },
    })
    const [problem, ...others] = await pages.end(ending)
    assert.match(problem ?? '', /^cucumber\.html or junit\.xml could not be made, because ENOSPC/)
    assert.deepEqual(others, [])
    assert.isTrue(existsSync(files.allureHtml))
  })

  it('makes Allure’s page where the messages could not even be begun', async () => {
    const { files, pages } = await pagesOf('at the end', {
      meanwhile: async ({ messages }) => rmSync(messages),
    })
    assert.deepEqual(await pages.end(ending), [])
    assert.isTrue(existsSync(files.allureHtml))
  })

  it('is not stopped by what an earlier one left that was killed', async () => {
    const { out, files } = await pagesOf('at the end')
    writeFileSync(join(files.unfinished, '.allure-history.4711.tmp'), '')
    await prepareReports(out)
    assert.deepEqual(readdirSync(files.unfinished), [])
  })

  it('writes no results any more once it is told so, and none is half written', async () => {
    const { files, pages } = await pagesOf('at once')
    pages.stopWriting()
    const before = readdirSync(files.allureResults)
    await pages.end(ending)
    const results = readdirSync(files.allureResults)
    assert.deepEqual(results, before)
    removeHalves(files)
    assert.deepEqual(readdirSync(files.allureResults), [])
    assert.isFalse(existsSync(files.unfinished))
  })

  it('is waited for by nobody when it has ended', async () => {
    const { pages } = await pagesOf('at once')
    const ended = pages.end(ending)
    await pages.close()
    assert.deepEqual(await ended, [
      'the pages could not be made, because the thread that makes them has ended',
    ])
  })

  it('leaves nothing of pages that would say nothing', async () => {
    const { out, pages } = await pagesOf('at once')
    assert.deepEqual(await pages.abandon(), [])
    assert.deepEqual(readdirSync(out).sort(), ['evidence', 'messages.ndjson'])
  })

  it('makes no page of messages where there are none', async () => {
    const { files, pages } = await pagesOf('at once')
    assert.deepEqual(await pages.end({ ...ending, hasMessages: false }), [])
    assert.isTrue(existsSync(files.allureHtml))
    assert.isFalse(existsSync(files.cucumberHtml) || existsSync(files.junit))
  })
})
