import { describe, it } from 'node:test'
import { assert } from 'chai'
import { createIntegralClient } from '../../src/api/client/create-integral-client.ts'
import type { IntegralClient } from '../../src/api/client/integral-client.ts'
import { NoAnswerError } from '../../src/api/client/no-answer-error.ts'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import type { Fault } from '../../src/mocks/http/fault.ts'
import { Venue } from './driver.ts'

const order = {
  coId: 'mine',
  type: 'Limit',
  side: 'Buy',
  symbol: 'EUR/USD',
  currency: 'EUR',
  size: 1_000,
  price: 0.5,
  timeInForce: 'GTC',
} as const

/** A client that is logged in at a simulation of its own, which the fault then awaits. */
async function facing(fault: Fault | readonly Fault[], settings: Partial<Settings> = {}) {
  const venue = new Venue({ settings })
  const { name: user, password, org } = venue.exchange.directory.enrol({ name: 'ada' })
  const { fetch, faults } = venue.simulation
  const credentials = { user, password, org }
  const baseUrl = 'https://simulation.invalid'
  const client = createIntegralClient({ baseUrl, fetch, clock: venue.clock, credentials })
  await client.login()
  for (const each of [fault].flat() as readonly Fault[]) faults.stage(each)
  return { venue, client }
}

/** How a call ended: the code of its answer, or the sentence that there was none. */
async function fateOf(call: Promise<{ readonly httpStatus: number }>): Promise<unknown> {
  try {
    return (await call).httpStatus
  } catch (error) {
    assert.instanceOf(error, NoAnswerError)
    return error.message
  }
}

/** The fates of placing one order, looking it up, and placing it again. */
async function story(client: IntegralClient): Promise<readonly unknown[]> {
  return [
    await fateOf(client.placeOrder(order)),
    await fateOf(client.queryOrdersByCoId('mine')),
    await fateOf(client.placeOrder(order)),
  ]
}

const PLACING_CUT =
  'POST https://simulation.invalid/v2/orders (placeOrder) got no HTTP answer: ECONNRESET.'

describe('a placing that is disturbed', () => {
  const cut = (when: 'before' | 'after'): Fault => ({ operation: 'placeOrder', kind: 'cut', when })
  const gateway = { operation: 'placeOrder', kind: 'gateway error' } as const
  const rows: readonly (readonly [Fault, readonly unknown[]])[] = [
    [cut('before'), [PLACING_CUT, 404, 202]],
    [cut('after'), [PLACING_CUT, 200, 400]],
    [{ ...gateway, status: 502, when: 'before' }, [502, 404, 202]],
    [{ ...gateway, status: 502, when: 'after' }, [502, 200, 400]],
    [{ ...gateway, status: 504, when: 'before' }, [504, 404, 202]],
    [{ ...gateway, status: 504, when: 'after' }, [504, 200, 400]],
    [{ operation: 'placeOrder', status: 503 }, [503, 404, 202]],
    [{ operation: 'placeOrder', kind: 'server error', status: 500 }, [500, 404, 202]],
  ]
  for (const [fault, fates] of rows) {
    it(`is taken or not, as staged: ${JSON.stringify(fault)}`, async () => {
      assert.deepEqual(await story((await facing(fault)).client), fates)
    })
  }

  it('leaves one order at most, however often its answer is lost', async () => {
    const { venue, client } = await facing({ ...cut('after'), times: 3 })
    for (let time = 0; time < 3; time++) {
      assert.equal(await fateOf(client.placeOrder(order)), PLACING_CUT)
    }
    assert.lengthOf(venue.exchange.desk.orders, 1)
    assert.equal(await fateOf(client.placeOrder({ ...order, coId: 'other' })), 202)
  })

  it('leaves none where it was a refusal that was lost', async () => {
    const { client } = await facing(cut('after'))
    assert.equal(await fateOf(client.placeOrder({ ...order, size: -1 })), PLACING_CUT)
    assert.equal(await fateOf(client.queryOrdersByCoId('mine')), 404)
  })

  it('heeds setting 47 where a server error answers, and nowhere else', async () => {
    const settings = { 'fault.place5xx': 'accepted' } as const
    const fates = async (fault: Fault) => story((await facing(fault, settings)).client)
    assert.deepEqual(await fates({ operation: 'placeOrder', status: 503 }), [503, 200, 400])
    assert.deepEqual(await fates(cut('before')), [PLACING_CUT, 404, 202])
    assert.deepEqual(await fates({ ...gateway, status: 502, when: 'before' }), [502, 404, 202])
    const trader = await new Venue({ settings }).trader()
    await trader.fill()
    trader.venue.simulation.faults.stage({ operation: 'downloadTrades', status: 500 })
    assert.equal((await trader.download()).status, 500)
    assert.lengthOf(await trader.trades(), 1)
  })
})

