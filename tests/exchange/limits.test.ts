import { describe, it } from 'node:test'
import { assert } from 'chai'
import { Exchange } from '../../src/mocks/exchange/exchange.ts'
import { defaultLimits, type Limits, parseLimits } from '../../src/mocks/exchange/limits.ts'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'

const START = Date.UTC(2025, 5, 11, 13)
const COMMON = { type: 'Limit', side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size: 1_000 }

/** An exchange that keeps little, and a user of it. */
function open(limits: Partial<Limits>, settings: Partial<Settings> = {}) {
  const clock = new VirtualClock(START)
  const exchange = new Exchange({ clock, seed: 'limits', limits, settings })
  const user = exchange.directory.enrol({ name: 'ada' })
  const place = (coId: string, terms: object = {}) => {
    const body = { ...COMMON, coId, price: 1.5, timeInForce: 'IOC', ...terms }
    const order = exchange.desk.place(user, body)
    return order.ok ? order.value.orderId : order.refusal.reason
  }
  const query = (orderId: string) => {
    const order = exchange.desk.query(user, orderId)
    return order.ok ? order.value.status : order.refusal.reason
  }
  /** Places an order and queries it to its end. */
  const finish = (coId: string) => {
    const orderId = place(coId)
    assert.deepEqual([query(orderId), query(orderId)], ['NEW', 'FILLED'])
    return orderId
  }
  const rest = (coId: string) => place(coId, { price: 0.5, timeInForce: 'GTC' })
  const download = () => {
    const page = exchange.trades.download(user, undefined)
    return page.ok ? page.value.deliveries.map(({ record }) => record.coId) : page.refusal.reason
  }
  return { clock, exchange, user, place, query, finish, rest, download }
}

describe('the orders kept', () => {
  it('make room by what finished longest ago, which is unknown from then on', () => {
    const { finish, query, place, exchange, user } = open({ orders: 2 })
    const [first, second] = [finish('one'), finish('two')]
    const third = finish('three')
    assert.deepEqual([first, second, third].map(query), ['unknown-order', 'FILLED', 'FILLED'])
    const byCoId = exchange.desk.queryByCoId(user, 'one')
    assert.isFalse(byCoId.ok)
    assert.equal(place('two'), 'duplicate-co-id')
    assert.match(place('one'), /^\d+$/)
    assert.lengthOf(exchange.desk.orders, 2)
  })

  it('never lose one that works, however old', () => {
    const { finish, rest, query } = open({ orders: 3 })
    const resting = rest('old')
    for (let order = 0; order < 5; order++) finish(`c${order}`)
    assert.equal(query(resting), 'NEW')
  })

  it('that all work leave no room: the next is refused until one ends', () => {
    const { rest, exchange, user, place } = open({ orders: 2 })
    const first = rest('one')
    rest('two')
    assert.equal(place('three'), 'too-many-orders')
    assert.lengthOf(exchange.desk.orders, 2)
    assert.isTrue(exchange.desk.cancel(user, first).ok)
    assert.match(place('three'), /^\d+$/)
    assert.deepEqual(
      exchange.desk.orders.map(({ coId }) => coId),
      ['two', 'three'],
    )
  })

  it('lose nothing by an order that is refused', () => {
    const { finish, place, query } = open({ orders: 1 })
    const first = finish('one')
    assert.equal(place('bad', { size: -1 }), 'bad-number')
    assert.equal(query(first), 'FILLED')
  })

  it('go by the end of an order, not by its placing, and by retention too', () => {
    const { clock, rest, finish, query, exchange, user } = open(
      { orders: 2 },
      { 'order.retentionMs': 1_000 },
    )
    const early = rest('early')
    const late = finish('late')
    clock.advance(600)
    exchange.desk.cancel(user, early)
    clock.advance(399)
    assert.deepEqual([query(early), query(late)], ['CANCELED', 'FILLED'])
    clock.advance(1)
    assert.deepEqual([query(early), query(late)], ['CANCELED', 'unknown-order'])
    clock.advance(600)
    assert.equal(query(early), 'unknown-order')
  })
})

describe('the trades kept', () => {
  it('make room by those downloaded, before any that is not', () => {
    const { finish, download, exchange } = open({ trades: 2 })
    finish('one')
    assert.deepEqual(download(), ['one'])
    finish('two')
    finish('three')
    assert.deepEqual(
      exchange.trades.all.map(({ coId }) => coId),
      ['two', 'three'],
    )
    assert.deepEqual(download(), ['two', 'three'])
  })

  it('lose the oldest where none is downloaded', () => {
    const { finish, download } = open({ trades: 2 })
    for (const coId of ['one', 'two', 'three']) finish(coId)
    assert.deepEqual(download(), ['two', 'three'])
  })

  it('hold what is to be sent again', () => {
    const { clock, finish, download, exchange, user } = open({ trades: 2 })
    finish('one')
    clock.advance(86_400_000)
    finish('two')
    assert.deepEqual(download(), ['one', 'two'])
    const yesterday = '2025-06-11 13:00:00,000 +0000'
    assert.isTrue(exchange.trades.resend(user, yesterday, yesterday).ok)
    finish('three')
    assert.deepEqual(download(), ['one', 'three'])
  })
})

