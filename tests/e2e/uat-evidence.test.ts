import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { readRun } from '../../src/cli/record/read-run.ts'
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
