import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { LoggedTranscript, WireLog } from '../../../src/backends/endpoint/wire-log.ts'
import { readReplay } from '../../../src/backends/replay/read-replay.ts'
import { ChainWriter } from '../../../src/evidence/bundle/chain-writer.ts'
import { recordingFetch } from '../../../src/evidence/recording-fetch.ts'
import { launchStandIn, type StandIn } from '../../stand-in/launch.ts'
import { Play } from './play.ts'

const TERMS = {
  ...{ type: 'Limit', side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size: 1_000 },
  ...{ price: 1.3, timeInForce: 'IOC' },
}
const ENDS: readonly unknown[] = ['FILLED', 'REJECTED', 'EXPIRED', 'CANCELED', 'CANCELLED']

type Order = Readonly<Record<string, unknown>>
type Call = (method: string, path: string, body?: object) => Promise<Response>

const orderIn = async (answer: Response): Promise<Order> => {
  const body: unknown = JSON.parse(await answer.text())
  return [body].flat()[0] as Order
}

/** Queries an order until it has ended, or so many times. */
async function watch(call: Call, id: unknown, most = 1_000): Promise<readonly Order[]> {
  const seen: Order[] = []
  while (seen.length < most && !ENDS.includes(seen.at(-1)?.status)) {
    seen.push(await orderIn(await call('GET', `/v2/orders/${id}`)))
  }
  return seen
}

const told = ({ status, cumQty, reason, reasonCode }: Order) => ({
  status: status === 'CANCELLED' ? 'CANCELED' : status,
  cumQty,
  reason,
  reasonCode,
})

/** Places some orders and follows them to their ends: what was seen of each, in turn. */
async function trade(call: Call): Promise<readonly (readonly object[])[]> {
  const seen: (readonly Order[])[] = []
  const place = async (coId: string, terms: object) =>
    (await orderIn(await call('POST', '/v2/orders', { ...TERMS, coId, ...terms }))).orderId
  seen.push(await watch(call, await place('filled', {})))
  seen.push(await watch(call, await place('expired', { price: 0.9 })))
  seen.push(await watch(call, await place('partly', { size: 3_000_000 })))
  await call('POST', '/v2/orders', { ...TERMS, coId: 'refused', size: -1 })
  const resting = await place('cancelled', { price: 0.9, timeInForce: 'GTC' })
  const before = await watch(call, resting, 3)
  await call('DELETE', `/v2/orders/${resting}`)
  seen.push([...before, ...(await watch(call, resting))])
  return seen.map((orders) => orders.map(told))
}

async function record({ baseUrl, credentials }: StandIn, file: string) {
  const transcript = new LoggedTranscript(
    { baseUrl },
    new WireLog(new ChainWriter(file, 'a run')),
    'a run',
  )
  const clock = { now: Date.now, sleep: async () => {}, setTimer: () => () => {} }
  const fetch = recordingFetch((request) => globalThis.fetch(request), transcript, clock)
  let token = ''
  const call: Call = (method, path, body) =>
    fetch(
      new Request(baseUrl + path, {
        method,
        headers: { 'Content-Type': 'application/json', SSO_TOKEN: token },
        ...(body && { body: JSON.stringify(body) }),
      }),
    )
  const { user, password, org } = credentials
  const login = await call('POST', '/v2/sso/login', { user, pass: password, org })
  token = login.headers.get('SSO_TOKEN') ?? ''
  return { seen: await trade(call), token }
}

describe('a run on a real server', () => {
  it('is replayed from its transcript: as many queries see the same', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'harness-replay-'))
    const standIn = await launchStandIn({
      behaviour: { newMs: 20, fillMs: 20, liquidity: 2_000_000 },
    })
    try {
      const file = join(folder, 'transcript.ndjson')
      const { seen, token } = await record(standIn, file)
      const text = readFileSync(file, 'utf8')
      const script = readReplay(text, file)
      assert.isEmpty(script.notReproduced)
      assert.deepEqual(
        seen.map((orders) => Reflect.get(orders.at(-1) ?? {}, 'status')),
        ['FILLED', 'EXPIRED', 'EXPIRED', 'CANCELED'],
      )
      assert.deepEqual(
        script.refusals.map(({ call, coId, status }) => [call, coId, status]),
        [[4, 'refused', 400]],
      )
      assert.notInclude(JSON.stringify(script), token)
      const play = new Play({ seed: 'replay', settings: script.settings })
      play.replay(script)
      await play.login()
      assert.deepEqual(await trade((...call) => play.call(...call)), seen)
    } finally {
      await standIn.stop()
      rmSync(folder, { recursive: true })
    }
  })
})
