import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import { parse } from 'csv-parse/sync'
import { runCommand } from '../e2e/run-verify.ts'
import { atUat } from '../e2e/uat/uat.ts'

/*
 * The command as a process, on runs that `verify` made: one on the simulation, and one on a stand-in for
 * UAT that says NEW again of an order that it called FILLED.
 */

const folder = mkdtempSync(join(tmpdir(), 'harness-report-'))
const simulation = join(folder, 'simulation')
const uat = join(folder, 'uat')
const out = join(folder, 'report')
const secrets: string[] = []

before(async () => {
  const name = 'immediate or cancel|fill or kill|market .* in time'
  const held = await runCommand(['verify', '--out', simulation, '--name', name])
  assert.equal(held.code, 0, held.stderr)
  await atUat({ terminalChanges: 2 }, async (standIn) => {
    const { code, stderr } = await standIn.verify(['--out', uat, 'features/trade-esp-spot.feature'])
    assert.equal(code, 1, stderr)
    secrets.push(standIn.standIn.credentials.password, ...(await standIn.standIn.admin.tokens()))
  })
})
after(() => rmSync(folder, { recursive: true }))

/** Whoever looks up the lines that the page names finds the scenario, or what the run took up, there. */
function assertLinesOf(page: string): void {
  const lines = readFileSync(join(uat, 'evidence', 'transcript.ndjson'), 'utf8').split('\n')
  const places = [
    ...page.matchAll(
      /Scenario <code>([^<]+)<\/code>, exchanges? ([\d, ]+), in .*?, lines? ([\d, ]+)</g,
    ),
  ]
  assert.isNotEmpty(places)
  for (const [, scenario, exchanges = '', records = ''] of places) {
    const numbers = exchanges.split(', ')
    for (const [at, record] of records.split(', ').entries()) {
      const line = JSON.parse(lines[Number(record) - 1] ?? '')
      assert.equal(line.phase, 'ended')
      if (scenario === 'the run itself') continue
      assert.deepEqual([line.scenario, String(line.number)], [scenario, numbers[at]])
    }
  }
}

const report = (...args: string[]) => runCommand(['report', '--out', out, ...args])
const read = (name: string) => readFileSync(join(out, name), 'utf8')

describe('report', () => {
  it('says how each target stands and what it wrote, and writes all of it', async () => {
    const { code, stdout, stderr } = await report(simulation, uat)
    assert.equal(`${code}${stderr}`, '0')
    assert.match(
      stdout,
      /^simulation +held +Every rule that was verified held: \d+ of \d+; \d+ not/m,
    )
    assert.match(stdout, /^uat +broken +\d+ rules? broken, with \d+ findings?/m)
    assert.match(stdout, /^served +no run$/m)
    assert.match(stdout, /^\d+ gaps: /m)
    for (const name of ['index.html', 'matrix.html', 'matrix.csv', 'allure.html']) {
      assert.include(stdout, join(out, name))
      assert.isTrue(existsSync(join(out, name)), name)
    }
    assert.isFalse(existsSync(join(out, '.unfinished')))
  })

  it('shows the findings of the run, each with its rule, scenario and exchanges', () => {
    const verdict = JSON.parse(readFileSync(join(uat, 'verdict.json'), 'utf8'))
    assert.include(
      verdict.findings.map(({ code }: { code: string }) => code),
      'illegal-transition',
    )
    const page = read('matrix.html')
    for (const { rule, scenario, orderId } of verdict.findings) {
      assert.include(page, `id="broken-2-${rule}"`)
      assert.include(page, scenario)
      assert.include(page, orderId)
    }
    assertLinesOf(page)
    const rows: Record<string, string>[] = parse(read('matrix.csv'), { columns: true })
    const broken = rows.filter(({ kind, result }) => kind === 'rule' && result === 'broken')
    assert.deepEqual(
      broken.map(({ what }) => what),
      verdict.rules
        .filter(({ result }: { result: string }) => result === 'broken')
        .map(({ id }: { id: string }) => id),
    )
  })

  it('holds no secret', () => {
    assert.isAbove(secrets.length, 1)
    for (const name of ['index.html', 'matrix.html', 'matrix.csv', 'allure.html']) {
      for (const secret of secrets) assert.notInclude(read(name), secret, name)
    }
  })

  it('makes nothing of evidence that was changed, and says what', async () => {
    const file = join(uat, 'evidence', 'transcript.ndjson')
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, whole.replace('"FILLED', '"fILLED').replace('FILLED\\"', 'fILLED\\"'))
    const { code, stderr } = await report(uat)
    writeFileSync(file, whole)
    assert.equal(code, 2)
    assert.match(
      stderr,
      /^The evidence of uat-\S+ in \S+ is not as it was written: altered: transcript\.ndjson.*"evidence verify .*" says all of it\.\n$/,
    )
  })

  it('makes nothing of a run whose verdict beside the evidence was changed', async () => {
    const file = join(uat, 'verdict.json')
    const whole = readFileSync(file, 'utf8')
    writeFileSync(file, whole.replace('"findings"', '"fINDINGS"'))
    const { code, stderr } = await report(uat)
    writeFileSync(file, whole)
    assert.equal(code, 2)
    assert.match(stderr, /^The evidence of uat-\S+ .* altered: \.\.\/verdict\.json: /)
  })

  it('says in one sentence that there is no run', async () => {
    const { code, stderr } = await report(join(folder, 'nothing'))
    assert.equal(code, 2)
    assert.match(stderr, /^There is no run in .*nothing: .*\.\n$/)
    const empty = await runCommand(['report'], {}, folder)
    assert.equal(empty.code, 2)
    assert.match(empty.stderr, /^There is no run to report on below .*reports: .*\.\n$/)
  })

  it('names a directory that it cannot write to, and one that is given twice', async () => {
    writeFileSync(join(folder, 'file'), '')
    const there = await runCommand(['report', simulation, '--out', join(folder, 'file')])
    assert.equal(there.code, 2)
    assert.match(there.stderr, /^Failed to write the report to .*\.\n$/)
    const twice = await report(simulation, `${simulation}/`)
    assert.equal(twice.code, 2)
    assert.match(twice.stderr, /^The directory .* is named twice: name each run once\.\n$/)
  })
})
