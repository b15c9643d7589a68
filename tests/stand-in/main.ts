/**
 * A small stand-in for Integral's UAT: its REST API over HTTP or TLS, written from the fact sheet
 * alone. It shares nothing with the simulation in `src/`, so that no mistake can hide in both.
 *
 * Usage: `node tests/stand-in/main.ts [--tls FOLDER] [--with JSON]`. Prints one line of JSON with
 * its addresses, and ends when its standard input does.
 */
import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { parseArgs } from 'node:util'
import { adminListener } from './admin.ts'
import { apiListener } from './server.ts'
import { createState } from './state.ts'
import type { Certificate } from './tls.ts'

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  return address.port
}

function createApiServer(listener: RequestListener, certificate: Certificate | undefined): Server {
  return certificate === undefined
    ? createServer(listener)
    : createTlsServer({ key: certificate.key, cert: certificate.cert }, listener)
}

async function start(): Promise<void> {
  const { values } = parseArgs({ options: { tls: { type: 'string' }, with: { type: 'string' } } })
  const state = createState(JSON.parse(values.with ?? '{}'))
  // Loaded only if it is needed: it would double the time that a start takes.
  const certificate =
    values.tls === undefined
      ? undefined
      : await (await import('./tls.ts')).makeCertificate(values.tls, state.flags)
  const port = await listen(createApiServer(apiListener(state), certificate))
  const adminPort = await listen(createServer(adminListener(state)))
  const line = {
    baseUrl: `${certificate === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    adminUrl: `http://127.0.0.1:${adminPort}`,
    ...(certificate === undefined ? {} : { caFile: certificate.caFile }),
  }
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

process.stdin.on('close', () => process.exit(0)).resume()
await start()
