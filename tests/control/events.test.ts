import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { PlaceOrderRequest } from '../../src/api/contract/orders.ts'
import { limitsSchema } from '../../src/mocks/server/limits.ts'
import { limit, open } from './open.ts'

interface Told {
  readonly event: string
  readonly id?: string
  readonly data: Record<string, unknown>
}

/** What a stream tells, as it comes. */
async function* eventsOf(answer: Response): AsyncGenerator<Told> {
  let rest = ''
  for await (const piece of answer.body ?? []) {
    rest += Buffer.from(piece).toString()
    const frames = rest.split('\n\n')
    rest = frames.pop() ?? ''
    for (const frame of frames) {
      const fields = new Map(
        frame.split('\n').map((line): [string, string] => {
          const at = line.indexOf(': ')
          return [line.slice(0, at), line.slice(at + 2)]
        }),
      )
      const event = fields.get('event')
      if (event === undefined) continue
      const id = fields.get('id')
      yield { event, ...(id !== undefined && { id }), data: JSON.parse(fields.get('data') ?? '') }
    }
  }
}

async function take(events: AsyncGenerator<Told>, count: number): Promise<Told[]> {
  const taken: Told[] = []
  while (taken.length < count) {
    const { value, done } = await events.next()
    if (done) break
    taken.push(value)
  }
  return taken
}

