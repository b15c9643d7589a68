import { once } from 'node:events'
import { connect as dial } from 'node:net'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { journalReader } from '../../src/cli/serve/journal-evidence.ts'
import type { ServerOptions } from '../../src/mocks/server/server-options.ts'
import { ask, assertRefusal, requestText } from './requests.ts'
import { serving } from './served.ts'
import type { Connection } from './wire.ts'

const LOGIN = 'POST /v2/sso/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'
/** So short that nobody waits; what is asserted is only that it ends, and how. */
const impatient = { requestWithinMs: 200, headersWithinMs: 100, checkEveryMs: 20, lingerMs: 50 }

describe('clients that are slow', () => {
  const slow: readonly [what: string, begin: string, more: string][] = [
    ['that say nothing', '', ''],
    ['whose request line does not end', 'GET /v2/or', 'd'],
    ['whose headers do not end', 'GET /v2/orders HTTP/1.1\r\nHost: localhost\r\n', 'a: b\r\n'],
    ['whose body comes byte by byte', `${LOGIN}Content-Length: 1000\r\n\r\n{`, ' '],
    ['whose chunks do not end', `${LOGIN}Transfer-Encoding: chunked\r\n\r\n`, '1\r\n \r\n'],
  ]
  for (const [what, begin, more] of slow) {
    it(`${what} are refused with 408, and the connection ends`, () =>
      serving({ bounds: impatient }, async ({ connect }) => {
        const connection = await connect()
        connection.write(begin)
        const timer = setInterval(() => connection.write(more), 10)
        const reply = await connection.reply()
        clearInterval(timer)
        assert.equal(reply.status, 408)
        assertRefusal(reply, what)
        assert.equal(await connection.rest(), '')
        connection.end()
      }))
  }

  it('that never read their answers are cut off, and make room for others', () =>
    serving(
      { bounds: { unreadMs: 100, checkEveryMs: 20 }, limits: { connections: 1 } },
      async ({ connect }) => {
        const connection = await connect()
        connection.socket.removeAllListeners('data').pause()
        connection.write(flood)
        const isServed = async (): Promise<boolean> => {
          const other = await connect()
          const reply = await ask(other, '/_simulation/health').catch(() => undefined)
          other.end()
          return reply?.status === 200
        }
        while (!(await isServed()));
        connection.end()
      },
    ))

  it('that never read hold no more answers than fit on the way', () =>
    serving({}, async ({ connect, server }) => {
      const [connection, other] = [await connect(), await connect()]
      connection.socket.removeAllListeners('data').pause()
      connection.write(flood)
      const { journal } = server.venues.nowhere
      await comesToHalt(other, () => journal.last)
      assert.isBelow(journal.last, FLOOD / 2)
      connection.end()
      other.end()
    }))

  it('are answered one request at a time, however many they send at once', () => {
    let shown = 0
    const reader: ServerOptions['reader'] = {
      ...journalReader(() => ''),
      show: () => {
        shown++
        return [{ kind: 'call', number: 1, text: 'x'.repeat(5_000_000) }]
      },
      report: () => Promise.resolve({}),
      reportText: () => Promise.resolve(''),
    }
    return serving({ reader }, async ({ connect }) => {
      const [connection, other] = [await connect(), await connect()]
      connection.socket.removeAllListeners('data').pause()
      connection.write(
        Buffer.concat(Array.from({ length: 100 }, () => requestText('/_simulation/strays'))),
      )
      await comesToHalt(other, () => shown)
      assert.isAtLeast(shown, 1)
      assert.isBelow(shown, 20)
      connection.end()
      other.end()
    })
  })
})

/** Resolves once `count` stands still while others are served. */
async function comesToHalt(other: Connection, count: () => number): Promise<void> {
  let earlier = -1
  for (let calm = 0; calm < 20; ) {
    for (let turn = 0; turn < 20; turn++) await ask(other, '/_simulation/health')
    calm = count() === earlier ? calm + 1 : 0
    earlier = count()
  }
}

/** Far more requests, with large answers, than the buffers of a connection hold: 160 MB. */
const FLOOD = 20_000
const flood = Buffer.concat(
  Array.from({ length: FLOOD }, () => requestText(`/${'x'.repeat(8_000)}`)),
)

describe('connections', () => {
  it('above the limit are closed at once, and the others go on', () =>
    serving({ limits: { connections: 3 } }, async ({ connect }) => {
      const three = [await connect(), await connect(), await connect()]
      const fourth = await connect()
      assert.equal(await fourth.rest(), '')
      for (const connection of three) {
        assert.equal((await ask(connection, '/_simulation/health')).status, 200)
        connection.end()
      }
    }))

  it('by the thousand, idle, keep nobody from being answered', () =>
    serving({ limits: { connections: 2_001 } }, async ({ connect }) => {
      const idle = await Promise.all(Array.from({ length: 2_000 }, connect))
      const one = await connect()
      assert.equal((await ask(one, '/_simulation/health')).status, 200)
      for (const connection of [...idle, one]) connection.end()
    }))

  it('that are idle after an answer end', () =>
    serving({ bounds: { idleMs: 50 } }, async ({ connect }) => {
      const connection = await connect()
      assert.equal((await ask(connection, '/_simulation/health')).status, 200)
      assert.equal(await connection.rest(), '')
      connection.end()
    }))
})

describe('a server that ends', () => {
  it('lets a call under way come to its end, refuses the next, and waits for no idle one', () =>
    serving({ bounds: { closeWithinMs: 20_000 } }, async ({ connect, server, port }) => {
      const [slow, silent, idle] = [await connect(), await connect(), await connect()]
      const body = JSON.stringify({ user: 'ada', pass: 'p', org: 'Acme' })
      slow.write(`${LOGIN}Content-Length: ${body.length}\r\n\r\n${body.slice(0, 5)}`)
      // Once this is answered, the call before it has begun.
      await ask(idle, '/_simulation/health')
      const closed = server.close()
      assert.equal(await idle.rest(), '')
      assert.equal(await silent.rest(), '')
      const late = once(dial(port, '127.0.0.1'), 'connect')
      const code = await late.catch((error: NodeJS.ErrnoException) => error.code)
      assert.equal(code, 'ECONNREFUSED')
      slow.write(body.slice(5) + requestText('/v2/orders/1').toString())
      assert.equal((await slow.reply()).status, 200)
      assert.equal((await slow.reply()).status, 503)
      await closed
      for (const each of [slow, silent, idle]) each.end()
    }))

  it('ends the streams of events, and waits for nobody who listens', () =>
    serving({ bounds: { closeWithinMs: 20_000 } }, async ({ connect, server }) => {
      const listener = await connect()
      server.venues.open('Acme')
      listener.write(requestText('/_simulation/organisations/Acme/events'))
      await once(listener.socket, 'data')
      await server.close()
      assert.match(await listener.rest(), /text\/event-stream/)
      listener.end()
    }))

  it('waits for no call longer than it is told to', () =>
    serving({ bounds: { closeWithinMs: 50 } }, async ({ connect, server }) => {
      const [slow, other] = [await connect(), await connect()]
      slow.write(`${LOGIN}Content-Length: 100\r\n\r\n{`)
      await ask(other, '/_simulation/health')
      await server.close()
      assert.equal(await slow.rest(), '')
      for (const each of [slow, other]) each.end()
    }))
})
