import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type Behaviour, defaultBehaviour } from './behaviour.ts'
import { launched } from './launched.ts'
import { type Answer, fieldsOf, statusesOf, type Talk } from './talk.ts'

/* Each flag by itself: what is seen with it, and that something else is seen without. */

type Probe = (talk: Talk) => Promise<unknown>
type Row = readonly [changes: Partial<Behaviour>, probe: Probe, withIt: unknown]

const resting = { price: 1, timeInForce: 'GTC' }

const rateStatus: Probe = async (talk) => {
  const { status, text } = await talk.call('GET', '/v2/rates/spot?symbol=EUR/USD', undefined, {
    SSO_TOKEN: 'unknown',
  })
  return text === '' ? 0 : status
}

const loginAs =
  (pass: string): Probe =>
  async (talk) => {
    const login = { user: 'qa.user', pass, org: 'QaOrg' }
    const { status, headers } = await talk.call('POST', '/v2/sso/login', login)
    return [status, headers.sso_token === undefined, headers['set-cookie']?.length]
  }

const placed =
  (say: (answer: Answer) => unknown, terms = {}): Probe =>
  async (talk) =>
    say(await talk.place(terms))

/** What the last query of an order says, once the order has ended or is known to rest. */
const queried =
  (field: string, terms = {}): Probe =>
  async (talk) => {
    const { orderId } = fieldsOf(await talk.place(terms))
    const rests = 'price' in terms
    await talk.watch(orderId, 'FILLED', 'EXPIRED', 'REJECTED', ...(rests ? ['NEW', 'WORKING'] : []))
    return (await talk.query(orderId))[field]
  }

/** The status of an order when its default time, 20 ms, is well over. */
const soonAfter: Probe = async (talk) => {
  const { orderId } = fieldsOf(await talk.place())
  const placedBefore = Date.now()
  for (;;) {
    const { status } = await talk.query(orderId)
    if (Date.now() > placedBefore + 60) return status
  }
}

const quoted =
  (off: number): Probe =>
  async (talk) => {
    const { rateId, offer } = await talk.rate()
    const price = Number((Number(offer) - off).toFixed(5))
    const answer = await talk.place({ type: 'PQ', timeInForce: 'FOK', rateId, price })
    if (answer.status !== 202) return answer.status
    const { orderId } = fieldsOf(answer)
    return (await talk.watch(orderId, 'FILLED', 'REJECTED', 'EXPIRED')).at(-1)
  }

const cancelled =
  (wait: boolean): Probe =>
  async (talk) => {
    const { orderId } = fieldsOf(await talk.place(wait ? {} : resting))
    if (wait) await talk.watch(orderId, 'FILLED')
    return (await talk.call('DELETE', `/v2/orders/${orderId}`)).status
  }

const byId =
  (say: (answer: Answer, orderId: unknown) => unknown, terms = {}): Probe =>
  async (talk) => {
    const { orderId } = fieldsOf(await talk.place(terms))
    return say(await talk.call('GET', `/v2/orders/${orderId}`), orderId)
  }

const unknownOrder: Probe = async (talk) => (await talk.call('GET', '/v2/orders/1')).status

const emptyDownload: Probe = async (talk) => {
  while ((await talk.download())?.length > 0);
  const { status, text } = await talk.call('GET', '/v2/trades/stp/messages')
  return [status, text]
}

const tradesOfOne =
  (say: (trades: Record<string, unknown>[]) => unknown): Probe =>
  async (talk) => {
    await talk.download()
    await statusesOf(talk)
    return say(await talk.download())
  }

const length = ({ json }: Answer) => (Array.isArray(json) ? json.length : 'object')