describe('The stream of events', () => {
  it('tells what happens at its organisation, and at no other', async (t) => {
    const { server, app, org } = await open(t)
    await org('Acme').beginOrganisation({})
    const abort = new AbortController()
    const url = `${server.origin}/_simulation/organisations/Acme/events`
    const answer = await fetch(url, { signal: abort.signal })
    assert.equal(answer.headers.get('content-type'), 'text/event-stream')
    const events = eventsOf(answer)
    await app('Other').login()
    await org('Acme').moveMarket({ pips: 2 })
    await app('Acme').login()
    const [moved, login] = await take(events, 2)
    assert.deepInclude(moved, { event: 'control', id: '2' })
    assert.deepInclude(moved?.data, { action: 'moveMarket', details: { pips: 2 } })
    assert.deepInclude(login, { event: 'call', id: '3' })
    assert.deepInclude(login?.data, { operation: 'login', path: '/v2/sso/login', status: 200 })
    assert.notInclude(JSON.stringify(login), 'correct horse')
    abort.abort()
  })

  it('shows no token that somebody put into a path', async (t) => {
    const { server } = await open(t)
    const abort = new AbortController()
    const at = `${server.origin}/_simulation/organisations/Acme`
    server.venues.open('Acme')
    const events = eventsOf(await fetch(`${at}/events`, { signal: abort.signal }))
    const token = 'T0ken'.repeat(12)
    await fetch(`${at}/api/v2/orders/${token}/${token}?token=${token}`)
    const [call] = await take(events, 1)
    assert.deepInclude(call?.data, { path: '/v2/orders/…/…', status: 404 })
    assert.notInclude(JSON.stringify(call), token)
    abort.abort()
  })

  it('tells what becomes of orders, and of trades', async (t) => {
    const { server, app, org } = await open(t)
    const client = app('Acme')
    await client.login()
    const abort = new AbortController()
    const url = `${server.origin}/_simulation/organisations/Acme/events`
    const events = eventsOf(await fetch(url, { signal: abort.signal }))
    await org('Acme').scriptOutcome({
      match: { coId: 'one' },
      outcome: {
        ...{ kind: 'fill in shares', shares: [0.3, 0.7] },
        ...{ received: { ms: 1000 }, new: { ms: 1000 } },
      },
    })
    const placing = await client.placeOrder(limit('one') as PlaceOrderRequest)
    const orderId = placing.kind === 'success' ? placing.value?.orderId : assert.fail(placing.kind)
    await org('Acme').advanceClock({ ms: 10_000 })
    const told = await take(events, 9)
    const before = Number(told[1]?.data.at)
    const order = (status: string, dealt: number, ms: number) => ({
      event: 'order',
      data: { orderId, coId: 'one', status, dealt, at: before + ms },
    })
    const trades = server.venues.find('Acme')?.exchange.trades.all ?? []
    const trade = (number: number, ms: number) => {
      const { tradeId } = trades[number] ?? assert.fail('There is no trade.')
      return { event: 'trade', data: { tradeId, orderId, coId: 'one', at: before + ms } }
    }
    assert.deepEqual(
      told.filter(({ event }) => event === 'order' || event === 'trade'),
      [
        order('RECEIVED', 0, 0),
        order('NEW', 0, 1000),
        trade(0, 2000),
        order('NEW', 3000, 2000),
        trade(1, 3000),
        order('FILLED', 10_000, 3000),
      ],
    )
    abort.abort()
  })

  it('brings back what was missed', async (t) => {
    const { server, app, org } = await open(t)
    for (const pips of [1, 2, 3]) await org('Acme').moveMarket({ pips })
    const abort = new AbortController()
    const url = `${server.origin}/_simulation/organisations/Acme/events`
    const headers = { 'Last-Event-ID': '1' }
    const events = eventsOf(await fetch(url, { signal: abort.signal, headers }))
    await app('Acme').placeOrder(limit('one') as PlaceOrderRequest)
    const told = await take(events, 3)
    assert.deepEqual(
      told.map(({ id, data }) => [id, data.action ?? data.operation]),
      [
        ['2', 'moveMarket'],
        ['3', 'moveMarket'],
        ['4', 'login'],
      ],
    )
    abort.abort()
  })
  it('is forgotten once nobody listens', async (t) => {
    const { server } = await open(t)
    const { events } = server.venues.open('Acme')
    const abort = new AbortController()
    const url = `${server.origin}/_simulation/organisations/Acme/events`
    await fetch(url, { signal: abort.signal })
    assert.isTrue(events.isHeard)
    abort.abort()
    while (events.isHeard) await new Promise((resolve) => setImmediate(resolve))
  })

  it('ends with its organisation, removed or making room', async (t) => {
    const { server, org } = await open(t, { limits: limitsSchema.parse({ organisations: 1 }) })
    const listen = async (name: string) => {
      const url = `${server.origin}/_simulation/organisations/${name}/events`
      return eventsOf(await fetch(url))
    }
    server.venues.open('Acme')
    const madeRoom = await listen('Acme')
    server.venues.open('Other')
    assert.isTrue((await madeRoom.next()).done)
    const other = await listen('Other')
    await org('Other').removeOrganisation()
    assert.isTrue((await other.next()).done)
  })

  it('counts on after a reset, so that what was missed comes back', async (t) => {
    const { server, org } = await open(t)
    const acme = org('Acme')
    for (const pips of [1, 2, 3]) await acme.moveMarket({ pips })
    await acme.reset()
    await acme.moveMarket({ pips: 4 })
    const journal = await acme.showJournal({ after: 3 })
    assert.deepEqual([journal.last, journal.forgotten], [5, 0])
    const numbers = async (last: string, count: number) => {
      const abort = new AbortController()
      const url = `${server.origin}/_simulation/organisations/Acme/events`
      const headers = { 'Last-Event-ID': last }
      const events = eventsOf(await fetch(url, { signal: abort.signal, headers }))
      const told = await take(events, count)
      abort.abort()
      return told.map(({ id, data }) => [id, data.action])
    }
    const both = [
      ['4', 'reset'],
      ['5', 'moveMarket'],
    ]
    assert.deepEqual(await numbers('2', 2), both)
    assert.deepEqual(await numbers('4', 1), both.slice(1))
    // Of another life of the organisation.
    assert.deepEqual(await numbers('900', 2), both)
  })

  it('brings back more than anybody reads at once, with what happens meanwhile', async (t) => {
    const { server } = await open(t)
    const venue = server.venues.open('Acme')
    const staged = (number: number) => venue.note('moveMarket', { number, why: '…'.repeat(1000) })
    for (let number = 1; number <= 4000; number++) staged(number)
    const abort = new AbortController()
    const url = `${server.origin}/_simulation/organisations/Acme/events`
    const headers = { 'Last-Event-ID': '1' }
    const events = eventsOf(await fetch(url, { signal: abort.signal, headers }))
    staged(4001)
    const told = await take(events, 4000)
    abort.abort()
    assert.deepEqual(
      told.map(({ id }) => Number(id)),
      Array.from({ length: 4000 }, (_, at) => at + 2),
    )
  })
})
