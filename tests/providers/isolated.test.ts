import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { parse } from 'csv-parse/sync'
import type { Verdict } from '../../src/evidence/verdict.ts'
import { hiddenTexts } from '../e2e/hidden-texts.ts'
import { SecretSearch } from '../e2e/secret-search.ts'
import { waitUntil } from '../e2e/uat/wait-until.ts'
import { atProviders, type ProviderMatrix } from './matrix.ts'

/* Providers next to each other, as a command of its own: what happens to one is no other's. */

const FEATURE = 'features/trade-esp-spot.feature'
const WAIVER = {
  ...{ rule: 'limit.filled-new', owner: 'QA', reason: 'known, ticket 12' },
  ...{ granted: '2026-01-01', expires: '2100-01-01' },
}

/** What a verdict says of the provider, without what differs from run to run. */
function saidBy({ rules, findings, scenarios, failures, notVerified }: Verdict) {
  return { rules, findings, scenarios, failures, notVerified }
}

/** Command lines and environments of the runs below this process, by the provider's folder. */
async function processesOf({ out }: ProviderMatrix): Promise<Map<string, Seen>> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const seen = await Promise.all(
    pids.map(async (pid): Promise<[string, Seen][]> => {
      const read = (name: string) => readFile(join('/proc', pid, name), 'utf8').catch(() => '')
      const [line, environment] = [await read('cmdline'), await read('environ')]
      const args = line.split('\0')
      const dir = args[args.indexOf('--out') + 1] ?? ''
      const isRun = args.includes('--target') && dir.startsWith(`${out}/`)
      return isRun ? [[dir.slice(out.length + 1), { args, environment }]] : []
    }),
  )
  return new Map(seen.flat())
}

interface Seen {
  readonly args: readonly string[]
  readonly environment: string
}

async function filesBelow(folder: string): Promise<[string, string][]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return Promise.all(
    entries
      .filter((entry) => entry.isFile())
      .map(async ({ parentPath, name }): Promise<[string, string]> => {
        const path = join(parentPath, name)
        return [path, await readFile(path, 'utf8')]
      }),
  )
}

