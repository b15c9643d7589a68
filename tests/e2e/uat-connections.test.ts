import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { assertClean } from './uat/clean.ts'
import { atUat, type Uat } from './uat/uat.ts'

/* Nothing but the configured host is contacted, from no thread, and no name is looked up. */

interface Recorded {
  readonly thread: number
  readonly what: 'begin' | 'connect' | 'lookup' | 'listen' | 'datagram' | 'start'
  readonly details: readonly unknown[]
}

const RECORDER = import.meta.resolve('./uat/record-connections.ts')

const recording = (file: string) => ({
  NODE_OPTIONS: `--import ${RECORDER}`,
  RECORD_CONNECTIONS_TO: file,
})

async function recordedIn(file: string): Promise<readonly Recorded[]> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter((line) => line !== '')
  return lines.map((line) => JSON.parse(line) as Recorded)
}

async function assertOnlyTo(uat: Uat, records: readonly Recorded[]): Promise<void> {
  const { port } = new URL(uat.standIn.baseUrl)
  const connections = records.filter(({ what }) => what === 'connect')
  assert.isNotEmpty(connections, 'The recorder should see the connections there are.')
  for (const { details } of connections) {
    const [options] = details.flat() as { host?: string; port?: unknown }[]
    assert.include(options, { host: '127.0.0.1' })
    assert.equal(Number(options?.port), Number(port))
  }
  const others = records.filter(({ what }) => what !== 'connect' && what !== 'begin')
  // The report's author is looked up in the checkout: neither of these leaves the machine.
  assert.isEmpty(others.filter(({ what, details }) => what !== 'start' || !isLocalGit(details)))
}

function isLocalGit([program, args]: readonly unknown[]): boolean {
  return program === 'git' && /^(?:rev-parse|remote get-url) /.test([args].flat().join(' '))
}

describe('the connections of a whole run', { concurrency: 2 }, () => {
  it('go to the configured host alone, from every thread, whatever proxy there is', async () => {
    let proxied = 0
    const proxy = createServer((socket) => {
      proxied += 1
      socket.destroy()
    })
    const url = `http://127.0.0.1:${await listening(proxy)}`
    try {
      await atUat({}, async (uat) => {
        const file = join(uat.folder, 'connections.ndjson')
        const env = { HTTP_PROXY: url, HTTPS_PROXY: url, http_proxy: url, https_proxy: url }
        const ended = await uat.verify(['--parallel', '2'], {
          env: { ...env, ...recording(file) },
        })
        await assertClean(uat, ended)
        const records = await recordedIn(file)
        await assertOnlyTo(uat, records)
        const threads = new Set(records.map(({ thread }) => thread))
        assert.isAtLeast(threads.size, 3, 'Both workers should have been watched.')
        assert.equal(proxied, 0)
      })
    } finally {
      proxy.close()
    }
  })

  it('go to it alone over TLS, too', () =>
    atUat(
      {},
      async (uat) => {
        const file = join(uat.folder, 'connections.ndjson')
        const { code, stderr } = await uat.verify(['features/trade-esp-spot.feature'], {
          env: recording(file),
        })
        assert.equal(code, 0, stderr)
        await assertOnlyTo(uat, await recordedIn(file))
      },
      { tls: true },
    ))

  it('are seen by the recorder, lookups and all', () =>
    atUat({}, async ({ folder }) => {
      const file = join(folder, 'connections.ndjson')
      const program = [
        "import { lookup } from 'node:dns/promises'",
        "import { connect } from 'node:net'",
        "import { Worker } from 'node:worker_threads'",
        "connect(9, 'localhost').on('error', () => {})",
        "await lookup('localhost')",
        "const inWorker = `const { connect } = await import('node:net')",
        "connect(9, '127.0.0.1').on('error', () => {})`",
        'new Worker(inWorker, { eval: true })',
        "await fetch('http://127.0.0.1:9/').catch(() => {})",
      ].join('\n')
      const { status, stderr } = spawnSync(
        process.execPath,
        ['--input-type=module', '-e', program],
        {
          env: { ...process.env, ...recording(file) },
          encoding: 'utf8',
        },
      )
      assert.equal(status, 0, stderr)
      const records = await recordedIn(file)
      const seen = records.filter(({ what }) => what === 'connect').map(({ thread }) => thread)
      assert.isAtLeast(seen.length, 2)
      assert.lengthOf(new Set(seen), 2)
      assert.isAtLeast(records.filter(({ what }) => what === 'lookup').length, 2)
    }))
})

async function listening(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  assert(typeof address === 'object' && address !== null)
  return address.port
}
