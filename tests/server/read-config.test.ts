import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { readConfig } from '../../src/cli/serve/read-config.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { inFolder } from '../backends/temporary-folder.ts'

const readText = (text: string | Uint8Array) =>
  inFolder(async (folder) => {
    const file = join(folder, 'serve.yaml')
    writeFileSync(file, text)
    return readConfig(file)
  })

async function messageOf(refused: Promise<unknown>): Promise<string> {
  const error = await refused.catch((reason: unknown) => reason)
  assert.instanceOf(error, UsageError)
  const { message } = error as UsageError
  assert.notInclude(message, '\n')
  return message
}

async function refusalOf(text: string | Uint8Array): Promise<string> {
  return (await messageOf(readText(text))).replace(/^Failed to use \S+serve\.yaml: /, '')
}

const user = { user: 'ada', org: 'Acme', password: 'secret' }

describe('a config file', () => {
  for (const [kind, text] of [
    ['JSON', '{"tokenTtlMs": 5000, "users": [{"user":"a","org":"b","password":"c"}]}'],
    [
      'JSON with tabs',
      '{\n\t"tokenTtlMs": 5000,\n\t"users": [\n\t\t{"user":"a","org":"b","password":"c"}\n\t]\n}\n',
    ],
    ['YAML', 'tokenTtlMs: 5000\nusers:\n  - {user: a, org: b, password: c}\n'],
    [
      'JSON behind a byte order mark',
      '\ufeff{"tokenTtlMs":5000,"users":[{"user":"a","org":"b","password":"c"}]}',
    ],
  ] as const) {
    it(`is ${kind}`, async () => {
      const { settings, users, limits } = await readText(text)
      assert.deepEqual(settings, { tokenTtlMs: 5_000 })
      assert.deepEqual(users, [{ user: 'a', org: 'b', password: 'c', mayTrade: true }])
      assert.equal(limits.organisations, 1_000)
    })
  }

  it('limits what the server keeps, and what each organisation does', async () => {
    const { limits } = await readText('limits: {journal: 7, orders: 10, users: 3}')
    assert.deepInclude(limits, { journal: 7, orders: 10, users: 3, sessions: 10_000 })
  })

  const wrong: readonly [text: string | Uint8Array, sentence: string | RegExp][] = [
    ['', 'it holds no names and values.'],
    ['- 1', 'it holds no names and values.'],
    ['tokenTtlMs', 'it holds no names and values.'],
    ['tokenTtl: 5', 'tokenTtl: there is no such name; did you mean "tokenTtlMs"?'],
    ['limit: {}', 'limit: there is no such name; did you mean "limits"?'],
    [
      'limits: {organisation: 5}',
      'limits.organisation: there is no such name; did you mean "organisations"?',
    ],
    ['limits: {journal: 0}', /^limits\.journal: Too small/],
    ['limits: {journal: 1e400}', /^limits\.journal: /],
    ['limits: []', /^limits: Invalid input/],
    ['users: {}', /^users: Invalid input/],
    ['users: [1]', /^users\[0\]: Invalid input/],
    [
      JSON.stringify({ users: [user, { ...user, user: 'bob', password: 1 }] }),
      /^users\[1\]\.password: Invalid input/,
    ],
    [
      JSON.stringify({ users: [{ ...user, passwort: 'x' }] }),
      'users[0].passwort: there is no such name; did you mean "password"?',
    ],
    [JSON.stringify({ users: [user, user] }), 'users[1]: ada of Acme is there twice.'],
    [
      JSON.stringify({ users: [user, { ...user, org: 'B' }], limits: { organisations: 1 } }),
      'limits.organisations: there are users of 2 organisations.',
    ],
    [JSON.stringify({ users: [{ ...user, org: 'x'.repeat(256) }] }), /^users\[0\]\.org: Too big/],
    ['tokenTtlMs: soon', /^Setting "tokenTtlMs" cannot be "soon": /],
    ['renew.oldTokenGraceMs: 5', /^Setting "renew\.oldTokenGraceMs" cannot be used so: /],
    ['{"tokenTtlMs": 1, "tokenTtlMs": 2}', /^it is neither JSON nor YAML: Map keys must be unique/],
    ['a: 1\n---\nb: 2', /^it is neither JSON nor YAML: /],
    ['a: [', /^it is neither JSON nor YAML: /],
    ['a: *b', /^it is neither JSON nor YAML: /],
    [
      `a: &a [x]\n${Array.from({ length: 9 }, (_, at) => `b${at}: &b${at} [${`*${at === 0 ? 'a' : `b${at - 1}`},`.repeat(9)}]`).join('\n')}`,
      /^it is neither JSON nor YAML: .*alias/,
    ],
    ['['.repeat(50_000), /^it is neither JSON nor YAML: /],
    [`#${'x'.repeat(1024 * 1024)}`, 'it is larger than 1048576 bytes.'],
    [Buffer.from([0x61, 0x3a, 0x20, 0xff]), 'it is not UTF-8.'],
    ['{"__proto__": {"a": 1}}', /^__proto__: there is no such name/],
  ]
  for (const [text, sentence] of wrong) {
    it(`is refused with one sentence: ${String(text).slice(0, 60)}`, async () => {
      const refusal = await refusalOf(text)
      if (typeof sentence === 'string') assert.equal(refusal, sentence)
      else assert.match(refusal, sentence)
    })
  }

  it('has to be there, and to be a file', () =>
    inFolder(async (folder) => {
      const missing = join(folder, 'none.json')
      assert.equal(
        await messageOf(readConfig(missing)),
        `Failed to read --config ${missing}: there is no such file.`,
      )
      mkdirSync(join(folder, 'dir'))
      assert.match(await messageOf(readConfig(join(folder, 'dir'))), / it is a directory\.$/)
    }))
})