describe('verify --providers', { concurrency: 1 }, () => {
  it('judges a healthy provider beside one that is wrong and one that is down as it judges it alone', () =>
    atProviders(
      [
        {
          name: 'healthy',
          // At once, and with a token that outlives the run: what is seen depends on no pace.
          behaviour: { newMs: 0, fillMs: 0, tokenTtlMs: 600_000 },
          fields: { capabilities: { 'trade-download': true } },
        },
        { name: 'wrong', behaviour: { terminalChanges: 2 }, fields: { waivers: [WAIVER] } },
        { name: 'down' },
      ],
      async (matrix) => {
        matrix.standIn('down').kill()
        const few = [FEATURE, '--name', 'through the market takes the same way|top of the book']
        const { code, stdout, stderr } = await matrix.verify([...few, '--jobs', '3'])
        assert.equal(code, 1, stdout + stderr)
        assert.match(stdout, /^healthy +held +Every rule that was verified held: .*exit 0; /m)
        assert.match(
          stdout,
          /^wrong +broken +\d+ rules broken, .* \d+ of them waived\. .*exit 1; /m,
        )
        assert.match(
          stdout,
          /^down +not judged +the endpoint did not answer: .*ECONNREFUSED.*exit 2; /m,
        )
        assert.match(
          stdout,
          /^Providers {2}1 of 3 held, 1 broken, 1 not judged; \d+ findings, \d+ of them waived; exit code 1\.$/m,
        )

        const alone = await matrix.alone('healthy', few)
        assert.equal(alone.code, 0, alone.stderr)
        const own = await readFile(join(matrix.folder, 'alone', 'verdict.json'), 'utf8')
        const beside = JSON.parse(await matrix.read('healthy', 'verdict.json'))
        const [one, other] = [saidBy(beside), saidBy(JSON.parse(own))]
        const others = new Map(other.rules.map((rule) => [rule.id, JSON.stringify(rule)]))
        const differing = one.rules.filter((rule) => others.get(rule.id) !== JSON.stringify(rule))
        assert.isEmpty(differing, JSON.stringify(differing))
        assert.deepEqual(one, other)

        const { byName, exitCode } = await matrix.overview()
        assert.equal(exitCode, 1)
        assert.deepEqual(
          [...byName.values()].map(({ name, verdict, exitCode }) => [name, verdict, exitCode]),
          [
            ['healthy', 'held', 0],
            ['wrong', 'broken', 1],
            ['down', 'not judged', 2],
          ],
        )
        assert.isEmpty(byName.get('healthy')?.rules.filter(({ result }) => result === 'broken'))
        assert.isTrue(byName.get('down')?.rules.every(({ result }) => result === 'not-verified'))
        const waived = byName.get('wrong')?.rules.find(({ id }) => id === WAIVER.rule)
        assert.equal(waived?.result, 'broken')
        assert.equal(waived?.waived, waived?.findings)

        const rows: Record<string, string>[] = parse(await matrix.read('providers.csv'), {
          columns: true,
        })
        const cell = (target: string) =>
          rows.find(
            (row) => row.kind === 'rule' && row.what === WAIVER.rule && row.target === target,
          )
        assert.include(cell('wrong'), { result: 'broken', verdict: 'broken' })
        assert.match(cell('wrong')?.why ?? '', /^Waived: \d+ of \d+ findings\.$/)
        assert.include(cell('down'), { result: 'not-verified', verdict: 'not judged' })
      },
    ))

  it('keeps every secret to its own process, off every command line and out of every file', () =>
    atProviders(
      ['one', 'two'].map((name) => ({ name, behaviour: { echoSecrets: true, neverFinish: true } })),
      async (matrix) => {
        const password = (name: string) => matrix.standIn(name).credentials.password
        const { child, ended } = await matrix.start(['features/orders/limit-orders.feature'], {
          SOMEBODY_ELSES: 'Pa55-else',
          INTEGRAL_PASSWORD: 'Pa55-parent',
        })
        const processes = await waitUntil(async () => {
          const all = await processesOf(matrix)
          return all.size === 2 ? all : undefined
        })
        for (const [name, other] of [
          ['one', 'two'],
          ['two', 'one'],
        ] as const) {
          const { args, environment } = processes.get(name) ?? assert.fail(`no run of ${name}`)
          assert.notMatch(args.join(' '), /Pa55/)
          assert.include(environment, `INTEGRAL_PASSWORD=${password(name)}\0`)
          assert.notInclude(environment, password(other))
          assert.notMatch(environment, /Pa55-(?:else|parent)/)
        }
        await waitUntil(async () =>
          (await matrix.standIn('one').admin.orders()).length > 0 ? true : undefined,
        )
        child.kill('SIGINT')
        const { stdout, stderr } = await ended
        const tokens = [
          ...(await matrix.standIn('one').admin.tokens()),
          ...(await matrix.standIn('two').admin.tokens()),
        ]
        assert.isNotEmpty(tokens)
        const search = new SecretSearch(['Pa55-', ...tokens])
        const files = await filesBelow(matrix.out)
        assert.isTrue(files.some(([path]) => path.endsWith('verify.log')))
        for (const [path, whole] of [...files, ['stdout', stdout], ['stderr', stderr]] as const)
          for (const text of hiddenTexts(whole)) assert.isUndefined(search.find(text), path)
      },
    ))

  it('is interrupted in every run, each of which cancels what works, and says so', () =>
    atProviders(
      ['one', 'two', 'three'].map((name) => ({
        ...{ name, behaviour: { neverFinish: true } },
        fields: { capabilities: { 'market-data-sets': true } },
      })),
      async (matrix) => {
        const { child, ended } = await matrix.start(['features/orders/limit-orders.feature'])
        for (const name of ['one', 'two'])
          await waitUntil(async () =>
            (await matrix.standIn(name).admin.orders()).length > 0 ? true : undefined,
          )
        child.kill('SIGTERM')
        child.kill('SIGTERM')
        const { code, stdout, stderr } = await ended
        assert.equal(code, 2, stdout + stderr)
        assert.match(stderr, /^Interrupted by SIGTERM: every run cancels what it has working/)
        for (const name of ['one', 'two']) {
          const orders = await matrix.standIn(name).admin.orders()
          assert.isTrue(orders.every(({ status }) => status !== 'NEW' && status !== 'RECEIVED'))
          assert.match(
            stdout,
            new RegExp(`^${name} +not judged +it was interrupted by SIGTERM`, 'm'),
          )
        }
        assert.match(stdout, /^three +not judged +it was not begun, as SIGTERM came before/m)
        assert.isEmpty(await matrix.standIn('three').admin.requests())
        const { interrupted, byName } = await matrix.overview()
        assert.equal(interrupted, 'SIGTERM')
        for (const name of ['one', 'two', 'three'])
          assert.deepEqual(byName.get(name)?.expectations, [
            {
              ...{ capability: 'market-data-sets', expected: true },
              ...{ result: 'not tried', seen: 'the run was broken off before' },
            },
          ])
        assert.notInclude(stdout, 'promised')
        assert.include(await matrix.read('providers.html'), 'It was interrupted by SIGTERM')
      },
    ))

  it('calls what was killed not judged, whatever an earlier run left there, and goes on', () =>
    atProviders([{ name: 'one' }, { name: 'two' }], async (matrix) => {
      const args = [FEATURE, '--name', 'limit', '--jobs', '1']
      const first = await matrix.verify(args)
      assert.equal(first.code, 0, first.stdout + first.stderr)
      const { ended } = await matrix.start(args)
      const requests = (await matrix.standIn('one').admin.requests()).length
      await waitUntil(async () =>
        (await matrix.standIn('one').admin.requests()).length > requests ? true : undefined,
      )
      const [pid] = await pidsOf(matrix, 'one')
      process.kill(Number(pid), 'SIGKILL')
      const { code, stdout } = await ended
      assert.equal(code, 2, stdout)
      assert.match(stdout, /^one +not judged +it was ended by SIGKILL/m)
      assert.match(stdout, /^two +held /m)
      assert.isTrue(existsSync(join(matrix.out, 'providers.html')))

      // What the run before showed is not this one's.
      const { byName } = await matrix.overview()
      assert.isEmpty(byName.get('one')?.rules)

      // Where there is nothing to run, that is said once, and the overview stays.
      const overview = await matrix.read('providers.json')
      const none = await matrix.verify([FEATURE, '--name', 'there is no such scenario'])
      assert.equal(none.code, 2)
      assert.equal(none.stdout, '')
      assert.match(
        none.stderr,
        /^Nothing to run: no scenario is in .*there is no such scenario.*\n$/,
      )
      assert.equal(await matrix.read('providers.json'), overview)
    }))
})

