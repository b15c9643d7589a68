import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { hiddenTexts } from './hidden-texts.ts'
import { runCommand } from './run-verify.ts'
import type { Ended } from './uat/run-command.ts'
import { atUat } from './uat/uat.ts'
import { assertDatedInUtc } from './utc-dates.ts'

/* Everything that a run writes carries its id, is UTF-8, and is dated in UTC: on every target. */

/** Thirteen hours ahead in November, twelve in June: another date, half of the day. */
const ELSEWHERE = { TZ: 'Pacific/Auckland' }
/** Passes on every target, and needs no more than a few seconds of an endpoint. */
const SCENARIOS = 'features/trade-esp-spot.feature'

/**
 * What cannot say it of itself, because it holds the bytes of something else; the files beside it do.
 * Features and rules stand in the manifest of the evidence, Allure's raw results below its environment.
 */
const SILENT = [
  /^evidence\/features\//,
  /^evidence\/rules\.json$/,
  /^allure-results\/(?!environment\.properties$)/,
]

function assertMarked(out: string, { stdout, stderr, code }: Ended, startedAt: Date): void {
  assert.equal(code, 0, stdout + stderr)
  const { run, target } = JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8'))
  assert.match(run, new RegExp(`^${target}-\\d{8}T\\d{6}Z-[0-9a-f]{6}$`))
  assert.include(stdout, run)
  const seen = new Set<string>()
  for (const [name, text] of [...filesOf(out), ['stdout', stdout] as const]) {
    const texts = hiddenTexts(text)
    const isSilent = SILENT.some((each) => each.test(name))
    if (!isSilent)
      assert.isTrue(
        texts.some((each) => each.includes(run)),
        `${name} has no run id`,
      )
    for (const each of texts) assertDatedInUtc(each, startedAt, ELSEWHERE.TZ, name)
    seen.add(name)
  }
  const expected = ['verdict.json', 'junit.xml', 'cucumber.html', 'messages.ndjson', 'allure.html']
  const others = ['allure-results/environment.properties', `history/${target}.ndjson`]
  for (const name of [...expected, ...others]) assert.isTrue(seen.has(name), `${name} is missing`)
}

/** Every file below a folder, by its path there. @throws {TypeError} One is not UTF-8. */
function filesOf(folder: string): [string, string][] {
  const utf8 = new TextDecoder('utf-8', { fatal: true })
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
    .map((file) => [file.slice(folder.length + 1), utf8.decode(readFileSync(file))])
}

describe('what a run writes carries its id, is UTF-8, and is dated in UTC', {
  concurrency: 2,
}, () => {
  for (const target of ['simulation', 'served']) {
    it(`on ${target}`, async () => {
      const out = mkdtempSync(join(tmpdir(), 'run-id-'))
      const startedAt = new Date()
      const args = ['verify', SCENARIOS, '--target', target, '--out', out]
      const ended = await runCommand(args, ELSEWHERE)
      assertMarked(out, ended, startedAt)
      rmSync(out, { recursive: true })
    })
  }

  it('on an endpoint', () =>
    atUat({}, async (uat) => {
      const startedAt = new Date()
      const ended = await uat.verify([SCENARIOS], { env: ELSEWHERE })
      assertMarked(uat.out, ended, startedAt)
      assert.isTrue(uat.has('journal.ndjson'))
    }))
})