describe('a gateway error', () => {
  it('is a page, and no error object', async () => {
    for (const [status, title] of [
      [502, '502 Bad Gateway'],
      [504, '504 Gateway Time-out'],
    ] as const) {
      const venue = new Venue()
      const trader = await venue.trader()
      const fault = {
        operation: 'spotRate',
        kind: 'gateway error',
        status,
        when: 'before',
      } as const
      venue.simulation.faults.stage(fault)
      const path = '/v2/rates/spot?symbol=EUR%2FUSD'
      const answer = await trader.call('GET', path, { headers: { 'X-Request-ID': 'a-1' } })
      assert.equal(answer.status, status)
      assert.match(answer.headers.get('content-type') ?? '', /^text\/html\b/)
      assert.match(answer.text, new RegExp(`^<html>[^]*<h1>${title}</h1>`))
      assert.isNull(answer.headers.get('x-request-id'))
      assert.equal((await trader.askRate()).status, 200)
    }
  })

  it('reaches the client as a refusal without a code', async () => {
    const fault = { operation: 'placeOrder', kind: 'gateway error', status: 502 } as const
    const { client } = await facing({ ...fault, when: 'after' })
    const answer = await client.placeOrder(order)
    assert.propertyVal(answer, 'kind', 'refusal')
    assert.notProperty(answer, 'code')
    assert.notProperty(answer, 'message')
    assert.match(answer.raw, /^<html>/)
  })
})

describe('a call other than a placing that is cut', () => {
  it('is a lookup, twice, and then it is answered', async () => {
    const lookup = { operation: 'queryOrders', kind: 'cut', when: 'before', times: 2 } as const
    const { client } = await facing([
      { operation: 'placeOrder', kind: 'cut', when: 'after' },
      lookup,
    ])
    assert.equal(await fateOf(client.placeOrder(order)), PLACING_CUT)
    const fates: unknown[] = []
    for (let time = 0; time < 3; time++) fates.push(await fateOf(client.queryOrdersByCoId('mine')))
    const url = 'https://simulation.invalid/v2/orders?coId=mine'
    const sentence = `GET ${url} (queryOrders) got no HTTP answer: ECONNRESET.`
    assert.deepEqual(fates, [sentence, sentence, 200])
  })

  for (const [when, status] of [
    ['before', 'NEW'],
    ['after', 'CANCELED'],
  ] as const) {
    it(`is a cancellation, ${when} it was carried out`, async () => {
      const { client } = await facing({ operation: 'cancelOrder', kind: 'cut', when })
      const placed = await client.placeOrder(order)
      const orderId = placed.kind === 'success' ? placed.value.orderId : assert.fail(placed.raw)
      assert.match(String(await fateOf(client.cancelOrder(orderId))), /ECONNRESET\.$/)
      const answer = await client.queryOrder(orderId)
      assert.equal(answer.kind === 'success' && answer.value?.status, status)
    })
  }

  it('is a login that brings the client no token', async () => {
    const { client } = await facing({ operation: 'login', kind: 'cut', when: 'after' })
    client.forgetSession()
    assert.match(String(await fateOf(client.spotRate('EUR/USD'))), /\(login\) .*ECONNRESET\.$/)
    assert.isUndefined(client.session)
    assert.equal(await fateOf(client.spotRate('EUR/USD')), 200)
  })

  for (const [when, status] of [
    ['before', 200],
    ['after', 401],
  ] as const) {
    it(`is a login, ${when} it ended the session that was there`, async () => {
      const venue = new Venue({ settings: { 'login.concurrent': 'invalidatePrevious' } })
      const trader = await venue.trader()
      venue.simulation.faults.stage({ operation: 'login', kind: 'cut', when })
      assert.isUndefined(await trader.login().catch(() => undefined))
      assert.equal(await trader.probe(), status)
    })
  }
})

