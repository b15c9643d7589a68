import { describe, it } from 'node:test'
import { Big } from 'big.js'
import { assert } from 'chai'
import type { Clock } from '../../src/api/clock.ts'
import { SettingsError } from '../../src/mocks/exchange/settings/parse-settings.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { createSimulation } from '../../src/mocks/http/simulation.ts'
import { at, orderIdOf, START, Venue } from './driver.ts'

const DAY_MS = 86_400_000

describe('orders that invite trouble', () => {
  for (const size of [19_003, 19_004, 19_005]) {
    it(`passes over a magic size of ${size} where a PQ order cannot have its outcome`, async () => {
      const trader = await new Venue().trader()
      const placed = await trader.placePq(await trader.rate(), { size })
      assert.equal(placed.status, 202, placed.text)
      assert.equal((await trader.finish(orderIdOf(placed))).status, 'FILLED')
    })
  }

  it('passes over a magic word likewise: a GTC order does not expire', async () => {
    const trader = await new Venue().trader()
    const placed = await trader.placeLimit({ coId: 'a~expire', timeInForce: 'GTC' })
    assert.equal((await trader.finish(orderIdOf(placed))).status, 'FILLED')
  })

  const oversized = [{ size: 1e308 }, { size: 1e13 }, { price: 1e9 }, { minQty: 2_000_000 }]
  for (const terms of oversized) {
    it(`refuses ${JSON.stringify(terms)} as a bad number`, async () => {
      const trader = await new Venue().trader()
      const placed = await trader.placeLimit(terms)
      assert.equal(placed.status, 400)
      assert.equal(at(placed.body, 'errorCode'), 'BAD_NUMBER')
    })
  }

  it('refuses an at-best order for a day that no calendar has', async () => {
    const trader = await new Venue().trader()
    const fixed = { type: 'AtBest', timeInForce: 'FOK', price: undefined }
    const placed = await trader.placeLimit({ ...fixed, valueDate: '2025-99-99' })
    assert.equal(placed.status, 400)
    assert.equal((await trader.placeLimit({ ...fixed, valueDate: '2025-06-30' })).status, 202)
  })

  it('ends a DAY order of Friday evening on Monday', async () => {
    const fridayEvening = Date.UTC(2025, 5, 13, 22)
    const venue = new Venue({ startAt: fridayEvening })
    const trader = await venue.trader()
    venue.market.freeze()
    const id = orderIdOf(await trader.placeLimit({ price: 0.5, timeInForce: 'DAY' }))
    venue.clock.advance(2 * DAY_MS)
    await trader.login()
    assert.equal(await trader.status(id), 'NEW')
    venue.clock.advance(DAY_MS)
    await trader.login()
    assert.equal(await trader.status(id), 'EXPIRED')
  })
})

describe('deals split into many trades', () => {
  const cases = [
    { symbol: 'USD/JPY', currency: 'JPY', size: 1_000, side: 'Sell', price: 200, trades: 1_000 },
    { symbol: 'EUR/USD', currency: 'EUR', size: 100.01, side: 'Buy', price: 1.5, trades: 10_000 },
    { symbol: 'EUR/USD', currency: 'USD', size: 777.77, side: 'Buy', price: 0.5, trades: 7 },
  ] as const
  for (const { trades, ...terms } of cases) {
    it(`settle together what ${terms.size} ${terms.currency} would in one`, async () => {
      const split = await new Venue({ settings: { 'fills.perOrder': trades } }).trader()
      const whole = await new Venue().trader()
      const [many, one] = [await split.fill(terms), await whole.fill(terms)]
      assert.equal(many.status, 'FILLED')
      assert.equal(many.settlCurrAmt, one.settlCurrAmt)
      assert.equal(many.cumQty, terms.size)
    })
  }

  it('and the trades downloaded add up to the order', async () => {
    const trader = await new Venue({ settings: { 'fills.perOrder': 7 } }).trader()
    const order = await trader.fill({ size: 1_000.01 })
    const downloaded = await trader.trades()
    const sum = (field: 'dealtAmount' | 'settledAmount') =>
      downloaded.reduce((total, trade) => total.plus(trade[field] ?? 0), new Big(0)).toNumber()
    assert.lengthOf(downloaded, 7)
    assert.deepEqual([sum('dealtAmount'), sum('settledAmount')], [order.cumQty, order.settlCurrAmt])
  })
})

