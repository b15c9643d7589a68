import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { Exchange } from '../../src/mocks/exchange/exchange.ts'
import { SteeredClock } from '../../src/mocks/exchange/steered-clock.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { State } from '../../src/mocks/server/state/state.ts'
import { inFolder } from '../backends/temporary-folder.ts'
import { type Running, root, startCommand } from '../e2e/uat/run-command.ts'
import { listening } from './listening.ts'
import { ask, limitOrder, logIn } from './requests.ts'
import { START } from './served.ts'
import { rowsIn } from './state-rows.ts'
import { connectTo } from './wire.ts'

const time = { virtualFrom: START }
const beginning = { seed: 'tests', settings: {}, users: [], time }

/** Begins a file as a server does that nobody has called yet. */
function begin(file: string, given: Partial<typeof beginning> = {}): void {
  new State(file, { ...beginning, ...given }, assert.fail).close()
}

async function refusal(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await startCommand(['serve', '--port', '0', ...args], {}).ended
  assert.equal(code, 2, stderr)
  assert.equal(stdout, '')
  assert.match(stderr, /^[^\n]+[.?]\n$/)
  return stderr
}

/** A server none of whose files may grow beyond half a mebibyte. */
function startLimited(args: readonly string[]): Running {
  const program = [join(root, 'src/cli/main.ts'), 'serve', '--port', '0', ...args]
  const limited = ['-c', 'ulimit -f 1024; exec "$@"', 'sh', process.execPath, ...program]
  const child = spawn('/bin/sh', limited, { stdio: ['ignore', 'pipe', 'pipe'] })
  const printed = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8')
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.stderr += text
  })
  const ended = once(child, 'close').then(([code]) => ({ code, ...printed }))
  return { child, ended }
}

/** Somebody logs in, is quoted and deals once a second, and downloads half of it. */
function tradeFor(seconds: number, exchange: Exchange, clock: SteeredClock): void {
  for (let turn = 0; turn < seconds; turn++) {
    const session = exchange.sessions.login('ada', 'secret', 'Acme')
    if (!session.ok) throw new Error(session.refusal.detail)
    const { user } = session.value
    exchange.quotes.quote(user, 'EUR/USD')
    const order = exchange.desk.place(user, { ...limitOrder, coId: `c-${turn}`, size: 1_000 })
    if (!order.ok) throw new Error(order.refusal.detail)
    for (let query = 0; query < 3; query++) exchange.desk.query(user, order.value.orderId)
    if (turn % 2 === 0) exchange.trades.download(user, 1)
    clock.advance(1_000)
  }
}

function sql(file: string, statements: string): void {
  const database = new DatabaseSync(file)
  database.exec(statements)
  database.close()
}

describe('a state file that cannot be used', () => {
  /** What makes a file one, and what is said of it. */
  const cases: Readonly<Record<string, readonly [make: (file: string) => void, says: RegExp]>> = {
    'is a directory': [(file) => mkdirSync(file), /it is a directory/],
    'has no directory': [() => {}, /there is no such directory/],
    'is no database': [(file) => writeFileSync(file, 'x'.repeat(5_000)), /it holds something else/],
    "is somebody else's database": [
      (file) => sql(file, 'CREATE TABLE theirs (x); INSERT INTO theirs VALUES (1)'),
      /it holds something else/,
    ],
    'is of another format': [
      (file) => {
        begin(file)
        sql(file, 'PRAGMA user_version = 7')
      },
      /it is of format 7, and this version knows format 1 alone/,
    ],
    'is torn off': [
      (file) => {
        begin(file)
        truncateSync(file, statSync(file).size - 6_000)
      },
      /it is damaged/,
    ],
    'has nonsense in it': [
      (file) => {
        begin(file)
        sql(file, "INSERT INTO venues VALUES (1, 'Acme', '{}'); INSERT INTO rest VALUES (1, '{}')")
      },
      /what it has of Acme cannot be taken up/,
    ],
    'was begun with another clock': [
      (file) => begin(file),
      /it was begun with other --clock \("virtual"\); use the same, or another file/,
    ],
  }

  for (const [what, [make, says]] of Object.entries(cases))
    it(`because it ${what}, is left as it is`, () =>
      inFolder(async (folder) => {
        const file = what === 'has no directory' ? join(folder, 'no', 'f') : join(folder, 'f')
        make(file)
        const isFile = existsSync(file) && statSync(file).isFile()
        const before = isFile && readFileSync(file)
        const seed = ['--seed', 'tests']
        const clock = what.includes('clock') ? [] : ['--clock', 'virtual']
        const said = await refusal('--state', file, ...seed, ...clock)
        assert.match(said, says)
        assert.isTrue(said.startsWith(`Failed to keep state in ${file}: `), said)
        if (before) assert.isTrue(before.equals(readFileSync(file)), 'it was written to')
      }))

  it('because it goes with other settings, users or another seed', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'f')
      const config = join(folder, 'config.json')
      begin(file)
      const says = async (options: readonly string[], given: object = {}) => {
        writeFileSync(config, JSON.stringify(given))
        return refusal('--state', file, '--clock', 'virtual', '--config', config, ...options)
      }
      const same = ['--seed', 'tests']
      assert.match(await says([]), /begun with other --seed \("tests"\)/)
      assert.match(
        await says(same, { tokenTtlMs: 5_000 }),
        /begun with other settings in --config;/,
      )
      const users = [{ user: 'ada', password: 'hidden one', org: 'Acme' }]
      assert.match(await says(same, { users }), /begun with other users in --config;/)
    }))

  it('because another server uses it', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'f')
      const first = startCommand(['serve', '--port', '0', '--state', file], {})
      await listening(first)
      assert.match(await refusal('--state', file), /another server uses it/)
      first.child.kill('SIGTERM')
      assert.deepEqual(await first.ended.then(({ code, stderr }) => [code, stderr]), [0, ''])
    }))

  it('because there is a play, or no name', async () => {
    assert.match(await refusal('--state', ''), /^Malformed --state/)
    const feature = 'features/orders/in-doubt.feature'
    assert.match(await refusal('--state', 'f', '--play', feature), /--state without --play/)
  })
})

