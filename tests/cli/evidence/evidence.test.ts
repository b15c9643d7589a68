import { execFileSync, spawnSync } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { assert } from 'chai'
import { command, SignedRun } from './signed-run.ts'

const DOC = readFileSync(new URL('../../../docs/evidence.md', import.meta.url), 'utf8')

/** The shell commands of the document in a block of this kind. */
function commandsOf(kind: string): string {
  const [, commands = ''] = new RegExp(`^\`\`\`${kind}\\n(.*?)^\`\`\`$`, 'ms').exec(DOC) ?? []
  assert.isAbove(commands.length, 50)
  return commands
}

const skip =
  spawnSync('openssl', ['version']).status === 0
    ? false
    : 'openssl is not installed on this machine'

describe('what docs/evidence.md tells to do without this program', { skip }, () => {
  let run: SignedRun
  before(async () => {
    run = await SignedRun.make()
  })
  after(() => run.remove())

  const verified = (folder: string, key: string) =>
    spawnSync('sh', ['-c', commandsOf('sh verify')], {
      cwd: folder,
      env: { ...process.env, KEY: key },
      encoding: 'utf8',
    })

  test('verifies the signature and every file', () => {
    const { status, stdout, stderr } = verified(run.copy().folder, run.publicKey)
    assert.equal(status, 0, stderr)
    assert.include(stdout, 'Signature Verified Successfully')
  })

  test('catches another key, another payload, and an altered file', () => {
    const { publicKey } = generateKeyPairSync('ed25519')
    const bundle = run.copy()
    bundle.write('../other.pem', publicKey.export({ type: 'spki', format: 'pem' }))
    assert.notEqual(verified(bundle.folder, bundle.path('../other.pem')).status, 0)
    bundle.write('rules.json', `${bundle.read('rules.json')} `)
    const { status, stdout, stderr } = verified(bundle.folder, run.publicKey)
    assert.notEqual(status, 0)
    assert.include(stdout + stderr, 'rules.json: FAILED')
  })

  test('makes keys that a run can sign with', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'harness-keys-'))
    try {
      execFileSync('sh', ['-ec', commandsOf('sh')], { cwd: folder, stdio: 'pipe' })
      const out = join(folder, 'out')
      const args = ['verify', 'features/none.feature', '--out', out]
      // The key is looked at before the features are.
      const { stderr } = command(args, { INTEGRAL_EVIDENCE_KEY: join(folder, 'evidence-key.pem') })
      assert.notInclude(stderr, 'KEY')
      assert.isTrue(existsSync(join(folder, 'evidence-key.pub.pem')))
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})

describe('a key that cannot be used', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const pem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  const body = pem.split('\n')[1] ?? ''
  const bad = {
    'of another kind': [
      String(rsa.privateKey.export({ type: 'pkcs8', format: 'pem' })),
      /not Ed25519/,
    ],
    'that is public': [
      String(publicKey.export({ type: 'spki', format: 'pem' })),
      /no private key in PEM/,
    ],
    'that is cut off': [pem.slice(0, 60), /no private key in PEM/],
    'without its first line': [body, /no file can be read there \(ENOENT\)/],
    'with a passphrase': [
      String(
        privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }),
      ),
      /without a passphrase/,
    ],
  } as const
  for (const [what, [value, said]] of Object.entries(bad)) {
    test(`${what} is one sentence, 2, and nothing is run`, async () => {
      const folder = await mkdtemp(join(tmpdir(), 'harness-keys-'))
      try {
        const out = join(folder, 'out')
        const { code, stdout, stderr } = command(['verify', '--out', out], {
          INTEGRAL_EVIDENCE_KEY: value,
        })
        assert.equal(code, 2)
        assert.match(stderr, said)
        assert.lengthOf(stderr.trim().split('\n'), 1)
        assert.equal(stdout, '')
        assert.isFalse(existsSync(out))
        for (const line of value.split('\n').filter((each) => /^[\w+/=]{30,}$/.test(each))) {
          assert.notInclude(stderr, line)
        }
      } finally {
        await rm(folder, { recursive: true })
      }
    })
  }

  test('is not taken as the public one, nor replaced', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'harness-keys-'))
    try {
      await writeFile(join(folder, 'run.json'), '{}')
      assert.equal(command(['evidence', 'keys', '--out', folder]).code, 0)
      const key = join(folder, 'evidence-key.pem')
      const verified = command(['evidence', 'verify', folder, '--key', key])
      assert.equal(verified.code, 2)
      assert.match(verified.stderr, /it is a private key; give the public one/)
      const before = readFileSync(key, 'utf8')
      assert.equal(command(['evidence', 'keys', '--out', folder]).code, 2)
      assert.equal(readFileSync(key, 'utf8'), before)
      const nothing = command(['evidence', 'verify', join(folder, 'nowhere')])
      assert.equal(nothing.code, 2)
      assert.match(nothing.stderr, /^There is no evidence in .*nowhere: name/)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
