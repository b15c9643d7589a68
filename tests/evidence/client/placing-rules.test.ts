import { describe, it } from 'node:test'
import { assert } from 'chai'
import { foundIn, loggedIn, resultIn, type Watch } from './watch.ts'

const CUT = { fault: 'cut', tookEffect: true }
const refusal = (status: number) => Response.json({ errorCode: 'x' }, { status })

describe('client.look-up-lost', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.look-up-lost')
  const found = (watch: Watch) =>
    foundIn(watch.report()).filter(({ rule }) => rule === 'client.look-up-lost')

  it('is held where the order is looked up by its coId, found or not, and placed again then', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, 'cut', CUT)
    await watch.lookUp('1', 'FILLED')
    await watch.place('2', { size: 7 }, 'cut', { fault: 'cut', tookEffect: false })
    await watch.lookUp('2')
    await watch.place('2', { size: 7 })
    await watch.query('2', 'FILLED')
    assert.equal(result(watch), 'held')
    assert.deepEqual(watch.report().findings, [])
  })

  it('is broken where it is placed again under its coId', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, 'cut', CUT)
    await watch.place('1', {}, refusal(400))
    await watch.lookUp('1', 'FILLED')
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.look-up-lost',
        detail:
          'got no acknowledgement (cut), and was placed again under the same coId without a look',
        exchanges: [2, 3],
        user: 'ada',
        coId: 'c1',
      },
    ])
    const taken = await loggedIn()
    await taken.place('1', {}, 'cut', CUT)
    await taken.place('1')
    await taken.query('1', 'FILLED')
    assert.match(found(taken)[0]?.detail ?? '', /under the same coId/)
  })

  it('is broken where the same terms are placed under another coId: the worst', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, 'cut', CUT)
    await watch.place('2')
    await watch.query('2', 'FILLED')
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.look-up-lost',
        detail:
          'got no acknowledgement (cut), and the same terms were placed under coId c2 without a look: the risk is doubled where both were taken',
        exchanges: [2, 3],
        user: 'ada',
        coId: 'c1',
      },
    ])
  })

  it('is broken so even if the lost one is looked up in the end', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, 'cut', CUT)
    await watch.place('2', { price: 1.3 })
    await watch.lookUp('1', 'FILLED')
    assert.match(found(watch)[0]?.detail ?? '', /risk is doubled/)
  })

  it('is broken where nobody looks', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, 'cut', CUT)
    await watch.rate()
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.look-up-lost',
        detail: 'got no acknowledgement (cut), and was never looked up by its coId',
        exchanges: [2],
        user: 'ada',
        coId: 'c1',
      },
    ])
  })

  it('takes no look that got no answer, was another order, another user or the list of all', async () => {
    const watch = await loggedIn('bob')
    await watch.place('1', {}, 'cut', CUT)
    await watch.call('GET', '/v2/orders?coId=c1', 'cut')
    await watch.call('GET', '/v2/orders?coId=c1', new Response('', { status: 502 }))
    await watch.lookUp('2')
    await watch.lookUp('1', 'FILLED', { as: 'bob' })
    await watch.call('GET', '/v2/orders', Response.json([]))
    assert.match(found(watch)[0]?.detail ?? '', /never looked up/)
  })

  it('takes a trade of the order for a look', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, 'cut', CUT)
    await watch.download(['1'])
    await watch.download()
    assert.equal(result(watch), 'held')
  })

  const losses: Readonly<Record<string, Response | 'cut'>> = {
    'a page of a gateway': new Response('<html></html>', { status: 502 }),
    'a 202 that names no order': Response.json({}, { status: 202 }),
    'a 202 that is no JSON': new Response('{"orderId":', { status: 202 }),
  }
  for (const [name, answer] of Object.entries(losses)) {
    it(`knows ${name} for a loss`, async () => {
      const watch = await loggedIn()
      await watch.place('1', {}, answer)
      assert.match(found(watch)[0]?.detail ?? '', /never looked up/)
    })
  }

  it('lets an order that was refused be placed again, by an error object of any code', async () => {
    const watch = await loggedIn()
    for (const status of [400, 401, 429, 500, 503]) {
      await watch.place('1', {}, refusal(status))
    }
    assert.equal(result(watch), 'not verified: no acknowledgement was lost')
    await watch.place('1')
    await watch.query('1', 'FILLED')
    assert.deepEqual(watch.report().findings, [])
  })

  it('but not where the server took the order that it refused', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, refusal(503), { fault: 'server error', tookEffect: true })
    assert.deepEqual(watch.report().findings, [])
    await watch.place('2')
    await watch.query('2', 'FILLED')
    assert.match(found(watch)[0]?.detail ?? '', /^got no acknowledgement \(503\).*risk is doubled/)
  })

  it('lets another order be placed meanwhile, or the like by somebody else', async () => {
    const watch = await loggedIn('bob')
    await watch.place('1', {}, 'cut', CUT)
    await watch.place('2', { size: 2 })
    await watch.place('3', { side: 'Sell' })
    await watch.place('4', {}, undefined, { as: 'bob' })
    await watch.lookUp('1', 'FILLED')
    assert.deepEqual(found(watch), [])
  })

  it('lets the like be placed where that is a habit, or was done at once, if it looks then', async () => {
    const habit = await loggedIn()
    await habit.place('1')
    await habit.place('2', {}, 'cut', CUT)
    await habit.place('3')
    await habit.lookUp('2', 'FILLED')
    assert.deepEqual(found(habit), [])
    const atOnce = await loggedIn()
    await atOnce.place('1', {}, 'cut', CUT)
    await atOnce.pass(5).place('2')
    await atOnce.lookUp('1', 'FILLED')
    assert.deepEqual(found(atOnce), [])
    const retried = await loggedIn()
    await retried.place('1', {}, 'cut', CUT)
    await retried.pass(5).place('2')
    await retried.download(['1', '2'])
    assert.match(found(retried)[0]?.detail ?? '', /risk is doubled/)
  })

  it('lets another process place the like, but not the same one started anew', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, 'cut', CUT)
    await watch.login()
    await watch.place('2')
    assert.match(found(watch)[0]?.detail ?? '', /risk is doubled/)
    const two = await loggedIn('bob')
    await two.place('1', {}, 'cut', CUT)
    await two.place('2', {}, undefined, { as: 'bob', user: 'ada' })
    await two.lookUp('1', 'FILLED')
    assert.deepEqual(found(two), [])
    const late = await loggedIn()
    await late.place('1', {}, 'cut', CUT)
    await late.login({ as: 'bob' })
    await late.place('2', {}, undefined, { as: 'bob' })
    await late.lookUp('1', 'FILLED')
    assert.deepEqual(found(late), [])
  })
})