describe('a state file', () => {
  it('is for whoever runs the server alone, and one file once that has ended', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'f')
      begin(file)
      assert.equal(statSync(file).mode & 0o777, 0o600)
      assert.isFalse(existsSync(`${file}-wal`))
      chmodSync(file, 0o640)
      begin(file)
      assert.equal(statSync(file).mode & 0o777, 0o640)
    }))

  it('has no more rows than the exchange keeps', () =>
    inFolder((folder) => {
      const file = join(folder, 'f')
      const state = new State(file, beginning, assert.fail)
      const clock = new SteeredClock(new VirtualClock(START), 0)
      const options = { ...beginning, admission: 'anybody' } as const
      const recorder = state.recorder('Acme', options)
      const exchange = new Exchange({
        ...{ clock, seed: 'tests', admission: 'anybody', observer: recorder },
        settings: { 'rate.ttlMs': 1 },
        limits: { orders: 5, trades: 4, quotes: 3, sessions: 2 },
      })
      const rest = () => ({
        ...{ exchange: exchange.recordRest(), faults: { number: 0, staged: [] }, usedAt: START },
        clock: { now: clock.now(), pace: 0, hostNow: START },
      })
      state.begin(recorder, { exchange, clock, rest })
      tradeFor(20, exchange, clock)
      state.close()
      const { users, sessions, quotes, orders, trades, deliveries } = rowsIn(file)
      assert.deepEqual(
        { users, sessions, quotes, orders, trades },
        { users: 1, sessions: 2, quotes: 3, orders: 5, trades: 4 },
      )
      assert.isAtMost(deliveries ?? 0, 4)
    }))

  it('that may grow no more costs no client what it was told', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'f')
      const server = startLimited(['--state', file])
      const origin = await listening(server)
      const connection = await connectTo(Number(origin.port))
      const headers = { SSO_TOKEN: await logIn(connection) }
      const acknowledged: string[] = []
      for (let at = 0; ; at++) {
        const body = { ...limitOrder, coId: `c-${at}` }
        const reply = await ask(connection, '/v2/orders', { method: 'POST', headers, body })
        if (reply.status === 503) break
        assert.equal(reply.status, 202, reply.text)
        acknowledged.push(String(JSON.parse(reply.text).orderId))
        assert.isBelow(at, 5_000)
      }
      connection.end()
      server.child.kill('SIGTERM')
      const { code, stderr } = await server.ended
      assert.equal(code, 2)
      assert.match(
        stderr,
        /^Failed to keep state in \S+: [^\n]+ 503\.\nFailed to keep state in [^\n]+\n$/,
      )
      const again = startCommand(['serve', '--port', '0', '--state', file], {})
      const { port } = await listening(again)
      const other = await connectTo(Number(port))
      for (const orderId of acknowledged)
        assert.equal((await ask(other, `/v2/orders/${orderId}`, { headers })).status, 200)
      other.end()
      again.child.kill('SIGTERM')
      assert.equal((await again.ended).code, 0)
    }))
})
