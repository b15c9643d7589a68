import { once } from 'node:events'
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { connect as connectTls } from 'node:tls'
import { assert } from 'chai'
import { serve } from '../../src/cli/serve/serve.ts'
import { parseServeOptions } from '../../src/cli/serve/serve-options.ts'
import { inFolder } from '../backends/temporary-folder.ts'
import { type Running, startCommand } from '../e2e/uat/run-command.ts'
import { listening } from './listening.ts'
import { ask, logIn } from './requests.ts'
import { connectTo, overSocket } from './wire.ts'

const start = (...args: readonly string[]): Running =>
  startCommand(['serve', '--port', '0', ...args], {})

async function refusal(...args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await startCommand(['serve', ...args], {}).ended
  assert.equal(code, 2, stderr)
  assert.equal(stdout, '')
  assert.match(stderr, /^[^\n]+[.?]\n$/)
  return stderr
}

describe('serve', () => {
  it('says where it listens, serves there, and ends with 0 when it is told to', async () => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      const server = start()
      const { hostname, port } = await listening(server)
      assert.equal(hostname, '127.0.0.1')
      const connection = await connectTo(Number(port))
      assert.equal((await ask(connection, '/_simulation/health')).status, 200)
      server.child.kill(signal)
      const { code, stdout, stderr } = await server.ended
      assert.deepEqual([code, stderr], [0, ''])
      assert.equal(stdout.split('\n').length, 2)
      connection.end()
    }
  })

  it('waits for a call under way at the first signal, and for nothing at the second', async () => {
    const server = start()
    const { port } = await listening(server)
    const [slow, other] = [await connectTo(Number(port)), await connectTo(Number(port))]
    slow.write('POST /v2/sso/login HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n\r\n{')
    await ask(other, '/_simulation/health')
    server.child.kill('SIGINT')
    // It has got the signal once it closes what is idle.
    await other.rest()
    server.child.kill('SIGTERM')
    const { code } = await server.ended
    assert.isNull(code)
    assert.equal(server.child.signalCode, 'SIGTERM')
    for (const each of [slow, other]) each.end()
  })

  it('warns where it lets other machines in', async () => {
    const server = start('--host', '0.0.0.0')
    const { port } = await listening(server)
    const connection = await connectTo(Number(port))
    assert.equal((await ask(connection, '/_simulation/health')).status, 200)
    connection.end()
    server.child.kill('SIGTERM')
    const { code, stderr } = await server.ended
    assert.equal(code, 0)
    assert.match(stderr, /^Warning: --host 0\.0\.0\.0 lets other machines in\. [^\n]*\n$/)
  })

  it('refuses a port that is taken with one sentence', async () => {
    const taken = createServer().listen(0, '127.0.0.1')
    await once(taken, 'listening')
    const { port } = taken.address() as AddressInfo
    assert.equal(
      await refusal('--port', String(port)),
      `Failed to listen on 127.0.0.1, port ${port}: the port is taken; use another, or 0.\n`,
    )
    taken.close()
  })

  it('writes a line for each call where it is asked to, without a secret', async () => {
    const server = start('--log')
    const { port } = await listening(server)
    const connection = await connectTo(Number(port))
    const pass = 'Pa55-word'
    const token = await logIn(connection, { pass })
    const headers = { SSO_TOKEN: token }
    await ask(connection, `/v2/orders/1?pass=${pass}&token=${token}`, { headers })
    await ask(connection, `/v2/orders/${token}`, { headers })
    await ask(connection, '/v2/orders', { method: 'POST', body: Buffer.from([0xff]) })
    connection.end()
    server.child.kill('SIGTERM')
    const { stderr } = await server.ended
    assert.notInclude(stderr, pass)
    assert.notInclude(stderr, token)
    const lines = stderr
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    assert.deepEqual(
      lines.map(({ organisation, method, path, status, delivered }) => [
        ...[organisation, method, path, status, delivered],
      ]),
      [
        ['Acme', 'POST', '/v2/sso/login', 200, true],
        ['Acme', 'GET', '/v2/orders/1', 404, true],
        ['Acme', 'GET', '/v2/orders/…', 404, true],
        ['', 'POST', '/v2/orders', 400, true],
      ],
    )
  })
})

const raw = { port: '0', host: '127.0.0.1', seed: 's', clock: 'real' }

describe('serve --tls', () => {
  it('makes a certificate that clients can trust, keeps its key to itself, and uses both again', () =>
    inFolder(async (folder) => {
      const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
      const seen: string[] = []
      for (const servername of ['localhost', '127.0.0.1']) {
        const server = start('--tls', '--tls-cert', cert, '--tls-key', key)
        const { protocol, port } = await listening(server)
        assert.equal(protocol, 'https:')
        const socket = connectTls({
          ...{ host: '127.0.0.1', port: Number(port), ca: readFileSync(cert) },
          ...(servername === 'localhost' && { servername }),
        })
        await once(socket, 'secureConnect')
        const connection = overSocket(socket)
        assert.equal((await ask(connection, '/_simulation/health')).status, 200)
        connection.end()
        server.child.kill('SIGTERM')
        assert.equal((await server.ended).code, 0)
        seen.push(readFileSync(cert, 'utf8'))
      }
      assert.equal(seen[0], seen[1])
      assert.equal(statSync(key).mode & 0o777, 0o600)
    }))

  it('answers on a certificate that nobody is told of, too', async () => {
    const server = start('--tls')
    const { port } = await listening(server)
    const socket = connectTls({ host: '127.0.0.1', port: Number(port), rejectUnauthorized: false })
    await once(socket, 'secureConnect')
    const names = socket.getPeerCertificate().subjectaltname
    assert.equal(names, 'IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:localhost')
    socket.destroy()
    const plain = await connectTo(Number(port))
    plain.write('GET / HTTP/1.1\r\n\r\n')
    await plain.rest()
    server.child.kill('SIGTERM')
    assert.equal((await server.ended).code, 0)
  })

  const nowhere = { cwd: '/', env: {}, stdout: process.stdout, stderr: process.stderr }
  const failure = async (cert: string, key: string): Promise<string> => {
    const options = await parseServeOptions({ ...raw, tlsCert: cert, tlsKey: key })
    const error = await serve(options, nowhere).catch((reason: unknown) => reason)
    return error instanceof Error ? `${error.name}: ${error.message}` : 'none'
  }

  it('refuses files that do not go together, or are only one, with one sentence', () =>
    inFolder(async (folder) => {
      const [cert, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
      writeFileSync(cert, 'no certificate')
      assert.match(await failure(cert, key), /^UsageError: .*: only one of them exists; [^\n]*\.$/)
      writeFileSync(key, 'no key')
      assert.match(await failure(cert, key), /^UsageError: .*: they do not make [^\n]*\.$/)
      const into = join(folder, 'none', 'key.pem')
      assert.match(
        await failure(join(folder, 'new.pem'), into),
        /^UsageError: Failed to write --tls-key [^\n]*\.$/,
      )
      for (const [only, other] of [
        [{ tlsCert: cert }, 'key'],
        [{ tlsKey: key }, 'cert'],
      ] as const) {
        const error = await parseServeOptions({ ...raw, ...only }).catch((reason) => reason)
        assert.match(error.message, new RegExp(`but no --tls-${other}: give both\\.$`))
      }
    }))
})