describe('client.co-id-once', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.co-id-once')

  it('is held where two orders have two coIds', async () => {
    const watch = await loggedIn()
    await watch.flow('1')
    await watch.flow('2')
    assert.equal(result(watch), 'held')
  })

  it('is broken where a coId comes again that was acknowledged', async () => {
    const watch = await loggedIn()
    await watch.flow('1')
    await watch.place('1', { size: 5 }, refusal(400))
    await watch.place('1', { size: 6 }, refusal(400))
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.co-id-once',
        detail: 'placed 2 times again under a coId that an order was known to have',
        exchanges: [2, 7, 8],
        user: 'ada',
        coId: 'c1',
      },
    ])
  })

  it('is broken where it comes again that was found by a look', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, 'cut', CUT)
    await watch.lookUp('1', 'FILLED')
    await watch.place('1', {}, refusal(400))
    assert.equal(result(watch), 'broken')
    assert.lengthOf(watch.report().findings, 1)
  })

  it('lets a coId come again that no order has, or one of somebody else', async () => {
    const watch = await loggedIn('bob')
    await watch.place('1', {}, refusal(400))
    await watch.flow('1')
    await watch.flow('1', { as: 'bob' })
    await watch.place('2', {}, 'cut', CUT)
    const none = Response.json({ errorCode: 'x', coId: 'c2' }, { status: 404 })
    await watch.call('GET', '/v2/orders?coId=c2', none)
    await watch.flow('2')
    assert.deepEqual(watch.report().findings, [])
  })

  it('is not verified by one order', async () => {
    const watch = await loggedIn()
    await watch.flow('1')
    await watch.place('2', {}, refusal(400))
    assert.equal(result(watch), 'not verified: fewer than two orders were placed by one user')
  })
})

