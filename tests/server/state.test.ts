import { describe, it } from 'node:test'
import { assert } from 'chai'
import { tradesSchema } from '../../src/api/contract/trades.ts'
import { StateFile } from '../../src/mocks/server/state/state-file.ts'
import { entities } from '../../src/mocks/server/state/tables.ts'
import { inFolder } from '../backends/temporary-folder.ts'
import { KeptServer } from './kept-server.ts'
import { ask, limitOrder, logIn, type Sent } from './requests.ts'
import { START } from './served.ts'
import { rowsIn } from './state-rows.ts'
import type { WireReply } from './wire.ts'

interface Session {
  readonly call: (path: string, sent?: Sent) => Promise<WireReply>
  /** Places an order; it is dealt where its price is reached, once it was queried twice. */
  readonly place: (coId: string, more?: object) => Promise<string>
  readonly statusOf: (orderId: string) => Promise<string>
  readonly download: () => Promise<readonly string[]>
}

async function sessionAt(kept: KeptServer, org = 'Acme', user = 'ada'): Promise<Session> {
  const connection = await kept.connect()
  const headers = { SSO_TOKEN: await logIn(connection, { org, user }) }
  const call = (path: string, sent: Sent = {}) => ask(connection, path, { ...sent, headers })
  const statusOf = async (orderId: string) => {
    const { text } = await call(`/v2/orders/${orderId}`)
    return String([JSON.parse(text)].flat()[0]?.status)
  }
  return {
    ...{ call, statusOf },
    place: async (coId, more = {}) => {
      const body = { ...limitOrder, coId, size: 10_000, ...more }
      const { status, text } = await call('/v2/orders', { method: 'POST', body })
      assert.equal(status, 202, text)
      return String(JSON.parse(text).orderId)
    },
    download: async () => {
      const { text } = await call('/v2/trades/stp/messages')
      return tradesSchema.parse(JSON.parse(text)).map(({ coId }) => String(coId))
    },
  }
}

async function dealt({ place, statusOf }: Session, coId: string): Promise<void> {
  const orderId = await place(coId)
  for (let queries = 0; (await statusOf(orderId)) !== 'FILLED'; queries++)
    assert.isBelow(queries, 5)
}

type Beginning = Parameters<typeof KeptServer.begin>[2]

/** Runs `use` with a server that keeps its state, and ends it. */
const keeping = (use: (kept: KeptServer) => Promise<void>, beginning: Beginning = {}) =>
  inFolder(async (folder) => {
    const kept = await KeptServer.begin(folder, START, beginning)
    try {
      await use(kept)
    } finally {
      await kept.end()
    }
  })

for (const consumeOn of ['send', 'flush'] as const)
  describe(`trades consumed on ${consumeOn}, of a server that is killed`, () => {
    const beginning = { settings: { 'stp.consumeOn': consumeOn, 'stp.scope': 'user' } } as const

    it('are not handed out again where their answer was over, and wait otherwise', () =>
      keeping(async (kept) => {
        const [ada, ben] = [await sessionAt(kept), await sessionAt(kept, 'Acme', 'ben')]
        for (const coId of ['c-1', 'c-2']) await dealt(ada, coId)
        assert.deepEqual(await ada.download(), ['c-1', 'c-2'])
        await dealt(ada, 'c-3')
        await kept.killAndRestart()
        assert.deepEqual(await ada.download(), ['c-3'])
        await kept.killAndRestart()
        assert.deepEqual(await ada.download(), [])
        assert.deepEqual(await ben.download(), ['c-1', 'c-2', 'c-3'])
      }, beginning))

    it('are handed out again where their answer was still on its way', () =>
      keeping(
        async (kept) => {
          const ada = await sessionAt(kept)
          await dealt(ada, 'c-1')
          await kept.control.organisation('Acme').stageFault({
            ...{ operation: 'downloadTrades', kind: 'latency', ms: 60_000 },
          })
          const lost = ada.download().catch(() => 'nothing came')
          while ((await kept.control.organisation('Acme').listFaults()).length > 0);
          await kept.killAndRestart()
          assert.equal(await lost, 'nothing came')
          assert.deepEqual(await ada.download(), ['c-1'])
          assert.deepEqual(await ada.download(), [])
          await kept.killAndRestart()
          assert.deepEqual(await ada.download(), [])
        },
        { ...beginning, time: 'real' },
      ))

    it('come again as a resend, and once', () =>
      keeping(async (kept) => {
        const ada = await sessionAt(kept)
        await dealt(ada, 'c-1')
        assert.deepEqual(await ada.download(), ['c-1'])
        await kept.killAndRestart()
        const body = {
          ...{
            startDate: '2025-06-01 00:00:00,000 +0000',
            endDate: '2025-06-30 00:00:00,000 +0000',
          },
        }
        const resent = await ada.call('/v2/trades/stp/resend', { method: 'POST', body })
        assert.equal(resent.status, 200, resent.text)
        await kept.killAndRestart()
        assert.deepEqual(await ada.download(), ['c-1'])
        await kept.killAndRestart()
        assert.deepEqual(await ada.download(), [])
      }, beginning))
  })

