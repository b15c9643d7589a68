import assert from 'node:assert/strict'
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { connectToServer, type ServerControl } from 'integral-harness'
import { trade } from './app.ts'

const main = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const euros = { side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size: 1_000_000 } as const

/** The same app over real HTTP, against a server that several suites may share. */
describe('The trading app, over HTTP', () => {
  let server: ChildProcess
  let control: ServerControl
  let baseUrl: string

  before(async () => {
    server = spawn(process.execPath, [main, 'serve', '--port', '0'], { stdio: 'pipe' })
    const [line] = await once(server.stdout ?? assert.fail(), 'data')
    baseUrl = String(line).trim().replace('listening ', '')
    control = connectToServer({ origin: baseUrl, fetch })
  })
  after(async () => {
    server.kill('SIGTERM')
    await once(server, 'exit')
  })

  it('reports why an order was rejected', async () => {
    const acme = control.organisation('Acme')
    await acme.scriptOutcome({
      match: { coId: 'my-order-1' },
      outcome: { kind: 'reject after NEW', reason: 'Last look' },
    })
    const account = { baseUrl, user: 'ada', password: 'any', org: 'Acme' }
    const result = await trade(account, { coId: 'my-order-1', ...euros }, async () => {})
    assert.deepEqual(result, { status: 'REJECTED', reason: 'Last look', trades: [] })
  })

  it('gives up when half a minute has passed', async () => {
    const slow = control.organisation('SlowOrg')
    await slow.freezeClock()
    await slow.freezeMarket()
    await slow.setPrice({ symbol: 'EUR/USD', mid: 1.1 })
    const account = { baseUrl, user: 'ada', password: 'any', org: 'SlowOrg' }
    const deal = { coId: 'my-order-2', ...euros, limit: 1.09 }
    const { status } = await trade(account, deal, async (ms) => {
      await slow.advanceClock({ ms })
    })
    assert.equal(status, 'EXPIRED')
  })
})
