import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { runCommand } from '../e2e/run-verify.ts'
import { atProviders } from './matrix.ts'

/* What stands in a file of providers for trust: whose evidence it is, and whose certificates count. */

const FEW = ['features/trade-esp-spot.feature', '--name', 'top of the book']

describe('the evidence of every provider', () => {
  it('is signed with the key that evidenceKey names, and an edited file is found out', () =>
    atProviders([{ name: 'one' }, { name: 'two' }], async (matrix) => {
      const keys = join(matrix.folder, 'keys')
      assert.equal((await runCommand(['evidence', 'keys', '--out', keys])).code, 0)
      const pem = await readFile(join(keys, 'evidence-key.pem'), 'utf8')
      matrix.changeOfAll({ evidenceKey: 'SIGNING_KEY' })
      const { code, stdout, stderr } = await matrix.verify(FEW, { SIGNING_KEY: pem })
      assert.equal(code, 0, stdout + stderr)
      const secret = pem.split('\n')[1] ?? assert.fail('The key has one line.')
      assert.notInclude(stdout + stderr, secret)
      const verify = (name: string, key: string) =>
        runCommand(['evidence', 'verify', join(matrix.out, name), '--key', join(keys, key)])
      for (const name of ['one', 'two']) {
        const verified = await verify(name, 'evidence-key.pub.pem')
        assert.equal(verified.code, 0, verified.stdout)
        for (const file of ['settings.json', 'verify.log', 'evidence/run.json'])
          assert.notInclude(await matrix.read(name, file), secret)
      }

      const others = join(matrix.folder, 'others')
      assert.equal((await runCommand(['evidence', 'keys', '--out', others])).code, 0)
      assert.equal((await verify('one', '../others/evidence-key.pub.pem')).code, 1)

      const scenarios = join(matrix.out, 'one', 'evidence', 'scenarios.ndjson')
      const text = await readFile(scenarios, 'utf8')
      await writeFile(scenarios, text.replace('"status":"passed"', '"status":"failed"'))
      const edited = await verify('one', 'evidence-key.pub.pem')
      assert.equal(edited.code, 1)
      assert.match(edited.stdout, /^altered +scenarios\.ndjson/m)
      assert.equal((await verify('two', 'evidence-key.pub.pem')).code, 0)
    }))
})

describe('a provider over TLS', () => {
  it('is trusted by its own caFile, found beside the file of providers, and by nothing else', () =>
    atProviders(
      [
        { name: 'own', tls: true },
        { name: 'none', tls: true },
        { name: 'other', tls: true },
      ],
      async (matrix) => {
        matrix.change('none', { caFile: undefined })
        matrix.change('other', { caFile: 'tls-own/ca.pem' })
        const { code, stdout, stderr } = await matrix.verify(FEW)
        assert.equal(code, 2, stdout + stderr)
        assert.match(stdout, /^own +held +/m)
        for (const name of ['none', 'other']) {
          assert.match(
            stdout,
            new RegExp(
              `^${name} +not judged +.* got no HTTP answer: [A-Z_]*(?:VERIFY|CERT)[A-Z_]*\\. Check `,
              'm',
            ),
          )
          assert.isEmpty(await matrix.standIn(name).admin.requests())
        }
      },
    ))
})
