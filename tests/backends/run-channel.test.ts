import { randomUUID } from 'node:crypto'
import { describe, it } from 'node:test'
import { Worker } from 'node:worker_threads'
import { assert } from 'chai'
import type { RunDesk } from '../../src/backends/endpoint/protocol.ts'
import { connectToRun, serveRun } from '../../src/backends/endpoint/run-channel.ts'
import {
  atEndpoint,
  operation,
  placing,
  restingOrder,
  statusesOf,
  successIn,
} from './simulated-endpoint.ts'

/** Serves a desk while `use` runs, under a name of its own. */
async function serving(desk: RunDesk, use: (name: string) => Promise<void>): Promise<void> {
  const served = serveRun(desk, `test-run-${randomUUID()}`)
  try {
    await use(served.name)
  } finally {
    served.close()
  }
}

const RATE = operation('spotRate', { query: { symbol: 'EUR/USD' } })

/** A desk of which one function is another one. */
const deskWith = (more: Partial<RunDesk>): RunDesk =>
  ({
    open: async () => undefined,
    breach: async () => {},
    ...more,
  }) as RunDesk

/** What a thread does with a run: everything a scenario does; then it says what it saw. */
const THREAD = `
  const { parentPort, workerData } = require('node:worker_threads')
  async function act({ module, name, worker, key, calls }) {
    const { connectToRun } = await import(module)
    const desk = connectToRun(name, worker)
    const { credentials } = await desk.facts('s', 0)
    const why = await desk.open(key, key)
    const replies = []
    for (const what of calls) replies.push(await desk.call({ key, client: { credentials }, what }))
    const closing = await desk.close(key)
    parentPort.postMessage({ why, replies, closing })
    parentPort.unref()
  }
  // Waiting for the run keeps no thread alive; Cucumber's are, by their own port.
  parentPort.on('message', () => {})
  act(workerData)
`

interface Said {
  readonly why: string | undefined
  readonly replies: Awaited<ReturnType<RunDesk['call']>>[]
  readonly closing: Awaited<ReturnType<RunDesk['close']>>
}

function inThread(
  name: string,
  worker: number,
  key: string,
  calls: readonly unknown[],
): Promise<Said> {
  const module = new URL('../../src/backends/endpoint/run-channel.ts', import.meta.url).href
  const workerData = { module, name, worker, key, calls }
  const thread = new Worker(THREAD, { eval: true, workerData })
  return new Promise((resolve, reject) => {
    thread.once('error', reject)
    thread.once('message', resolve)
    thread.once('exit', () => reject(new Error('The thread ended without a word.')))
  })
}

describe('A run, from another thread', () => {
  it('serves scenarios of several threads at once, and ends what they leave', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      await serving(run.desk, async (name) => {
        const callsOf = () => [
          RATE,
          placing(restingOrder()),
          placing(restingOrder({ size: 1_000_000 })),
        ]
        let isOver = false
        // However many workers there are: the last two share a line.
        const said = Promise.all(
          [0, 1, 17].map((worker) => inThread(name, worker, `of ${worker}`, callsOf())),
        )
        const over = () => {
          isOver = true
        }
        said.then(over, over)
        // Time passes while something waits for it; one timer is that of the run's end.
        while (!isOver) {
          await endpoint.clock.settle()
          if (endpoint.clock.pending > 1) await endpoint.clock.pass(10)
        }
        for (const { why, replies, closing } of await said) {
          assert.isUndefined(why)
          assert.deepEqual(
            replies.map(({ kind }) => kind),
            ['answer', 'answer', 'not sent'],
          )
          assert.deepEqual(closing.leftWorking, [])
          const operations = closing.exchanges.map((exchange) => exchange.operation)
          assert.includeMembers(operations, ['spotRate', 'placeOrder', 'cancelOrder'])
        }
        assert.deepEqual(statusesOf(endpoint), ['CANCELED', 'CANCELED', 'CANCELED'])
      })
    }))

  it('tells each what it asked for, and does not wake the others with it', async () => {
    const desk = deskWith({
      facts: async () => ({ credentials: {} }) as never,
      close: async () => ({ exchanges: [], leftWorking: [], secrets: [] }),
    })
    await serving(desk, async (name) => {
      const first = new BroadcastChannel(`${name}/0/replies`)
      let heard = 0
      first.onmessage = () => {
        heard += 1
      }
      await inThread(name, 1, 's', [])
      assert.equal(heard, 0)
      await inThread(name, 16, 's', [])
      while (heard === 0) await new Promise((done) => setImmediate(done))
      first.close()
    })
  })
})

describe('A run, from the thread it is in', () => {
  it('is served over one connection', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      await serving(run.desk, async (name) => {
        const desk = connectToRun(name, 0)
        assert.strictEqual(connectToRun(name, 0), desk)
        assert.deepEqual(await desk.facts('s', 0), await run.desk.facts('s', 0))
        assert.isUndefined(await desk.open('s', 's'))
        const client = endpoint.own
        const call = desk.call({ key: 's', client, what: RATE })
        // The message has to arrive before anything can wait for time.
        while (endpoint.clock.pending < 2) await endpoint.clock.settle()
        successIn(await endpoint.clock.run(call))
        assert.lengthOf((await desk.close('s')).exchanges, 1)
      })
    }))

  it('hands on what goes wrong at the desk, and is not stuck afterwards', async () => {
    const cause = Object.assign(new Error('socket'), { socket: () => {} })
    const desk = deskWith({
      call: async () => {
        throw new Error('the disk is full', { cause })
      },
      facts: () => {
        throw new TypeError('at once')
      },
      // Functions do not travel.
      allow: async () => (() => {}) as never,
    })
    await serving(desk, async (name) => {
      const remote = connectToRun(name, 0)
      const request = { key: 's', client: { credentials: {} as never }, what: RATE }
      assert.include(await messageOf(remote.call(request)), 'the disk is full')
      assert.include(await messageOf(remote.facts('s', 0)), 'at once')
      assert.match(await messageOf(remote.allow('trade', 1)), /could not be cloned/)
      // What cannot be asked is refused to the asker.
      const input = { body: () => {} }
      const what = { kind: 'operation', operation: 'spotRate', input } as const
      assert.match(await messageOf(remote.call({ ...request, what })), /could not be cloned/)
      assert.isUndefined(await remote.open('s', 's'))
    })
  })

  it('gives replies to those who asked, however they overtake each other', async () => {
    const waiting = new Map<string, () => void>()
    const desk = deskWith({
      open: (key) =>
        new Promise((resolve) => {
          waiting.set(key, () => resolve(key))
        }),
    })
    await serving(desk, async (name) => {
      const remote = connectToRun(name, 0)
      const asked = ['a', 'b', 'c'].map((key) => remote.open(key, key))
      while (waiting.size < 3) await new Promise((done) => setImmediate(done))
      for (const key of ['c', 'a', 'b']) waiting.get(key)?.()
      assert.deepEqual(await Promise.all(asked), ['a', 'b', 'c'])
    })
  })
})

async function messageOf(work: Promise<unknown>): Promise<string> {
  try {
    await work
    return 'no error'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
