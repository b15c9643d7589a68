import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type ClientReport, clientReport } from '../../../src/evidence/client/client-report.ts'
import { BASE_URL, foundIn, loggedIn, resultIn, type Watch } from './watch.ts'

async function placed(): Promise<Watch> {
  const watch = await loggedIn()
  await watch.place('1')
  return watch
}

async function polls(watch: Watch, pauses: readonly number[], special = {}): Promise<void> {
  for (const pause of pauses) await watch.pass(pause).query('1', 'NEW', special)
}

describe('client.poll-pace', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.poll-pace')

  it('is held by a steady loop, also by one that begins in a hurry, or whose timer is a bit early', async () => {
    for (const pauses of [
      [200, 200, 200, 200, 200, 200],
      [25, 50, 50, 100, 200, 400, 800],
      [185, 185, 185, 185, 185, 185],
    ]) {
      const watch = await placed()
      await polls(watch, pauses)
      await watch.query('1', 'FILLED')
      assert.equal(result(watch), 'held')
      assert.deepEqual(watch.report().findings, [])
    }
  })

  it('is broken by a loop that is too fast, for as long as it was', async () => {
    const watch = await placed()
    await polls(watch, [1_000, 50, 50, 50, 50, 1_000, 1_000])
    await watch.query('1', 'FILLED')
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.poll-pace',
        detail: '5 queries of order 1 within 0.2 s; at most one each 0.2 s',
        exchanges: [3, 4, 5, 6, 7],
        user: 'ada',
        orderId: '1',
      },
    ])
  })

  it('knows an order by either id, and the list of all', async () => {
    const watch = await placed()
    for (let times = 0; times < 3; times++) {
      await watch.pass(50).query('1')
      await watch.pass(50).lookUp('1', 'NEW')
    }
    await watch.query('1', 'FILLED')
    assert.match(watch.report().findings[0]?.detail ?? '', /^6 queries of order 1/)
    const other = await placed()
    for (let times = 0; times < 5; times++)
      await other.pass(50).call('GET', '/v2/orders', Response.json([]))
    assert.match(other.report().findings[0]?.detail ?? '', /^5 queries of all active orders/)
  })

  it('does not add up several orders, or several sessions', async () => {
    const watch = await loggedIn('bob')
    for (let round = 0; round < 3; round++) {
      for (const id of '12345') await watch.pass(10).query(id)
      for (const id of '12345') await watch.pass(10).query(id, 'NEW', { as: 'bob' })
    }
    assert.deepEqual(watch.report().findings, [])
  })

  it('leaves to others what is asked again because it failed', async () => {
    const watch = await placed()
    for (let times = 0; times < 4; times++) {
      await watch.pass(50).query('1')
      await watch.pass(50).refused('/v2/orders/1', 401)
      await watch.pass(50).renew()
    }
    await watch.query('1', 'FILLED')
    assert.deepEqual(watch.report().findings, [])
  })

  it('is not verified by few queries, and says nothing without a clock', async () => {
    const watch = await placed()
    await polls(watch, [10, 10, 10, 10])
    assert.equal(result(watch), 'not verified: no order was queried often enough in a row')
    await polls(watch, [10])
    assert.equal(result(watch), 'broken')
    assert.match(resultIn(watch.timeless(), 'client.poll-pace'), /clock stood still/)
  })
})