describe('client.quoted-price', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.quoted-price')
  const pq = { type: 'PQ', timeInForce: 'FOK', rateId: 'rate-1', price: 1.2 }
  const followed = async (watch: Watch, fields: object) => {
    await watch.rate()
    await watch.place('1', { ...pq, ...fields })
    await watch.query('1', 'FILLED')
    return watch
  }

  it('is held by the offer where base is bought, and the bid where it is sold, in either currency', async () => {
    for (const fields of [
      {},
      { side: 'Sell', price: 1.1 },
      { currency: 'USD', price: 1.1 },
      { currency: 'USD', side: 'Sell' },
    ]) {
      const watch = await followed(await loggedIn(), fields)
      assert.deepEqual(watch.report().findings, [])
      assert.equal(result(watch), 'held')
    }
  })

  const breaches = {
    'has price 1.1, quoted were 1.2 for its side': [{ price: 1.1 }, [2, 3]],
    'is for EUR/CHF, its rate for EUR/USD': [{ symbol: 'EUR/CHF' }, [2, 3]],
    'names rate rate-2, which was never told': [{ rateId: 'rate-2' }, [3]],
  } as const
  for (const [detail, [fields, exchanges]] of Object.entries(breaches)) {
    it(`is broken by an order that ${detail}`, async () => {
      const watch = await followed(await loggedIn(), fields)
      assert.deepEqual(foundIn(watch.report()), [
        { rule: 'client.quoted-price', detail, exchanges, user: 'ada', coId: 'c1' },
      ])
    })
  }

  it('is broken by a rate that is told only later', async () => {
    const watch = await loggedIn()
    await watch.place('1', pq)
    await watch.rate()
    await watch.query('1', 'REJECTED')
    assert.match(watch.report().findings[0]?.detail ?? '', /never told/)
  })

  it('is not judged where the rate was told in another shape, or is no longer kept', async () => {
    const watch = await loggedIn()
    await watch.call(
      'GET',
      '/marketdataset?id=x',
      Response.json([{ rates: [{ rateId: 'rate-9' }] }]),
    )
    await watch.place('1', { ...pq, rateId: 'rate-9' })
    await watch.query('1', 'FILLED')
    assert.match(result(watch), /^not verified: the rate .* could not be read/)
    const other = await followed(await loggedIn(), { rateId: 'rate-2' })
    assert.deepEqual(other.report({ evicted: 3 }).findings, [])
  })

  it('is not verified by limit orders', async () => {
    const watch = await loggedIn()
    await watch.flow('1')
    assert.match(result(watch), /^not verified: no previously quoted order/)
  })
})

describe('client.rate-fresh', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.rate-fresh')
  const after = async (ms: number) => {
    const watch = await loggedIn()
    await watch.rate()
    await watch.pass(ms).place('1', { type: 'PQ', rateId: 'rate-1', price: 1.2 })
    await watch.query('1', 'REJECTED')
    return watch
  }

  it('is held within the life of the rate', async () => {
    assert.equal(result(await after(5_000)), 'held')
  })

  it('is broken after it', async () => {
    const watch = await after(5_500)
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.rate-fresh',
        detail: 'came 5.5 s after its rate, which was good for 5 s',
        exchanges: [2, 3],
        user: 'ada',
        coId: 'c1',
      },
    ])
    assert.deepEqual(watch.report({ rateTtlMs: 6_000 }).findings, [])
    assert.match(resultIn(watch.timeless(), 'client.rate-fresh'), /clock stood still/)
  })

  it('says nothing of market data sets', async () => {
    const watch = await loggedIn()
    const rates = [{ rateId: 'rate-1', symbol: 'EUR/USD', bid: 1.1, offer: 1.2 }]
    await watch.call('GET', '/marketdataset?id=x', Response.json([{ rates }]))
    await watch.pass(60_000).place('1', { type: 'PQ', rateId: 'rate-1', price: 1.2 })
    await watch.query('1', 'FILLED')
    assert.match(result(watch), /^not verified/)
    assert.deepEqual(watch.report().findings, [])
  })
})