describe('orders of a server that is killed', () => {
  it('are listed as they were, in the order of placing, and no id is given twice', () =>
    keeping(async (kept) => {
      const ada = await sessionAt(kept)
      const ids = [await ada.place('c-1'), await ada.place('c-2', { price: 0.5 })]
      await ada.statusOf(ids[0] ?? '')
      const list = () => kept.control.organisation('Acme').listOrders()
      const before = await list()
      await kept.killAndRestart()
      assert.deepEqual(await list(), before)
      const third = await ada.place('c-3')
      assert.notInclude(ids, third)
      assert.deepEqual(
        (await list()).map(({ orderId }) => orderId),
        [...ids, third],
      )
    }))

  it('expire where their time came meanwhile, on a clock that goes on', () =>
    keeping(
      async (kept) => {
        const ada = await sessionAt(kept)
        const gone = { price: 0.5, timeInForce: 'GTT', expiryTime: 30 }
        const [short, long] = [await ada.place('c-1', gone), await ada.place('c-2', { price: 0.5 })]
        await kept.killAndRestart(40_000)
        const orders = await kept.control.organisation('Acme').listOrders()
        const statuses = orders.map(({ orderId, status }) => [orderId, status])
        assert.deepEqual(statuses, [
          [short, 'EXPIRED'],
          [long, 'RECEIVED'],
        ])
        const { now, pace } = await kept.control.organisation('Acme').showClock()
        assert.deepEqual([now, pace], [START + 40_000, 1])
      },
      { time: 'real' },
    ))

  it('and those of a virtual clock, or one that was stopped, wait as if nothing had happened', () =>
    keeping(
      async (kept) => {
        const acme = kept.control.organisation('Acme')
        await acme.freezeClock()
        await acme.advanceClock({ ms: 5_000 })
        await kept.control
          .organisation('Virtual')
          .beginOrganisation({ clock: { virtualFrom: 1_000 } })
        await kept.control.organisation('Fast').runClock({ pace: 60 })
        await kept.killAndRestart(40_000)
        const clockOf = (org: string) => kept.control.organisation(org).showClock()
        assert.deepEqual(await clockOf('Acme'), { now: START + 5_000, pace: 0 })
        assert.deepEqual(await clockOf('Virtual'), { now: 1_000, pace: 0 })
        assert.deepEqual(await clockOf('Fast'), { now: START + 60 * 40_000, pace: 60 })
      },
      { time: 'real' },
    ))
})

describe('a virtual clock', () => {
  it('comes back where the delay of an answer had brought it', () =>
    keeping(async (kept) => {
      const ada = await sessionAt(kept)
      const acme = () => kept.control.organisation('Acme')
      await acme().stageFault({ operation: 'spotRate', kind: 'latency', ms: 800 })
      await ada.call('/v2/rates/spot?symbol=EUR/USD')
      await kept.killAndRestart()
      assert.equal((await acme().showClock()).now, START + 800)
    }))
})