describe('client.poll-overlap', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.poll-overlap')

  it('is held where a slow answer is awaited', async () => {
    const watch = await placed()
    await polls(watch, [1_000], { takes: 900 })
    await polls(watch, [1_000])
    assert.equal(result(watch), 'held')
  })

  it('is broken where the next query overtakes it', async () => {
    const watch = await placed()
    await polls(watch, [1_000], { takes: 3_000 })
    await watch.query('1', 'FILLED')
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.poll-overlap',
        detail: 'order 1 was queried again 2 s before its last query was answered',
        exchanges: [3, 4],
        user: 'ada',
        orderId: '1',
      },
    ])
  })

  it('lets a query be given up, as one that broke off was', async () => {
    const watch = await placed()
    await polls(watch, [1_000], { takes: 6_000 })
    await polls(watch, [5_000])
    await watch.call('GET', '/v2/orders/1', 'cut', undefined, { takes: 2_000 })
    await watch.query('1', 'FILLED')
    assert.deepEqual(watch.report().findings, [])
  })

  it('lets other orders be queried meanwhile', async () => {
    const watch = await placed()
    await polls(watch, [1_000], { takes: 3_000 })
    await watch.query('2')
    await watch.pass(5_000).query('1', 'FILLED')
    assert.equal(result(watch), 'held')
  })

  it('is not verified where all answers were quick, and says nothing without a clock', async () => {
    const watch = await placed()
    await polls(watch, [1_000, 1_000])
    assert.match(result(watch), /^not verified: no query took long enough/)
    assert.match(resultIn(watch.timeless(), 'client.poll-overlap'), /clock stood still/)
  })
})

describe('client.poll-final', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.poll-final')

  it('is held where the client stops, or looks once more', async () => {
    const watch = await placed()
    await watch.query('1', 'FILLED')
    assert.equal(result(watch), 'held')
    await watch.query('1', 'FILLED')
    assert.equal(result(watch), 'held')
  })

  it('is broken where it goes on', async () => {
    const watch = await placed()
    await watch.query('1', 'CANCELED')
    await watch.query('1', 'CANCELED')
    await watch.lookUp('1', 'CANCELED')
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.poll-final',
        detail: 'queried 2 more times after CANCELED was told',
        exchanges: [3, 4, 5],
        user: 'ada',
        orderId: '1',
        coId: 'c1',
      },
    ])
  })

  it('counts no query that was under way, refused, lost or made by another session', async () => {
    const watch = await placed()
    await watch.query('1', 'FILLED', { takes: 1_500 })
    await watch.query('1', 'FILLED')
    await watch.refused('/v2/orders/1', 401)
    await watch.call('GET', '/v2/orders/1', 'cut')
    await watch.query('1', 'FILLED')
    await watch.login()
    await watch.query('1', 'FILLED')
    await watch.query('1', 'FILLED')
    assert.equal(result(watch), 'held')
  })

  it('is not verified where a final status was told to nobody', async () => {
    const watch = await placed()
    await watch.query('1', 'NEW')
    await watch.call('GET', '/v2/orders/1', new Response('[{"status":"FILLED"', { status: 200 }))
    assert.equal(result(watch), 'not verified: no query told a final status')
  })
})