describe('sessions that were replaced', () => {
  it('a rotated token does not live on by being used', async () => {
    const settings = {
      'renew.live': 'rotate',
      'renew.oldTokenGraceMs': 5_000,
      tokenSliding: true,
    } as const
    const venue = new Venue({ settings })
    const trader = await venue.trader()
    const old = trader.token
    await trader.renew()
    venue.clock.advance(4_000)
    assert.equal(await trader.probe(old), 200)
    venue.clock.advance(2_000)
    assert.equal(await trader.probe(old), 401)
  })

  it('a rotated token is not renewed', async () => {
    const venue = new Venue({ settings: { 'renew.live': 'rotate' } })
    const trader = await venue.trader()
    const old = trader.token
    assert.equal((await trader.renew(old)).status, 200)
    assert.equal((await trader.renew(old)).status, 401)
  })

  it('one session at a time is one also after renewals', async () => {
    const settings = { 'login.concurrent': 'invalidatePrevious', 'renew.live': 'rotate' } as const
    const trader = await new Venue({ settings }).trader()
    const second = (await trader.renew()).headers.get('SSO_TOKEN') ?? ''
    await trader.login()
    assert.equal(await trader.probe(second), 401)
    assert.equal(await trader.probe(trader.token), 200)
  })
})

describe('rates in great number', () => {
  it('a published rate keeps its id and price for its whole window', async () => {
    const trader = await new Venue().trader()
    const path = '/marketdataset?id=4HProduct&symbol=EUR/USD'
    const first = await trader.call('GET', path)
    trader.venue.market.move(30)
    for (let rate = 0; rate < 10_100; rate++) {
      trader.venue.exchange.quotes.quote(trader.user, 'EUR/USD')
    }
    assert.deepEqual(
      at((await trader.call('GET', path)).body, 0, 'rates'),
      at(first.body, 0, 'rates'),
    )
  })

  it('market data sets take symbols with blanks, once each, and know the calendar', async () => {
    const trader = await new Venue().trader()
    const ask = (query: string) => trader.call('GET', `/marketdataset?id=4HProduct&${query}`)
    const found = await ask('symbols=EUR/USD, USD/JPY,EUR/USD')
    assert.lengthOf(at(found.body, 0, 'rates') as unknown[], 2)
    assert.equal((await ask('symbols=,')).status, 400)
    assert.equal((await ask('symbol=EUR/USD&date=2025-99-99')).status, 400)
  })
})

describe('tokens in odd cookies', () => {
  it('accepts quotes and blanks, and looks past an empty header', async () => {
    const venue = new Venue()
    const { token } = await venue.trader()
    const path = '/v2/rates/spot?symbol=EUR/USD'
    for (const cookie of [
      `SSO_TOKEN="${token}"`,
      `a=b; SSO_TOKEN = ${token}`,
      `SSO_TOKEN=${token};`,
    ]) {
      const headers = { Cookie: cookie, SSO_TOKEN: '' }
      assert.equal((await venue.call('GET', path, { headers })).status, 200, 'a good cookie')
    }
    const headers = { Cookie: `XSSO_TOKEN=${token}` }
    assert.equal((await venue.call('GET', path, { headers })).status, 401)
  })
})

describe('staging that cannot be', () => {
  const { outcomes } = new Venue().exchange
  const wrong: readonly [unknown, RegExp][] = [
    [{ kind: 'rejected' }, /its kind is none of "business", "fill"/],
    [{ kind: 'fill', received: { polls: -1 } }, /received/],
    [{ kind: 'fill', new: { poll: 2 } }, /new/],
    [{ kind: 'fill in shares', shares: [0.6, 0.6] }, /above 1 together/],
    [{ kind: 'fill in parts', parts: [] }, /parts/],
    [{ kind: 'fill in parts', parts: [Number.POSITIVE_INFINITY] }, /parts/],
    [{ kind: 'fill', reason: 'none' }, /reason/],
    ['fill', /outcome/],
  ]
  for (const [outcome, sentence] of wrong) {
    it(`refuses to script ${JSON.stringify(outcome)}`, () => {
      assert.throws(() => outcomes.script('c1', outcome as never), RangeError, sentence)
    })
  }

  const cut = { operation: 'placeOrder', kind: 'cut', when: 'after' }
  const gateway = { operation: 'placeOrder', kind: 'gateway error', status: 502, when: 'before' }
  const which = 'a server error has 500 or 503, a "gateway error" 502 or 504'
  const faults: readonly [unknown, string][] = [
    [{ operation: 'placeOrder', status: 418 }, `its status is wrong: ${which}.`],
    [{ operation: 'placeOrder', status: 502 }, `its status is wrong: ${which}.`],
    [{ operation: 'placeOrder', status: 503, times: 0 }, 'its times is wrong: Too small'],
    [{ operation: 'placeOrder', status: 503, when: 'after' }, 'Unrecognized key: "when".'],
    [{ operation: 'fetchOrder', status: 503 }, 'its operation is wrong: Invalid option'],
    [
      { ...cut, kind: 'reset' },
      'its kind is none of "server error", "cut", "gateway error", "status", ',
    ],
    [{ ...cut, when: 'during' }, 'its when is wrong: Invalid option'],
    [{ operation: 'placeOrder', kind: 'cut' }, 'its when is wrong: Invalid option'],
    [{ ...cut, status: 503 }, 'Unrecognized key: "status".'],
    [{ ...cut, skip: -1 }, 'its skip is wrong: Too small'],
    [{ ...cut, times: 1.5 }, 'its times is wrong: Invalid input'],
    [{ ...gateway, status: 503 }, `its status is wrong: ${which}.`],
    [{ ...gateway, when: undefined }, 'its when is wrong: Invalid option'],
    ['cut', 'Invalid input: expected object'],
    [null, 'Invalid input: expected object'],
  ]
  for (const [fault, sentence] of faults) {
    it(`refuses to stage ${JSON.stringify(fault)}`, () => {
      const { faults } = new Venue().simulation
      assert.throws(
        () => faults.stage(fault as never),
        RangeError,
        `Failed to stage a fault: ${sentence}`,
      )
      assert.isEmpty(faults.staged)
    })
  }

  const settings = [
    { 'cancel.status': 'NEW' },
    { 'partial.workingStatus': 'FILLED' },
    { 'cancel.status': 'WORKING', 'partial.workingStatus': 'WORKING' },
    { 'reject.fields': { reason: 'status', code: 'reasonCode' } },
    { 'reject.fields': { reason: 'why', code: 'why' } },
    { 'stp.extraFields': { orderId: 'rate' } },
    { errorCodes: { 'no-such-reason': 'X' } },
    { 'auth.emit': ['header', 'header'] },
    { 'paths.queryByClient': '/v2/rates/spot?c={coId}' },
  ]
  for (const each of settings) {
    it(`refuses the settings ${JSON.stringify(each)}`, () => {
      assert.throws(
        () => new Venue({ settings: each as never }),
        SettingsError,
        `Setting "${Object.keys(each)[0]}" cannot be`,
      )
    })
  }
})

