import { once } from 'node:events'
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { connect, type Socket } from 'node:net'
import { afterEach, beforeEach, describe, it } from 'node:test'
import { assert } from 'chai'
import type { Clock } from '../../src/api/clock.ts'
import { timedSleep } from '../../src/api/timed-sleep.ts'
import { realClock } from '../../src/backends/endpoint/real-clock.ts'
import { SteeredClock } from '../../src/mocks/exchange/steered-clock.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import type { Delivery, WireAnswer } from '../../src/mocks/http/door.ts'
import { deliver } from '../../src/mocks/http/node-delivery.ts'

const TEXT = '{"text":"0123456789"}'
const answer: WireAnswer = {
  status: 202,
  headers: [
    ['Content-Type', 'application/json'],
    ['Set-Cookie', 'a=1'],
    ['Set-Cookie', 'b=2'],
  ],
  text: TEXT,
}

/** More than all the buffers between two sockets of this machine hold. */
const HUGE = 'x'.repeat(64 * 2 ** 20)

/** What is told of a delivery: by its `settle`, and by what `deliver` gives back. */
interface Fate {
  readonly settled: boolean[]
  readonly delivered: Promise<boolean>
}

describe('a delivery on a response of Node', () => {
  let clock: Clock
  let planned: (response: ServerResponse) => Delivery | Promise<Delivery>
  let fates: Fate[]
  let arrived: PromiseWithResolvers<ServerResponse>
  const server = createServer(async (_, response) => {
    arrived.resolve(response)
    const settled: boolean[] = []
    const delivery = await planned(response)
    const told = { ...delivery, settle: (delivered: boolean) => settled.push(delivered) }
    const delivered = new Promise<boolean>((resolve, reject) =>
      deliver(told, response, clock, { over: resolve, failed: reject }),
    )
    fates.push({ settled, delivered })
  })

  beforeEach(async () => {
    clock = new VirtualClock(0)
    fates = []
    arrived = Promise.withResolvers()
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
  })
  afterEach(async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  })

  const port = () => {
    const address = server.address()
    return typeof address === 'object' ? (address?.port ?? 0) : 0
  }

  /** Asks by `node:http`, on a connection of its own. */
  async function ask(delivery: Delivery) {
    planned = () => delivery
    const sent = request({ port: port(), host: '127.0.0.1', agent: false })
    const answered = once(sent, 'response')
    sent.end()
    const [response] = (await answered) as [IncomingMessage]
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (piece: string) => {
      text += piece
    })
    const failure = await once(response, 'end').then(
      () => undefined,
      (thrown: Error & { code?: string }) => thrown,
    )
    return { response, text, failure }
  }

  /** What became of the only delivery. */
  async function fate() {
    const [only, ...others] = fates
    assert.isEmpty(others)
    if (!only) return assert.fail('nothing was delivered')
    const delivered = await only.delivered
    assert.deepEqual(only.settled, [delivered])
    return delivered
  }

  it('is answered in full, with every header', async () => {
    const { response, text } = await ask({ answer })
    assert.equal(response.statusCode, 202)
    assert.deepEqual(response.headers['set-cookie'], ['a=1', 'b=2'])
    assert.equal(response.headers['content-length'], String(TEXT.length))
    assert.equal(text, TEXT)
    assert.isTrue(await fate())
  })

  it('counts bytes, not characters', async () => {
    const { response, text } = await ask({ answer: { ...answer, text: '"ü€😀"' } })
    assert.equal(response.headers['content-length'], '11')
    assert.equal(text, '"ü€😀"')
  })

  it('says that there is no body, but where the status does', async () => {
    const empty = await ask({ answer: { ...answer, text: undefined } })
    assert.equal(empty.response.headers['content-length'], '0')
    const none = await ask({ answer: { status: 204, headers: [], text: undefined } })
    assert.isUndefined(none.response.headers['content-length'])
    assert.equal(none.response.statusCode, 204)
  })

  it('is a reset where it is cut', async () => {
    for (const delayMs of [undefined, 60_000]) {
      const cut = await ask({ answer: 'cut', ...(delayMs !== undefined && { delayMs }) }).catch(
        (thrown: unknown) => thrown,
      )
      assert.instanceOf(cut, Error)
      assert.propertyVal(cut, 'code', 'ECONNRESET')
      assert.equal(cut.message, 'read ECONNRESET')
    }
    assert.equal(clock.now(), 60_000)
    assert.deepEqual(await Promise.all(fates.map(({ delivered }) => delivered)), [false, false])
    assert.deepEqual(
      fates.map(({ settled }) => settled),
      [[false], [false]],
    )
  })

  it('comes after its delay, by the clock', async () => {
    const { text } = await ask({ answer, delayMs: 3_600_000 })
    assert.equal(text, TEXT)
    assert.equal(clock.now(), 3_600_000)
    assert.isTrue(await fate())
  })

  for (const breakOffAfter of [0, 1, TEXT.length - 1]) {
    it(`breaks off after ${breakOffAfter} bytes`, async () => {
      const { response, text, failure } = await ask({ answer, breakOffAfter })
      assert.equal(response.statusCode, 202)
      assert.equal(response.headers['content-length'], String(TEXT.length))
      assert.equal(text, TEXT.slice(0, breakOffAfter))
      assert.propertyVal(failure, 'code', 'ECONNRESET')
      assert.isFalse(await fate())
    })
  }

  it('comes in pieces, by the clock', async () => {
    const slept: number[] = []
    const virtual = new VirtualClock(0)
    clock = { ...bound(virtual), sleep: (ms) => virtual.sleep(slept[slept.push(ms) - 1] ?? 0) }
    const { text } = await ask({ answer, trickle: { bytes: 5, everyMs: 70 } })
    assert.equal(text, TEXT)
    assert.deepEqual(slept, [70, 70, 70, 70])
    assert.isTrue(await fate())
  })

  it('comes in pieces, as far as it comes', async () => {
    const { text, failure } = await ask({
      answer,
      trickle: { bytes: 5, everyMs: 70 },
      breakOffAfter: 12,
    })
    assert.equal(text, TEXT.slice(0, 12))
    assert.instanceOf(failure, Error)
    assert.equal(clock.now(), 140)
    assert.isFalse(await fate())
  })

  it('serves the next call on the same connection', async () => {
    planned = () => ({ answer })
    const text = await conversation(port(), 'GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(3), 3)
    assert.equal(text.split(TEXT).length - 1, 3)
  })

  it('waits its turn behind another one on the same connection', async () => {
    const first = Promise.withResolvers<Delivery>()
    let calls = 0
    planned = () => (calls++ === 0 ? first.promise : { answer, breakOffAfter: 0 })
    const socket = connect(port(), '127.0.0.1')
    socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(2))
    const received = until(socket)
    while (fates.length < 1) await new Promise(setImmediate)
    first.resolve({ answer })
    assert.match(await received, /\r\n\r\n\{"text":"0123456789"\}HTTP[\s\S]*\r\n\r\n$/)
    const delivered = await Promise.all(fates.map((each) => each.delivered))
    assert.sameMembers(delivered, [false, true])
  })

  describe('whose client goes away', () => {
    const gone = async (delivery: Delivery, after: (socket: Socket) => Promise<unknown>) => {
      const release = Promise.withResolvers<Delivery>()
      planned = () => release.promise
      const socket = connect(port(), '127.0.0.1')
      socket.on('error', () => {})
      socket.pause()
      socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
      const response = await arrived.promise
      const closed = once(response, 'close')
      release.resolve(delivery)
      while (fates.length < 1) await new Promise(setImmediate)
      await after(socket)
      socket.resetAndDestroy()
      await closed
      return fate()
    }
    const atOnce = async () => {}

    it('before all of a large answer was sent, did not get it', async () => {
      assert.isFalse(await gone({ answer: { ...answer, text: HUGE } }, atOnce))
    })

    it('within a large piece, did not get it', async () => {
      const huge = { ...answer, text: HUGE }
      assert.isFalse(await gone({ answer: huge, trickle: { bytes: 2 ** 25, everyMs: 1 } }, atOnce))
      fates = []
      arrived = Promise.withResolvers()
      assert.isFalse(await gone({ answer: huge, breakOffAfter: 2 ** 25 }, atOnce))
    })

    it('during the delay, or between two pieces, did not get it', async () => {
      const never = () => new Promise<void>(() => {})
      clock = { ...bound(new VirtualClock(0)), sleep: never }
      assert.isFalse(await gone({ answer, delayMs: 1 }, atOnce))
      fates = []
      arrived = Promise.withResolvers()
      assert.isFalse(await gone({ answer, trickle: { bytes: 1, everyMs: 1 } }, atOnce))
      fates = []
      arrived = Promise.withResolvers()
      assert.isFalse(await gone({ answer: 'cut', delayMs: 1 }, atOnce))
    })

    for (const isSteered of [false, true]) {
      it(`leaves no timer behind${isSteered ? ' on a clock that is steered' : ''}`, async () => {
        for (const rest of [
          { delayMs: 86_400_000 },
          { trickle: { bytes: 1, everyMs: 86_400_000 } },
        ]) {
          fates = []
          arrived = Promise.withResolvers()
          let waiting = 0
          const setTimer: Clock['setTimer'] = (ms, callback) => {
            const cancel = realClock.setTimer(ms, callback)
            waiting++
            return () => {
              cancel()
              waiting--
            }
          }
          const host: Clock = {
            now: () => 0,
            setTimer,
            sleep: (ms, signal) => timedSleep(setTimer, ms, signal),
          }
          clock = isSteered ? new SteeredClock(host) : host
          const untilItWaits = async () => {
            while (waiting === 0) await new Promise(setImmediate)
          }
          assert.isFalse(await gone({ answer, ...rest }, untilItWaits))
          assert.equal(waiting, 0)
        }
      })
    }

    it('before its turn came, did not get it', async () => {
      for (const rest of [{}, { breakOffAfter: 1 }, { trickle: { bytes: 1, everyMs: 1 } }]) {
        fates = []
        let calls = 0
        const never = Promise.withResolvers<Delivery>()
        planned = () => (calls++ === 0 ? never.promise : { answer, ...rest })
        const socket = connect(port(), '127.0.0.1')
        socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(2))
        while (fates.length < 1) await new Promise(setImmediate)
        socket.resetAndDestroy()
        assert.isFalse(await fate())
      }
    })

    it('before the answer was ready, did not get it', async () => {
      for (const rest of [{}, { delayMs: 1 }, { breakOffAfter: 1 }]) {
        fates = []
        const release = Promise.withResolvers<Delivery>()
        arrived = Promise.withResolvers()
        planned = () => release.promise
        const socket = connect(port(), '127.0.0.1')
        socket.write('GET / HTTP/1.1\r\nHost: a\r\n\r\n')
        const closed = once(await arrived.promise, 'close')
        socket.resetAndDestroy()
        await closed
        release.resolve({ answer, ...rest })
        while (fates.length < 1) await new Promise(setImmediate)
        assert.isFalse(await fate())
      }
    })
  })
})

function bound(clock: Clock): Clock {
  return {
    now: () => clock.now(),
    sleep: (ms) => clock.sleep(ms),
    setTimer: (ms, callback) => clock.setTimer(ms, callback),
  }
}

/** All that a connection says until it ends. */
async function until(socket: Socket): Promise<string> {
  let text = ''
  socket.on('data', (piece) => {
    text += piece
  })
  await once(socket, 'close')
  return text
}

/** What comes to requests sent all at once, until so many answers are there. */
async function conversation(port: number, requests: string, answers: number): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(requests)
  let text = ''
  for await (const piece of socket) {
    text += piece
    if (text.split(TEXT).length - 1 === answers) break
  }
  return text
}