describe('the file of a server', () => {
  it('has nothing left of an organisation that is gone, or began anew', () =>
    keeping(async (kept) => {
      for (const org of ['Acme', 'Globex', 'Initech']) {
        const session = await sessionAt(kept, org)
        await dealt(session, 'c-1')
        await session.call('/v2/rates/spot?symbol=EUR/USD')
        await session.download()
      }
      await kept.control.organisation('Acme').removeOrganisation()
      await kept.control.organisation('Globex').reset()
      await kept.end()
      const rows = rowsIn(kept.file)
      for (const table of [...entities, 'deliveries']) assert.equal(rows[table], 1, table)
      assert.deepEqual([rows.venues, rows.rest], [2, 2])
      await kept.restart()
      const names = await kept.control.organisations()
      assert.deepEqual(names.map(({ name, orders }) => [name, orders]).sort(), [
        ['Globex', 0],
        ['Initech', 1],
      ])
    }))
})

describe('a file that cannot be written', () => {
  it('has calls that did something answered with 503, and then done no more until it can', (t) =>
    keeping(async (kept) => {
      const ada = await sessionAt(kept)
      await dealt(ada, 'c-1')
      const full = t.mock.method(StateFile.prototype, 'transaction', () => {
        throw Object.assign(new Error('database or disk is full'), { errcode: 13 })
      })
      const body = (coId: string) => ({ ...limitOrder, coId })
      const place = (coId: string) => ada.call('/v2/orders', { method: 'POST', body: body(coId) })
      const [inDoubt, notDone] = [await place('c-2'), await place('c-3')]
      assert.deepEqual([inDoubt.status, notDone.status], [503, 503])
      assert.match(inDoubt.text, /in doubt/)
      assert.match(notDone.text, /did nothing/)
      assert.equal((await ada.call('/v2/trades/stp/messages')).status, 503)
      const acme = kept.control.organisation('Acme')
      const refused = await acme.freezeMarket().catch((error) => String(error))
      assert.match(String(refused), /cannot write down its state: it did nothing/)
      assert.equal((await kept.control.health()).status, 'ok')
      const [said, ...others] = kept.said
      assert.match(String(said), /^Failed to keep state in \S+\.db: the disk is full[.;]/)
      assert.deepEqual(others, [])
      full.mock.restore()
      assert.deepEqual(await ada.download(), ['c-1'])
      assert.match(String(kept.said[1]), /^State is kept in \S+ again\.$/)
      await kept.killAndRestart()
      const orders = await kept.control.organisation('Acme').listOrders()
      assert.deepEqual(
        orders.map(({ coId }) => coId),
        ['c-1', 'c-2'],
      )
    }))

  it('leaves in doubt what was staged, and gives back what a download took', (t) =>
    keeping(
      async (kept) => {
        const ada = await sessionAt(kept)
        await dealt(ada, 'c-1')
        const full = t.mock.method(StateFile.prototype, 'transaction', () => {
          throw Object.assign(new Error('database or disk is full'), { errcode: 13 })
        })
        const download = await ada.call('/v2/trades/stp/messages')
        assert.equal(download.status, 503)
        assert.match(download.text, /in doubt/)
        full.mock.restore()
        assert.deepEqual(await ada.download(), ['c-1'])
        // By the time of its answer, what the download before took is written.
        assert.deepEqual(await ada.download(), [])
        t.mock.method(StateFile.prototype, 'transaction', () => {
          throw Object.assign(new Error('disk I/O error'), { errcode: 778 })
        })
        const acme = kept.control.organisation('Acme')
        const staged = await acme.freezeMarket().catch((error) => String(error))
        assert.match(String(staged), /whether it will last is in doubt/)
        assert.match(String(kept.said[2]), /the disk refuses it/)
        t.mock.restoreAll()
      },
      { settings: { 'stp.scope': 'user' } },
    ))
})
