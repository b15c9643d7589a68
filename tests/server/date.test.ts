import { describe, it } from 'node:test'
import { assert } from 'chai'
import { connectToServer } from '../../src/mocks/server/control/connect-to-server.ts'
import { open } from '../control/open.ts'

const HOUR_MS = 3_600_000

async function dateAt(origin: string, org: string): Promise<number> {
  const body = JSON.stringify({ user: 'ada', pass: 'xyz', org })
  const headers = { 'Content-Type': 'application/json' }
  const answer = await fetch(`${origin}/v2/sso/login`, { method: 'POST', headers, body })
  return Date.parse(answer.headers.get('Date') ?? '')
}

describe('answers are dated', () => {
  it('by the clock of their organisation, which may be ahead of the machine', async (t) => {
    const { server } = await open(t, { time: 'real' })
    const control = connectToServer({ origin: server.origin, fetch })
    await control.organisation('Ahead').advanceClock({ ms: HOUR_MS })
    const aheadMs = (await dateAt(server.origin, 'Ahead')) - (await dateAt(server.origin, 'Here'))
    assert.isAtLeast(aheadMs, HOUR_MS - 60_000)
  })
})

describe('a login in the journal', () => {
  it('shows no password, however short', async (t) => {
    const { server, org } = await open(t)
    await dateAt(server.origin, 'Acme')
    const [login] = (await org('Acme').showJournal()).entries
    assert.deepEqual(JSON.parse(Object(login?.request).body), {
      user: 'ada',
      pass: '‹redacted›',
      org: 'Acme',
    })
  })
})