describe('the sessions kept', () => {
  const login = ({ exchange, user }: ReturnType<typeof open>) => {
    const session = exchange.sessions.login(user.name, user.password, user.org)
    return session.ok ? session.value.token : assert.fail(session.refusal.detail)
  }
  const lives = ({ exchange }: ReturnType<typeof open>, token: string) =>
    exchange.sessions.authenticate(token).ok

  it('make room by the one that expires first', () => {
    const venue = open({ sessions: 2 })
    const first = login(venue)
    venue.clock.advance(30_000)
    const second = login(venue)
    assert.isTrue(venue.exchange.sessions.renew(first).ok)
    venue.clock.advance(1)
    assert.isTrue(venue.exchange.sessions.renew(first).ok)
    const third = login(venue)
    assert.deepEqual(
      [first, second, third].map((token) => lives(venue, token)),
      [true, false, true],
    )
  })

  it('can be renewed once expired, up to the limit', () => {
    const venue = open({ sessions: 2 })
    const [first, second] = [login(venue), login(venue)]
    venue.clock.advance(60_000)
    assert.isTrue(venue.exchange.sessions.renew(second).ok)
    assert.isFalse(venue.exchange.sessions.renew(first).ok)
    assert.isTrue(venue.exchange.sessions.renew(second).ok)
  })

  it('lose one whose life was cut short first', () => {
    const venue = open({ sessions: 2 }, { 'renew.live': 'rotate', 'renew.oldTokenGraceMs': 100 })
    const first = login(venue)
    venue.clock.advance(1)
    const other = login(venue)
    assert.isTrue(venue.exchange.sessions.renew(other).ok)
    assert.deepEqual([lives(venue, first), lives(venue, other)], [true, false])
  })

  it('are as many as the limit says, whatever became of them', () => {
    const venue = open({ sessions: 3 }, { 'login.concurrent': 'invalidatePrevious' })
    for (let each = 0; each < 20; each++) login(venue)
    const tokens = ['ben', 'cy', 'dee'].map((name) => {
      const { password, org } = venue.exchange.directory.enrol({ name })
      const session = venue.exchange.sessions.login(name, password, org)
      return session.ok ? session.value.token : assert.fail(session.refusal.detail)
    })
    assert.deepEqual(
      tokens.map((token) => lives(venue, token)),
      [true, true, true],
    )
    venue.exchange.sessions.expireAll()
    const [ben = '', cy = '', dee = ''] = tokens
    assert.isTrue(venue.exchange.sessions.renew(dee).ok)
    const renewable = [ben, cy, dee].map((token) => venue.exchange.sessions.renew(token).ok)
    assert.equal(renewable.filter(Boolean).length, 2)
  })
})

describe('the guests kept', () => {
  function openToAll(users: number) {
    const clock = new VirtualClock(START)
    const gone: string[] = []
    const observer = { userForgotten: ({ name }: { readonly name: string }) => gone.push(name) }
    const limits = { users }
    const all = { clock, seed: 'guests', limits, observer, admission: 'anybody' } as const
    const exchange = new Exchange(all)
    const login = (name: string, password = 'secret') => {
      const session = exchange.sessions.login(name, password, 'Acme')
      return session.ok ? session.value.token : session.refusal.reason
    }
    const names = () => exchange.directory.all.map(({ name }) => name)
    return { clock, exchange, login, names, gone }
  }

  it('make room by the one who logged in longest ago, with the sessions that had expired', () => {
    const { clock, exchange, login, names, gone } = openToAll(2)
    exchange.directory.enrol({ name: 'enrolled', org: 'Acme' })
    login('ada')
    const bob = login('bob')
    const ada = login('ada')
    clock.advance(60_000)
    login('cy')
    assert.deepEqual([names(), gone], [['enrolled', 'ada', 'cy'], ['bob']])
    assert.isUndefined(exchange.sessions.holderOf(bob))
    assert.equal(exchange.sessions.holderOf(ada)?.name, 'ada')
    assert.match(login('bob'), /^.{62}$/)
    assert.deepEqual(
      [names(), gone],
      [
        ['enrolled', 'cy', 'bob'],
        ['bob', 'ada'],
      ],
    )
  })

  it('never lose one who has a live session, and are as many again once those ended', () => {
    const { clock, exchange, login, names } = openToAll(2)
    const tokens = ['ada', 'bob', 'cy', 'dee'].map((name) => login(name))
    assert.isTrue(tokens.every((token) => exchange.sessions.authenticate(token).ok))
    clock.advance(30_000)
    assert.isTrue(exchange.sessions.renew(tokens[1]).ok)
    clock.advance(30_000)
    login('eve')
    assert.deepEqual(names(), ['bob', 'eve'])
  })

  it('are no guests any more once they are enrolled', () => {
    const { clock, exchange, login, names } = openToAll(1)
    login('ada')
    exchange.directory.enrol({ name: 'ada', org: 'Acme', password: 'own' })
    clock.advance(60_000)
    for (const name of ['bob', 'cy']) {
      login(name)
      clock.advance(60_000)
    }
    assert.deepEqual(names(), ['ada', 'cy'])
  })
})

describe('limits', () => {
  it('have defaults, and are whole numbers from 1', () => {
    assert.deepEqual(parseLimits(), defaultLimits)
    assert.deepEqual(parseLimits({ orders: 7 }), { ...defaultLimits, orders: 7 })
    for (const [given, told] of [
      [{ orders: 0 }, '"orders"'],
      [{ trades: 1.5 }, '"trades"'],
      [{ quotes: '7' }, '"quotes"'],
      [{ order: 7 }, 'order'],
      [7, 'Failed to limit what is kept'],
    ] as const)
      assert.throws(() => parseLimits(given), RangeError, told)
  })
})