describe('orders that wait for a long time', () => {
  /** Counts how often anybody asks to be woken. */
  function countingClock(): { clock: Clock & { advance(ms: number): void }; timers: () => number } {
    const clock = new VirtualClock(START)
    let timers = 0
    return {
      timers: () => timers,
      clock: {
        now: () => clock.now(),
        sleep: (ms) => clock.sleep(ms),
        advance: (ms) => clock.advance(ms),
        setTimer: (ms, callback) => {
          timers++
          return clock.setTimer(ms, callback)
        },
      },
    }
  }

  function place(timeInForce: string, price: number, settled: (timers: number) => void): void {
    const { clock, timers } = countingClock()
    const { exchange } = createSimulation({ clock, seed: 'ticks' })
    const user = exchange.directory.enrol({ name: 'ada' })
    const common = { coId: 'c', type: 'Limit', side: 'Buy', symbol: 'EUR/USD', currency: 'EUR' }
    const order = exchange.desk.place(user, { ...common, size: 1_000, price, timeInForce })
    assert.isTrue(order.ok)
    clock.advance(10 * DAY_MS)
    settled(timers())
  }

  it('cost nothing while the walk cannot come to them', () => {
    place('GTC', 0.9, (timers) => assert.equal(timers, 0))
  })

  it('are looked at tick by tick where it can', () => {
    place('GTC', 1.0862, (timers) => assert.isAbove(timers, 10))
  })

  it('are met by the walk itself, without anybody staging', async () => {
    const venue = new Venue({ seed: 'walk' })
    const trader = await venue.trader()
    const { offer } = await trader.rate()
    const price = new Big(offer).minus('0.0001').toNumber()
    const id = orderIdOf(await trader.placeLimit({ price, timeInForce: 'GTC' }))
    venue.clock.advance(3_600_000)
    await trader.login()
    const order = await trader.query(id)
    assert.equal(order.status, 'FILLED')
    assert.isAtMost(order.averagePrice ?? 9, price)
  })

  it('are looked at again once the market was moved near them', async () => {
    const venue = new Venue({ seed: 'walk' })
    const trader = await venue.trader()
    const { offer } = await trader.rate()
    const price = new Big(offer).minus('0.0199').toNumber()
    const id = orderIdOf(await trader.placeLimit({ price, timeInForce: 'GTC' }))
    venue.market.move(-198, 'EUR/USD')
    venue.clock.advance(3_600_000)
    await trader.login()
    assert.equal(await trader.status(id), 'FILLED')
  })

  it('wait while the market is frozen, and go on when it thaws', async () => {
    const venue = new Venue({ seed: 'walk' })
    const trader = await venue.trader()
    const { offer } = await trader.rate()
    const price = new Big(offer).minus('0.0001').toNumber()
    const id = orderIdOf(await trader.placeLimit({ price, timeInForce: 'GTC' }))
    venue.market.freeze()
    venue.clock.advance(3_600_000)
    await trader.login()
    assert.equal(await trader.status(id), 'NEW')
    venue.market.thaw()
    venue.clock.advance(3_600_000)
    await trader.login()
    assert.equal(await trader.status(id), 'FILLED')
  })
})
