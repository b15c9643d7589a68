import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { hiddenTexts } from './hidden-texts.ts'
import { SecretSearch } from './secret-search.ts'
import type { Ended } from './uat/run-command.ts'
import { atUat, type Uat } from './uat/uat.ts'

/* No secret is written or printed, in no disguise, by an endpoint run whose server gives them all back. */

const PASSWORD = 'Pa55-word/&"<x> é'
/** What no other text of a run has in common with the password. */
const RECOGNISABLE = 'Pa55-word'
const HMAC_SECRET = 'hm4c-Secret/+of&"QA"=='

/** A secret, and what a base64 text begins with that holds it alone. */
function spellings(secret: string): readonly string[] {
  const packed = Buffer.from(secret).toString('base64')
  return [secret, packed.slice(0, -4)]
}

/** Every file and stream of a run, as text, by its name. */
async function writtenBy({ out }: Uat, { stdout, stderr }: Ended): Promise<Map<string, string>> {
  const entries = await readdir(out, { recursive: true, withFileTypes: true })
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name))
  const files = await Promise.all(
    paths.map(async (path): Promise<[string, string]> => [path, await readFile(path, 'utf8')]),
  )
  return new Map([...files, ['stdout', stdout], ['stderr', stderr]])
}

/** Asserts that none of `secrets` stands in anything written, unpacked as often as it is packed. */
async function assertAbsent(uat: Uat, ended: Ended, secrets: readonly string[]): Promise<void> {
  const search = new SecretSearch(secrets.flatMap(spellings))
  for (const secret of secrets) {
    const packed = Buffer.from(`so ${secret} it is, and it is ${secret}`).toString('base64')
    assert.isTrue(hiddenTexts(`x=${packed}`).some((text) => search.find(text) !== undefined))
  }
  for (const [name, whole] of await writtenBy(uat, ended)) {
    for (const text of hiddenTexts(whole)) {
      const found = search.find(text)
      const at = found === undefined ? 0 : text.indexOf(found)
      assert.isUndefined(found, `${name} shows it: ${text.slice(Math.max(0, at - 80), at + 120)}`)
    }
  }
  // What took their place.
  assert.include(await uat.read('evidence/transcript.ndjson'), '‹redacted›')
}

describe('the secrets of an endpoint run', { concurrency: 2 }, () => {
  it('are nowhere, with tokens', () =>
    atUat({ echoSecrets: true }, async (uat) => {
      assert.equal(uat.standIn.credentials.password, PASSWORD)
      const ended = await uat.verify(['--parallel', '2'])
      assert.equal(ended.code, 0, ended.stdout)
      const tokens = await uat.standIn.admin.tokens()
      assert.isAtLeast(tokens.length, 2)
      await assertAbsent(uat, ended, [RECOGNISABLE, ...tokens])
    }))

  it('are nowhere, with signatures', () =>
    atUat({ echoSecrets: true, hmac: { secret: HMAC_SECRET, skewMs: 5_000 } }, async (uat) => {
      const features = ['trade-esp-spot', 'orders/placement-errors', 'orders/querying']
      const paths = features.map((feature) => `features/${feature}.feature`)
      const ended = await uat.verify(paths, {
        env: { INTEGRAL_AUTH: 'hmac', INTEGRAL_HMAC_SECRET: HMAC_SECRET },
      })
      assert.equal(ended.code, 0, ended.stdout)
      const requests = await uat.standIn.admin.requests()
      const signatures = requests.flatMap(
        ({ headers }) => /signature="([^"]*)"/.exec(String(headers.authorization))?.[1] ?? [],
      )
      assert.isAtLeast(new Set(signatures).size, 50)
      await assertAbsent(uat, ended, [RECOGNISABLE, 'hm4c-Secret', ...new Set(signatures)])
    }))

  it('are nowhere where the names of the user and the organisation hold the password', () => {
    const credentials = { user: 'qa.Pa55-word', password: 'Pa55-word', org: 'Pa55-word-org' }
    return atUat({ echoSecrets: true, credentials }, async (uat) => {
      const ended = await uat.verify(['--name', 'A limit order without price'])
      assert.equal(ended.code, 0, ended.stdout)
      await assertAbsent(uat, ended, [RECOGNISABLE])
      const { account } = JSON.parse(await uat.read('evidence/run.json'))
      assert.deepEqual(account, { user: 'qa.‹redacted›', org: '‹redacted›-org' })
    })
  })

  it('are nowhere where the run fails, and is not begun', () =>
    atUat({ echoSecrets: true, plainRefusal: true }, async (uat) => {
      const name = 'A limit order without price'
      const failed = await uat.verify(['--name', name])
      assert.equal(failed.code, 1)
      const tokens = await uat.standIn.admin.tokens()
      await assertAbsent(uat, failed, [RECOGNISABLE, ...tokens])
      await uat.standIn.admin.change({ loginRefused: true })
      const refused = await uat.verify(['--name', name])
      assert.equal(refused.code, 2)
      // Of tokens that an earlier run was given this one knows nothing.
      await assertAbsent(uat, refused, [RECOGNISABLE])
    }))
})