describe('client.followed-to-end', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.followed-to-end')

  it('is held by a final status, of whatever kind, told by either query', async () => {
    for (const status of ['FILLED', 'REJECTED', 'EXPIRED', 'CANCELED']) {
      const watch = await placed()
      await watch.lookUp('1', status)
      assert.equal(result(watch), 'held')
    }
  })

  it('is broken by an order that is left working', async () => {
    const watch = await placed()
    await watch.query('1', 'NEW')
    assert.deepEqual(foundIn(watch.report({ working: ['1'] })), [
      {
        rule: 'client.followed-to-end',
        detail: 'was last seen NEW, and is still working',
        exchanges: [2, 3],
        user: 'ada',
        orderId: '1',
        coId: 'c1',
      },
    ])
  })

  it('is broken by an order that ended unseen, and by one of which nobody knows', async () => {
    const watch = await placed()
    const details = (report: ClientReport) => report.findings.map(({ detail }) => detail)
    assert.deepEqual(details(watch.report()), ['was last seen RECEIVED, and has ended'])
    const unknown = clientReport(watch.exchanges, { baseUrl: BASE_URL })
    assert.deepEqual(details(unknown), ['was last seen RECEIVED'])
  })

  it('is broken by an order that was looked up after a loss, and left then', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, 'cut', { fault: 'cut' })
    await watch.lookUp('1', 'NEW')
    assert.deepEqual(
      watch.report().findings.map(({ rule, orderId }) => [rule, orderId]),
      [['client.followed-to-end', '1']],
    )
  })

  it('takes a cancel for the end where the order is over, and not where it still works', async () => {
    const watch = await placed()
    await watch.cancel('1')
    assert.equal(result(watch), 'held')
    assert.lengthOf(watch.report({ working: ['1'] }).findings, 1)
    const other = await placed()
    await other.cancel('1', 404)
    assert.equal(result(other), 'broken')
  })

  it('takes trades of the whole size, and absence among the active, for the end', async () => {
    const dealt = await placed()
    await dealt.download(['1'])
    await dealt.download()
    assert.equal(result(dealt), 'held')
    const gone = await placed()
    await gone.call('GET', '/v2/orders', Response.json([{ orderId: '2', status: 'NEW' }]))
    assert.equal(result(gone), 'held')
    const listed = await placed()
    await listed.call('GET', '/v2/orders', Response.json([{ orderId: '1', status: 'NEW' }]))
    assert.equal(result(listed), 'broken')
    const half = await loggedIn()
    await half.place('1', { size: 2_000 })
    await half.download(['1'])
    await half.download(['1'])
    await half.download()
    assert.equal(result(half), 'broken')
  })

  it('forgets what came before a reset', async () => {
    const watch = await placed()
    await watch.query('1', 'NEW')
    await watch.login()
    const staged = [{ before: 4, kind: 'reset' as const, what: 'reset' }]
    const report = watch.report({ staged })
    assert.deepEqual(report.findings, [])
    assert.equal(report.exchanges, 1)
    assert.equal(resultIn(report, 'client.followed-to-end'), 'not verified: no order was placed')
  })

  it('is not verified where all were refused, or were somebody else’s', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, Response.json({ errorCode: 'x' }, { status: 400 }))
    await watch.query('2', 'NEW')
    assert.equal(result(watch), 'not verified: no order was placed')
  })
})

describe('client.cancel-finished', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.cancel-finished')

  it('is held where a cancel comes too late, once', async () => {
    const watch = await placed()
    await watch.cancel('1', 400)
    await watch.query('1', 'FILLED')
    assert.equal(result(watch), 'held')
    await watch.cancel('1', 400)
    assert.equal(result(watch), 'held')
  })

  it('is broken where it is refused, and repeated', async () => {
    const watch = await placed()
    for (let times = 0; times < 3; times++) await watch.cancel('1', 400)
    await watch.query('1', 'FILLED')
    assert.equal(result(watch), 'broken')
  })

  it('is broken where it is repeated after the end was told', async () => {
    const watch = await placed()
    await watch.query('1', 'FILLED')
    await watch.cancel('1', 400)
    await watch.cancel('1', 400)
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.cancel-finished',
        detail: 'cancelled 2 times more after it was over, or refused to be cancelled',
        exchanges: [3, 4, 5],
        user: 'ada',
        orderId: '1',
        coId: 'c1',
      },
    ])
  })

  it('lets a cancel be repeated whose end is open', async () => {
    const watch = await placed()
    await watch.cancel('1')
    for (const status of [503, 401, 401, 429, 429]) await watch.cancel('1', status)
    await watch.query('1', 'CANCELED')
    assert.deepEqual(watch.report().findings, [])
  })

  it('lets somebody cancel who was not told', async () => {
    const watch = await loggedIn('bob')
    await watch.place('1')
    await watch.query('1', 'FILLED', { as: 'bob' })
    await watch.cancel('1')
    await watch.cancel('1')
    assert.deepEqual(watch.report().findings, [])
  })

  it('is not verified where nothing was cancelled, or nothing too late', async () => {
    const watch = await placed()
    await watch.query('1', 'FILLED')
    assert.equal(result(watch), 'not verified: no order that was over was to be cancelled')
  })
})