describe('orders that a killed run of a provider left', () => {
  it('are cancelled by the next run, and keep it from running where it would not find them', () =>
    atProviders([{ name: 'one', behaviour: { neverFinish: true } }], async (matrix) => {
      const { admin } = matrix.standIn('one')
      const working = async () =>
        (await admin.orders()).filter(({ status }) => status === 'NEW').length
      const { ended } = await matrix.start(['features/orders/limit-orders.feature'])
      await waitUntil(async () => ((await working()) > 0 ? true : undefined))
      const [pid] = await pidsOf(matrix, 'one')
      process.kill(Number(pid), 'SIGKILL')
      assert.equal((await ended).code, 2)
      const left = await working()
      assert.isAbove(left, 0)
      const requests = (await admin.requests()).length

      matrix.change('one', { symbols: ['EUR/USD', 'GBP/USD'] })
      const elsewhere = await matrix.verify([FEATURE])
      assert.equal(elsewhere.code, 2)
      assert.include(elsewhere.stderr, `An earlier run in ${join(matrix.out, 'one')} may have left`)
      assert.lengthOf(await admin.requests(), requests)

      matrix.change('one', { symbols: ['EUR/USD'] })
      const name = 'The top of the book'
      const { code, stdout } = await matrix.verify([FEATURE, '--name', name])
      assert.equal(code, 0, stdout)
      assert.equal(await working(), 0)
    }))
})

describe('a run of providers that is killed', () => {
  it('ends what it started, with no order working', () =>
    atProviders([{ name: 'one', behaviour: { neverFinish: true } }], async (matrix) => {
      const { child, ended } = await matrix.start(['features/orders/limit-orders.feature'])
      await waitUntil(async () =>
        (await matrix.standIn('one').admin.orders()).length > 0 ? true : undefined,
      )
      child.kill('SIGKILL')
      await ended
      await waitUntil(async () => ((await pidsOf(matrix, 'one')).length === 0 ? true : undefined))
      const verdict = JSON.parse(await matrix.read('one', 'verdict.json'))
      assert.match(verdict.interrupted, /SIGTERM/)
      const orders = await matrix.standIn('one').admin.orders()
      assert.isTrue(orders.every(({ status }) => status !== 'NEW' && status !== 'RECEIVED'))
    }))
})

async function pidsOf({ out }: ProviderMatrix, name: string): Promise<readonly string[]> {
  const pids = (await readdir('/proc')).filter((each) => /^\d+$/.test(each))
  const lines = await Promise.all(
    pids.map(async (pid) => [pid, await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')]),
  )
  const isRun = (line = '') => line.includes(`--out\0${join(out, name)}\0`)
  return lines.flatMap(([pid = '', line]) => (isRun(line) ? [pid] : []))
}