describe('a download whose answer is lost', () => {
  const lost: readonly Fault[] = [
    { operation: 'downloadTrades', kind: 'cut', when: 'after' },
    { operation: 'downloadTrades', kind: 'gateway error', status: 502, when: 'after' },
  ]
  const early: readonly Fault[] = [
    { operation: 'downloadTrades', kind: 'cut', when: 'before' },
    { operation: 'downloadTrades', kind: 'gateway error', status: 504, when: 'before' },
    { operation: 'downloadTrades', status: 500 },
  ]
  const rows = [
    ...lost.flatMap((fault) => [
      { fault, consumeOn: 'send', left: [0, 0] } as const,
      { fault, consumeOn: 'flush', left: [1, 0] } as const,
    ]),
    ...early.flatMap((fault) => [
      { fault, consumeOn: 'send', left: [1, 0] } as const,
      { fault, consumeOn: 'flush', left: [1, 0] } as const,
    ]),
  ]
  for (const { fault, consumeOn, left } of rows) {
    it(`leaves ${left[0]} of 1 trades: consumed on ${consumeOn}, ${JSON.stringify(fault)}`, async () => {
      const venue = new Venue({ settings: { 'stp.consumeOn': consumeOn } })
      const trader = await venue.trader()
      await trader.fill()
      venue.simulation.faults.stage(fault)
      const answer = await trader.download().catch(() => undefined)
      assert.notEqual(answer?.status, 200)
      const counts = [(await trader.trades()).length, (await trader.trades()).length]
      assert.deepEqual(counts, [...left])
    })
  }

  it('can be had again by a resend', async () => {
    const trader = await new Venue().trader()
    await trader.fill()
    await trader.loseDownload()
    assert.isEmpty(await trader.trades())
    await trader.resend('2025-06-11 00:00:00,000 +0000', '2025-06-11 23:00:00,000 +0000')
    assert.lengthOf(await trader.trades(), 1)
  })
})

describe('a staged fault', () => {
  it('rejects as a real fetch does', async () => {
    const venue = new Venue()
    const { fetch, faults } = venue.simulation
    faults.stage({ operation: 'login', kind: 'cut', when: 'before' })
    const request = new Request('https://simulation.invalid/v2/sso/login', { method: 'POST' })
    const failure = await fetch(request).catch((thrown: unknown) => thrown)
    assert.instanceOf(failure, TypeError)
    assert.equal(failure.message, 'fetch failed')
    assert.instanceOf(failure.cause, Error)
    assert.equal(failure.cause.message, 'read ECONNRESET')
    assert.propertyVal(failure.cause, 'code', 'ECONNRESET')
  })

  it('is not changed by changing what it was staged with', async () => {
    const fault: { operation: 'placeOrder'; status: 500 | 503; times: number } = {
      operation: 'placeOrder',
      status: 503,
      times: 1,
    }
    const { client } = await facing(fault)
    Object.assign(fault, { status: 500, times: 9 })
    assert.deepEqual(await story(client), [503, 404, 202])
  })

  it('waits until the calls before it have passed', async () => {
    const lookup = { operation: 'queryOrders', kind: 'cut', when: 'before', skip: 2 } as const
    const { client } = await facing(lookup)
    await client.placeOrder(order)
    const fates: unknown[] = []
    for (let call = 0; call < 4; call++) {
      await client.spotRate('EUR/USD')
      fates.push(typeof (await fateOf(client.queryOrdersByCoId('mine'))))
    }
    assert.deepEqual(fates, ['number', 'number', 'string', 'number'])
  })
})
