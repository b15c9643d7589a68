import { mkdtempSync } from 'node:fs'
import { cp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import { noChromium, reachingOut, withBrowser } from '../browser/open-page.ts'
import { textOf } from '../browser/text-of.ts'
import { barriers } from '../report/axe.ts'
import { runCommand } from './run-verify.ts'
import { atUat } from './uat/uat.ts'

const FEATURES = ['features/trade-esp-spot.feature', 'features/orders/querying.feature']

/** Gaps filled otherwise than in the simulation, each of which a setting can follow. */
const UNUSUAL = {
  queryShape: 'object',
  emit: ['header'],
  tokenTtlMs: 20_000,
  iocUnfilled: 'CANCELED',
  stpEmpty: '204',
  unknownOrder: 200,
  cancelStatus: 200,
  omitEvent: true,
} as const

interface Told {
  readonly summary: Readonly<Record<string, number>>
  readonly differences: readonly { readonly id: string; readonly isWaived: boolean }[]
  readonly scenarios: readonly { readonly lastValidated?: { readonly result: string } }[]
  readonly notCompared: readonly { readonly why: string }[]
}

describe('drift of the simulation from an endpoint', () => {
  const folder = mkdtempSync(join(tmpdir(), 'harness-drift-'))
  const at = (name: string) => join(folder, name)
  const simulate = (name: string, ...args: string[]) =>
    runCommand(['verify', '--out', at(name), ...args, ...FEATURES])
  const drift = (simulation: string, out: string, ...args: string[]) =>
    runCommand([
      ...['drift', '--simulation', at(simulation), '--endpoint', at('uat')],
      ...['--out', at(out), ...args],
    ])
  const told = async (out: string): Promise<Told> =>
    JSON.parse(await readFile(join(at(out), 'drift.json'), 'utf8'))
  const kinds = async (out: string) =>
    (await ids(out)).map((id) => id.replace(/ \(.* → .*\)$/s, ''))
  const ids = async (out: string) => (await told(out)).differences.map(({ id }) => id)

  before(async () => {
    await atUat(UNUSUAL, async (uat) => {
      const ended = await uat.verify(['--out', at('uat'), ...FEATURES])
      assert.include([0, 1], ended.code, ended.stdout + ended.stderr)
      const env = { INTEGRAL_SYMBOL: 'GBP/USD' }
      const other = await uat.verify(['--out', at('other-symbol'), ...FEATURES], { env })
      assert.include([0, 1], other.code, other.stdout + other.stderr)
    })
    assert.equal((await simulate('simulation')).code, 0)
  })
  after(() => rm(folder, { recursive: true, force: true }))

  it('is told, by kind, with what was not compared and when each scenario was validated', async () => {
    const { code, stdout } = await drift('simulation', 'first')
    assert.equal(code, 1, stdout)
    const found = await kinds('first')
    assert.includeMembers(found, [
      'drift.types/queryOrder',
      'drift.http-code/downloadTrades',
      'drift.http-code/cancelOrder',
      'drift.fields/downloadTrades trade event',
      'drift.statuses/Limit order',
    ])
    const { scenarios, notCompared } = await told('first')
    assert.isAbove(scenarios.length, 15)
    assert.isTrue(scenarios.slice(0, -1).every(({ lastValidated }) => lastValidated !== undefined))
    assert.isNotEmpty(notCompared)
    assert.match(stdout, /not verified on uat: an endpoint cannot be made to/)
    assert.match(stdout, /drift\.types +simulation +uat +scenarios\n +queryOrder +array +object/)
    const page = await readFile(join(at('first'), 'drift.html'), 'utf8')
    assert.include(page, 'Timelines side by side')
    assert.equal(page.split('Its evidence is whole; nobody signed it.').length, 3)
    assert.notMatch(page, /<script|\s(?:src|href)="(?!#)/)
  })

  it('falls to what no setting can follow, once the simulation runs with the proposed settings', async () => {
    const { code, stdout } = await drift('simulation', 'calibration', '--calibrate')
    assert.equal(code, 1)
    const settings = JSON.parse(await readFile(join(at('calibration'), 'settings.json'), 'utf8'))
    assert.deepInclude(settings, {
      'query.shape': 'object',
      'auth.emit': ['header'],
      tokenTtlMs: 20_000,
      'ioc.unfilledStatus': 'CANCELED',
      'stp.empty': '204',
      'query.unknown': 200,
      'cancel.successStatus': 200,
      'stp.omitEvent': true,
    })
    assert.match(stdout, /query\.shape = "object" +sure +\d+ scenarios +e\.g\. features\//)
    assert.match(stdout, /Not learned, it cannot be read off what the scenarios do: tokenSliding/)
    await simulate('calibrated', '--config', join(at('calibration'), 'settings.json'))
    await drift('calibrated', 'second')
    const left = await kinds('second')
    assert.isBelow(left.length, (await kinds('first')).length)
    const learned = /queryOrder$|downloadTrades|cancelOrder$|statuses|login|token/
    assert.deepEqual(
      left.filter((id) => !id.startsWith('drift.reason') && learned.test(id)),
      [],
      'what a setting can follow is gone',
    )
  })

  it('is the same whatever pair was traded', async () => {
    const args = ['--endpoint', at('other-symbol')]
    const { code, stderr } = await drift('simulation', 'symbol', ...args)
    assert.equal(code, 1, stderr)
    assert.deepEqual(await ids('symbol'), await ids('first'))
  })

  it('is a page that anybody can read, without scripts or a network', {
    skip: noChromium,
  }, async () => {
    const file = join(at('calibration'), 'drift.html')
    await withBrowser(async (open) => {
      const { page, requests, errors } = await open(file)
      assert.deepEqual(await barriers(page), [])
      assert.deepEqual(reachingOut(requests), [])
      assert.deepEqual(errors, [])
    })
    const { summary } = await told('first')
    await withBrowser(
      async (open) => {
        const { page } = await open(file)
        const seen = await textOf(page.locator('body'))
        assert.include(seen, `simulation is not like uat: ${summary.open} differences`)
        assert.include(seen, `${summary.notCompared} not compared`)
        assert.match(seen, /queryOrder\s+array\s+exchange \d+\s+object\s+exchange \d+/)
        assert.match(seen, /query\.shape\s+"object"\s+△ proposed\s+sure/)
      },
      { javaScriptEnabled: false },
    )
  })

  it('is not told of evidence that somebody changed', async () => {
    await cp(at('simulation'), at('changed'), { recursive: true })
    const file = join(at('changed'), 'evidence', 'scenarios.ndjson')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('"FILLED"', '"FULLED"'))
    assert.notEqual(await readFile(file, 'utf8'), text)
    const { code, stderr, stdout } = await drift('changed', 'fifth')
    assert.equal(code, 2)
    assert.equal(stdout, '')
    assert.match(
      stderr,
      /is not as it was written: altered: scenarios\.ndjson: its SHA-256 is another/,
    )
  })

  it('is none where somebody answers for all of it, and counts again once a waiver expired', async () => {
    const found = await ids('first')
    const rules = [...new Set(found.map((id) => id.split('/')[0] ?? ''))]
    const waiver = { owner: 'QA', reason: 'known', granted: '2020-01-01', expires: '2999-12-31' }
    const write = (name: string, waivers: readonly unknown[]) =>
      writeFile(at(name), JSON.stringify(waivers))
    await write(
      'all.json',
      rules.map((rule) => ({ ...waiver, rule })),
    )
    const waived = await drift('simulation', 'waived', '--waivers', at('all.json'))
    assert.equal(waived.code, 0, waived.stdout)
    const [first] = found
    const expired = rules.map((rule) => ({ ...waiver, rule, expires: '2020-02-01' }))
    await write('old.json', [...expired, { ...waiver, rule: first }])
    const old = await drift('simulation', 'old', '--waivers', at('old.json'))
    assert.equal(old.code, 1)
    assert.match(old.stdout, /\[expired: it counts for nothing\]/)
    const differences = (await told('old')).differences.filter(({ isWaived }) => isWaived)
    assert.deepEqual(
      differences.map(({ id }) => id),
      [first],
    )
  })

  it('cannot be told of a run that is not there, or of other features', async () => {
    const missing = await drift('nowhere', 'third')
    assert.equal(missing.code, 2)
    assert.equal(missing.stderr.trim().split('\n').length, 1)
    const other = await runCommand(['verify', '--out', at('other'), 'features/model'])
    assert.equal(other.code, 0)
    const { code, stderr } = await drift('other', 'fourth')
    assert.equal(code, 2)
    assert.match(stderr, /^Failed to compare .+ they verified no scenario in common/)
  })
})
