import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { readRun } from '../../src/cli/record/read-run.ts'
import { exchangeRecords } from '../../src/evidence/bundle/exchange-records.ts'
import type { Exchange } from '../../src/evidence/exchange.ts'
import { shown } from '../../src/evidence/shown.ts'
import { THE_RUN_ITSELF } from '../../src/evidence/verdict.ts'
import { runCommand } from './run-verify.ts'
import { atUat, type Uat } from './uat/uat.ts'
import { waitUntil } from './uat/wait-until.ts'

/* The evidence of a run on an endpoint: whole, and broken off. */

const FEATURES = ['features/trade-esp-spot.feature', 'features/orders/limit-orders.feature']

/** Makes a key for a run to sign with. */
async function keysIn(uat: Uat) {
  const folder = join(uat.folder, 'keys')
  const { code } = await runCommand(['evidence', 'keys', '--out', folder])
  assert.equal(code, 0)
  return {
    env: { INTEGRAL_EVIDENCE_KEY: join(folder, 'evidence-key.pem') },
    publicKey: join(folder, 'evidence-key.pub.pem'),
  }
}

/** What an exchange says, whatever it is called. */
function saidIn({ at, request: { method, url, body }, response }: Exchange) {
  return { at, method, url, body, status: response?.status, answer: response?.body }
}

describe('the evidence of a run on an endpoint', { concurrency: 2 }, () => {
  it('is signed, and intact: every scenario, and the run itself', () =>
    atUat({}, async (uat) => {
      const { env, publicKey } = await keysIn(uat)
      const { code, stdout, stderr } = await uat.verify([...FEATURES, '--parallel', '2'], { env })
      assert.equal(code, 0, stdout + stderr)
      assert.match(stdout, /evidence +every exchange and scenario, for auditors; signed/)
      const verified = await runCommand(['evidence', 'verify', uat.out, '--key', publicKey])
      assert.equal(verified.code, 0, verified.stdout)
      const { run, own, scenarios } = await readRun(uat.out)
      assert.match(run.id, /^uat-\d{8}T\d{6}Z-[0-9a-f]{6}$/)
      assert.equal(run.baseUrl, uat.standIn.baseUrl)
      assert.equal(run.account?.user, uat.standIn.credentials.user)
      assert.isNotEmpty(own?.exchanges)
      const { passed, notVerified } = (await uat.verdict()).scenarios
      assert.lengthOf(scenarios, passed + notVerified)
    }))

  it('holds what the run itself was found by in the lines that its findings name', () =>
    atUat({ fillsAfterCancel: true }, async (uat) => {
      const { code, stderr } = await uat.verify([FEATURES[1] ?? '', '--name', 'cancel'])
      assert.equal(code, 1, stderr)
      const { own, verdict } = await readRun(uat.out)
      const cited = verdict.findings
        .filter(({ scenario }) => scenario === THE_RUN_ITSELF)
        .flatMap(({ exchanges }) => exchanges)
      assert.isNotEmpty(cited)
      const text = await readFile(join(uat.out, 'evidence', 'transcript.ndjson'), 'utf8')
      const lines = text
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line))
      const recordOf = exchangeRecords(text)
      for (const { number, ...judged } of own?.exchanges ?? []) {
        const line = lines[(recordOf(THE_RUN_ITSELF, number) ?? 0) - 1]
        assert.equal(line.phase, 'ended')
        assert.deepEqual(saidIn(shown(line)), saidIn({ number, ...judged }))
      }
      assert.includeMembers(
        (own?.exchanges ?? []).map(({ number }) => number),
        cited,
      )
      // By scenario and number alone, without this program: each names one exchange, or where it is.
      const names = lines
        .filter(({ phase }) => ['ended', 'judged'].includes(phase))
        .map(({ scenario, number }) => `${scenario}, exchange ${number}`)
      assert.lengthOf(new Set(names), names.length)
      const ended = lines
        .filter(({ phase }) => phase === 'ended')
        .map(({ scenario, number }) => `${scenario}, exchange ${number}`)
      const from = lines.flatMap(({ phase, from: place }) => (phase === 'judged' ? [place] : []))
      assert.includeMembers(ended, from)
    }))

  it('is readable up to a SIGKILL, and says that it is unfinished', () =>
    atUat({ neverFinish: true }, async (uat) => {
      const { child, ended } = await uat.start([...FEATURES, '--parallel', '2'], {
        settings: { 'order.finalWithinMs': 30_000 },
      })
      await waitUntil(async () => ((await uat.working()).length > 0 ? true : undefined))
      child.kill('SIGKILL')
      await ended
      const { code, stdout } = await runCommand(['evidence', 'verify', uat.out])
      assert.equal(code, 1, stdout)
      assert.match(stdout, /^readable +transcript\.ndjson +\d+ records$/m)
      assert.match(
        stdout,
        /Unfinished: the run was broken off; what it had written until then is intact/,
      )
      const refused = await readRun(uat.out).catch((error: unknown) => error)
      assert.match(String(refused), /^UsageError: The run uat-\S+ in \S+ was broken off/)
    }))
})
