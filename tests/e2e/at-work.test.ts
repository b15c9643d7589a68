import { spawn } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { ownIdentity } from '../../src/cli/at-work/process-identity.ts'
import { runCommand } from './run-verify.ts'
import { waitUntil } from './uat/wait-until.ts'

/* One directory, one run at a time: whoever comes second is refused, and takes nothing away. */

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'harness-at-work-'))
after(() => rmSync(folder, { recursive: true }))

const LIMIT = 'features/orders/limit-orders.feature'
const END = `--import ${import.meta.resolve('./end-at.ts')}`

for (const target of ['simulation', 'served']) {
  describe(`a directory in which a run on ${target} is at work`, () => {
    it('takes no other run, nor one that would resume it, until it is over', async () => {
      const out = join(folder, target)
      const args = ['verify', '--target', target, '--out', out, LIMIT]
      // It stops itself in the middle of its work, as a process may that waits for the processor.
      const run = spawn(process.execPath, ['src/cli/main.ts', ...args], {
        cwd: root,
        env: { ...process.env, NODE_OPTIONS: END, END_AT: '5', END_WITH: 'SIGSTOP' },
        stdio: 'ignore',
      })
      const ended = new Promise((resolve) => run.on('close', resolve))
      const scenarios = join(out, 'evidence', 'scenarios.ndjson')
      const written = () => (existsSync(scenarios) ? readFileSync(scenarios, 'utf8') : '')
      try {
        await waitUntil(async () => written().split('\n').length > 6 || undefined)
        const before = written()
        for (const more of [['--resume'], []]) {
          const { code, stdout, stderr } = await runCommand(
            more[0] === '--resume' ? ['verify', '--out', out, '--resume'] : [...args, ...more],
          )
          const why = `Another run (process ${run.pid}) is at work in ${out}: wait for it, or choose another directory with --out.\n`
          assert.equal(stderr, why)
          assert.equal(code, 2)
          assert.equal(stdout, '')
        }
        assert.equal(written(), before)
        assert.isFalse(existsSync(join(out, 'parts')))
      } finally {
        run.kill('SIGCONT')
      }
      assert.equal(await ended, 0)
      assert.isFalse(existsSync(join(out, '.at-work.json')))
      assert.equal((await runCommand(args)).code, 0)
    })
  })
}

describe('what a killed run left in a directory', () => {
  const out = join(folder, 'left')
  const mark = join(out, '.at-work.json')
  const args = ['verify', '--out', out, '--name', 'Its time ends', LIMIT]

  it('is taken over where its process is gone, also if another has its number by now', async () => {
    await runCommand(args, { NODE_OPTIONS: END, END_AT: '1' })
    const left = JSON.parse(readFileSync(mark, 'utf8'))
    for (const pid of [left.pid, process.pid]) {
      writeFileSync(mark, JSON.stringify({ ...left, pid }))
      assert.equal((await runCommand(args)).code, 0)
      assert.isFalse(existsSync(mark))
    }
  })

  it('is respected while fresh where its process is on another machine, whatever its number', async () => {
    const elsewhere = { pid: process.pid, host: 'pod-1', place: 'pod-1', began: '1' }
    writeFileSync(mark, JSON.stringify(elsewhere))
    const { code, stderr } = await runCommand(args)
    assert.match(
      stderr,
      /^Another run \(process \d+ on pod-1\) is at work in \S+: wait for it, or 30 s/,
    )
    assert.equal(code, 2)
    utimesSync(mark, new Date(0), new Date(0))
    assert.equal((await runCommand(args)).code, 0)
    assert.isFalse(existsSync(mark))
  })

  it('is nowhere left where nothing was run', async () => {
    const nowhere = join(folder, 'no', 'where')
    assert.equal((await runCommand(['verify', '--out', nowhere, 'none.feature'])).code, 2)
    assert.isFalse(existsSync(join(folder, 'no')))
  })
})

describe('what else writes to a directory in which somebody is at work', () => {
  const busy = join(folder, 'busy')
  const shard = join(folder, 'shard')
  const owner = { user: 'Ada', org: 'BankB', baseUrl: 'http://127.0.0.1:9' }
  const at = '2026-01-01T00:00:00.000Z'
  const JOURNAL = [
    { kind: 'run', run: 'uat-1', at, pid: 1, owner },
    { kind: 'placing', order: 1, at, scenario: 'One', coId: 'a', sent: {} },
    { kind: 'finished', at },
  ]
  const LOGIN = {
    ...{ INTEGRAL_BASE_URL: owner.baseUrl, INTEGRAL_USER: owner.user },
    ...{ INTEGRAL_PASSWORD: 'never sent', INTEGRAL_ORG: owner.org },
  }
  const PROVIDERS = {
    providers: [
      {
        name: 'one',
        baseUrl: owner.baseUrl,
        credentials: { user: 'A_B', password: 'A_B', org: 'A_B' },
      },
    ],
  }

  it('is refused in one sentence, and leaves it as it is', async () => {
    const shards = ['verify', '--out', shard, '--shard=1/1', '--name', 'Its time ends', LIMIT]
    assert.equal((await runCommand(shards)).code, 0)
    const providers = join(folder, 'providers.json')
    writeFileSync(providers, JSON.stringify(PROVIDERS))
    mkdirSync(busy)
    writeFileSync(join(busy, '.at-work.json'), JSON.stringify(ownIdentity()))
    writeFileSync(
      join(busy, 'journal.ndjson'),
      JOURNAL.map((e) => `${JSON.stringify(e)}\n`).join(''),
    )
    const before = readdirSync(busy)
    for (const args of [
      ['report', '--merge', shard],
      ['cleanup'],
      ['verify', '--providers', providers],
    ]) {
      const { code, stdout, stderr } = await runCommand([...args, '--out', busy], {
        ...LOGIN,
        A_B: 'a-b',
      })
      assert.equal(
        stderr,
        `Another run (process ${process.pid}) is at work in ${busy}: wait for it, or choose another directory with --out.\n`,
      )
      assert.deepEqual([code, stdout], [2, ''])
      assert.deepEqual(readdirSync(busy), before)
    }
  })

  it('goes on when that is over, and gives the directory free', async () => {
    rmSync(join(busy, '.at-work.json'))
    const cleaned = await runCommand(['cleanup', '--out', busy], LOGIN)
    assert.match(cleaned.stderr, /^Nothing could be cleaned up: the endpoint did not answer: /)
    assert.equal(cleaned.code, 2)
    const merged = await runCommand(['report', '--merge', shard, '--out', busy])
    assert.equal(merged.code, 0, merged.stderr)
    assert.isFalse(existsSync(join(busy, '.at-work.json')))
  })
})