const rows: readonly Row[] = [
  [{ acceptsNoToken: true }, rateStatus, 200],
  [
    { loginRefused: true },
    loginAs(defaultBehaviour().credentials.password),
    [401, true, undefined],
  ],
  [{ acceptsWrongPassword: true }, loginAs('wrong'), [200, false, 2]],
  [{ loginWithoutToken: true }, loginAs('Pa55-word/&"<x> é'), [200, true, undefined]],
  [{ emit: ['cookieHost'] }, loginAs('Pa55-word/&"<x> é'), [200, true, 1]],
  [
    { staleRate: true },
    async (talk) => Date.now() - Number((await talk.rate()).time) > 10_000_000,
    true,
  ],
  [{ placeStatus: 200 }, placed(({ status }) => status), 200],
  [{ refusalStatus: 422 }, placed(({ status }) => status, { size: 0 }), 422],
  [{ plainRefusal: true }, placed(({ json }) => json === undefined, { size: 0 }), true],
  [{ placeWithoutOrderId: true }, placed((answer) => 'orderId' in fieldsOf(answer)), false],
  [{ placedAsNew: true }, placed((answer) => fieldsOf(answer).status), 'NEW'],
  [{ echoPlacing: { side: 'Sell' } }, placed((answer) => fieldsOf(answer).side), 'Sell'],
  [{ noPermissionAtPlacing: true }, placed(({ status }) => status), 403],
  [
    { duplicateCoId: 'accept' },
    async (talk) => {
      await talk.place({ coId: 'twice' })
      return (await talk.place({ coId: 'twice' })).status
    },
    202,
  ],
  [{ neverFinish: true }, soonAfter, 'NEW'],
  [{ unknownStatus: true }, queried('status', resting), 'WORKING'],
  [{ queryStatus: 202 }, byId(({ status }) => status), 202],
  [{ queryShape: 'object' }, byId(length), 'object'],
  [{ severalOrders: true }, byId(length), 2],
  [{ queryWithoutStatus: true }, byId(({ text }) => text.includes('"status"')), false],
  [
    { idChanges: true },
    async (talk) => {
      const { orderId, coId } = fieldsOf(await talk.place())
      const { text } = await talk.call('GET', `/v2/orders?coId=${coId}`)
      return text.includes(String(orderId))
    },
    false,
  ],
  [{ rejectionAs: 422, newMs: 0, fillMs: 0, lastLook: 9 }, byId(({ status }) => status), 422],
  [{ unknownOrder: 200 }, unknownOrder, 200],
  [{ cancelStatus: 204 }, cancelled(false), 204],
  [{ cancelTooLate: 409 }, cancelled(true), 409],
  [{ pqExpires: true }, quoted(0), 'EXPIRED'],
  [{ pqAltered: 'refused' }, quoted(0.0001), 400],
  [{ pqAltered: 'filledAtQuote' }, quoted(0.0001), 'FILLED'],
  [{ stpEmpty: '204' }, emptyDownload, [204, '']],
  [{ stpEmpty: 'blank' }, emptyDownload, [200, '']],
  [{ omitEvent: true }, tradesOfOne(([trade = {}]) => 'event' in trade), false],
  [{ missingTrade: true }, tradesOfOne((trades) => trades.length), 0],
  [{ tradeDelayMs: 60_000 }, tradesOfOne((trades) => trades.length), 0],
  [
    { concurrentLogin: 'invalidatePrevious' },
    async (talk) => {
      const previous = await talk.login()
      await talk.login()
      return (await talk.call('GET', '/v2/orders', undefined, { SSO_TOKEN: previous })).status
    },
    401,
  ],
  [
    { tokenNeverExpires: true, tokenTtlMs: 0 },
    async (talk) => {
      const token = await talk.login()
      const { status } = await talk.call('GET', '/v2/orders', undefined, { SSO_TOKEN: token })
      return `${token.length} ${status}`
    },
    '62 200',
  ],
]

describe('Each flag of the stand-in changes what is seen', () => {
  it(
    'from what is seen without it',
    launched({}, async (talk, { admin }) => {
      for (const [changes, probe, withIt] of rows) {
        const name = JSON.stringify(changes)
        if (!('tokenNeverExpires' in changes)) assert.notDeepEqual(await probe(talk), withIt, name)
        await admin.change(changes)
        assert.deepEqual(await probe(talk), withIt, name)
        await admin.change(defaultBehaviour())
        await talk.login()
      }
    }),
  )
})
