import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { assert } from 'chai'
import { DEFAULT_SEED } from '../../src/cli/default-seed.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import {
  isCoverageDue,
  isFullRun,
  parseVerifyOptions,
  type RawVerifyOptions,
} from '../../src/cli/verify-options.ts'

const defaults: RawVerifyOptions = { target: 'simulation', seed: DEFAULT_SEED, order: 'defined' }
const parse = (raw: Partial<RawVerifyOptions> = {}, paths: readonly string[] = []) =>
  parseVerifyOptions({ ...defaults, ...raw }, paths)

test('defaults run everything, in order, in this thread, repeatably', () => {
  const options = parse()
  assert.deepEqual(options, {
    target: 'simulation',
    tags: '',
    names: [],
    parallel: 0,
    shard: '',
    seed: 'integral',
    order: 'defined',
    settings: {},
    out: 'reports/simulation',
    requireCoverage: false,
    paths: [],
  })
  assert.isTrue(isFullRun(options))
})

test('any filter makes a run partial', () => {
  for (const raw of [{ tags: '@a' }, { name: ['a'] }, { shard: '1/2' }]) {
    assert.isFalse(isFullRun(parse(raw)))
  }
  assert.isFalse(isFullRun(parse({}, ['features/a.feature'])))
  assert.isTrue(isFullRun(parse({ parallel: '2', order: 'random:1', seed: 'x' })))
})

for (const seed of ['a', 'A.b_c-9', '0', 'x'.repeat(64)]) {
  test(`--seed ${seed} is accepted`, () => assert.equal(parse({ seed }).seed, seed))
}

const malformed: readonly [keyof RawVerifyOptions, readonly string[]][] = [
  ['seed', ['', 'a b', 'ä', 'a/b', 'x'.repeat(65), 'a\n']],
  ['parallel', ['0', '-1', '1.5', 'two', '100', '']],
  ['shard', ['0/2', '3/2', '1', '1/', '/2', 'a/b', '1/0', '-1/2']],
  ['order', ['', 'reverse', 'random:', 'random:a b', 'Defined']],
  ['target', ['', 'Simulation', 'prod', 'UAT', 'Served']],
]
for (const [option, values] of malformed) {
  for (const value of values) {
    test(`--${option} ${JSON.stringify(value)} is refused in one sentence`, () => {
      const { message } = refusalOf(() => parse({ [option]: value }))
      assert.include(message.toLowerCase(), option)
      assert.match(message, /^[A-Z].*: .*\.$/)
    })
  }
}

test('the targets are told where there is no such one', () => {
  const { message } = refusalOf(() => parse({ target: 'uta' }))
  assert.equal(message, 'Unknown target "uta": use --target simulation, served or uat.')
})

test('served takes the settings of the simulation, and may have to observe all of the models', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'settings-'))
  const config = join(directory, 'settings.json')
  await writeFile(config, '{"tokenTtlMs":5}')
  const options = parse({ target: 'served', config, requireCoverage: true })
  assert.deepEqual(options.settings, { tokenTtlMs: 5 })
  assert.equal(options.out, 'reports/served')
  assert.isTrue(isCoverageDue(options))
  await rm(directory, { recursive: true })
})

test('--name is a regular expression', () => {
  assert.deepEqual(parse({ name: ['a|b', 'c'] }).names, ['a|b', 'c'])
  assert.match(refusalOf(() => parse({ name: ['('] })).message, /^Malformed --name "\(": .*\.$/)
})

test('a random order that names no seed gets one, so that it can be repeated', () => {
  assert.match(parse({ order: 'random' }).order, /^random:\d+$/)
  assert.equal(parse({ order: 'random:x' }).order, 'random:x')
})

test('--config is an object of settings that there are', async () => {
  const directory = await mkdtemp(join(tmpdir(), 'settings-'))
  const file = async (text: string) => {
    const config = join(directory, 'settings.json')
    await writeFile(config, text)
    return { config }
  }
  assert.deepEqual(parse(await file('{"tokenTtlMs":5}')).settings, { tokenTtlMs: 5 })
  const unknown = await file('{"tokenTtl":5}')
  assert.match(
    refusalOf(() => parse(unknown)).message,
    /: Unknown setting "tokenTtl": did you mean/,
  )
  for (const text of ['', '{', '[]', 'null', '7']) {
    const bad = await file(text)
    assert.match(refusalOf(() => parse(bad)).message, /^Failed to use .*\.$/)
  }
  const nowhere = { config: join(directory, 'nowhere.json') }
  assert.match(
    refusalOf(() => parse(nowhere)).message,
    /^Failed to read the settings of --config .*\.$/,
  )
  await rm(directory, { recursive: true })
})

function refusalOf(run: () => unknown): UsageError {
  try {
    run()
  } catch (error) {
    if (error instanceof UsageError) return error
    throw error
  }
  throw new Error('nothing was refused')
}
