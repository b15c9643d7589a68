import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { runCommand } from './run-verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'harness-compiled-'))
after(() => rmSync(folder, { recursive: true }))

/** What a run with workers, and one with a server, leave among the temporary files and in a cache of their own. */
async function left(name: string, env: (cache: string) => Record<string, string>) {
  const [temporary, cache] = [join(folder, name, 'tmp'), join(folder, name, 'cache')]
  mkdirSync(temporary, { recursive: true })
  mkdirSync(cache)
  for (const how of [
    ['--parallel', '2'],
    ['--target', 'served'],
  ]) {
    const args = ['verify', ...how, '--out', join(folder, name, 'out'), 'features/sessions']
    const { code, stderr } = await runCommand(args, { TMPDIR: temporary, ...env(cache) })
    assert.equal(code, 0, stderr)
  }
  return { temporary: readdirSync(temporary), cache: readdirSync(cache) }
}

describe('compiled code', () => {
  it('of a command, its workers and its server is kept in one place', async () => {
    const { temporary, cache } = await left('kept', (to) => ({ NODE_COMPILE_CACHE: to }))
    assert.isEmpty(temporary)
    assert.lengthOf(cache, 1)
  })

  it('is not kept among the temporary files, which others may write to', async () => {
    assert.deepEqual(await left('beside', () => ({})), { temporary: [], cache: [] })
  })

  it('is kept nowhere where nobody wants it', async () => {
    const nowhere = await left('nowhere', (to) => ({
      NODE_COMPILE_CACHE: to,
      NODE_DISABLE_COMPILE_CACHE: '1',
    }))
    assert.deepEqual(nowhere, { temporary: [], cache: [] })
  })
})
