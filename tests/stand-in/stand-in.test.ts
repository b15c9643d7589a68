import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { launchStandIn } from './launch.ts'
import { launched, launchedWithTls } from './launched.ts'
import { fieldsOf, talkTo } from './talk.ts'

const refused = (promise: Promise<unknown>): Promise<Error> =>
  promise.then(
    () => assert.fail('It was not refused.'),
    (error: Error) => error,
  )

describe('The stand-in is a judge of its own', () => {
  it('imports nothing but Node, selfsigned and itself (its tests: chai)', () => {
    const files = globSync(join(import.meta.dirname, '*.ts'))
    const wrong = files.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\b(?:from|import)\s*\(?\s*'([^']+)'/g)]
        .map(([, from = '']) => from)
        .filter((from) => !/^(node:|\.\/|(selfsigned|chai)$)/.test(from)),
    )
    assert.isAbove(files.length, 20)
    assert.deepEqual(wrong, [])
  })

  it('refuses a behaviour that it does not have', async () => {
    const misspelt = JSON.parse('{"queryShap":"object"}')
    const { message } = await refused(launchStandIn({ behaviour: misspelt }))
    assert.include(message, 'No behaviour is called queryShap')
  })

  it('ends when its standard input does, and can be killed', async () => {
    const [stopped, killed] = [await launchStandIn(), await launchStandIn()]
    await stopped.stop()
    killed.kill()
    await killed.stop()
    for (const { adminUrl, baseUrl, ...rest } of [stopped, killed])
      assert.match(
        (await refused(talkTo({ ...rest, adminUrl, baseUrl }).login())).message,
        /ECONNREFUSED/,
      )
  })
})

describe('The flow', () => {
  it(
    'takes a PQ order at the quote, fills it, and gives its trade once and after a resend again',
    launched({}, async (talk) => {
      const { rateId, offer } = await talk.rate()
      const terms = { type: 'PQ', timeInForce: 'FOK', price: offer, rateId, coId: 'pq-1' }
      const placed = await talk.place(terms)
      assert.equal(placed.status, 202)
      const { orderId } = fieldsOf(placed)
      assert.deepInclude(fieldsOf(placed), {
        ...terms,
        size: 1_000,
        status: 'RECEIVED',
        action: 'place',
        org: 'QaOrg',
        userFullName: 'qa.user@QaOrg',
      })
      assert.match(String(orderId), /^\d{10,11}$/)
      await talk.watch(orderId, 'FILLED')
      const order = await talk.query(orderId)
      assert.deepInclude(order, {
        coId: 'pq-1',
        rateId,
        cumQty: 1_000,
        leavesQty: 0,
        averagePrice: offer,
        lastPrice: offer,
        lastQty: 1_000,
        settlCurrAmt: 1186.38,
      })
      const [trade, ...more] = await talk.download()
      assert.lengthOf(more, 0)
      assert.deepInclude(trade, {
        orderId,
        coId: 'pq-1',
        tradeId: order.execId,
        event: 'NEW',
        status: 'Verified',
        side: 'Buy',
        dealtAmount: 1_000,
        maker: false,
        rateId,
      })
      assert.match(String(trade?.executionTime), /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} \+0000$/)
      assert.deepEqual(await talk.download(), [])
      const range = {
        startDate: '2020-01-01 00:00:00,000 +0000',
        endDate: '2099-01-01 00:00:00,000 +0000',
      }
      assert.equal((await talk.call('POST', '/v2/trades/stp/resend', range)).status, 200)
      assert.deepEqual(await talk.download(), [{ ...trade, event: 'RESEND' }])
      assert.deepEqual(await talk.download(), [])
    }),
  )

  it(
    'says RECEIVED at first, then NEW, and fills neither before its time',
    launched({ newMs: 60_000 }, async (talk, { admin }) => {
      const early = fieldsOf(await talk.place()).orderId
      assert.deepInclude(await talk.query(early), { status: 'RECEIVED', cumQty: 0 })
      await admin.change({ newMs: 0, fillMs: 60_000 })
      const later = fieldsOf(await talk.place()).orderId
      assert.deepInclude(await talk.query(later), { status: 'NEW', leavesQty: 1_000 })
      assert.deepEqual(await talk.download(), [])
    }),
  )

  it(
    'pages the download, 50 at most unless asked',
    launched({}, async (talk, { admin }) => {
      for (let count = 0; count < 53; count += 1) await talk.place()
      const [last] = (await admin.orders()).slice(-1)
      await talk.watch(last?.orderId, 'FILLED')
      const two = await talk.call('GET', '/v2/trades/stp/messages?maxCount=2')
      assert.lengthOf(two.json as unknown[], 2)
      assert.lengthOf(await talk.download(), 50)
      assert.lengthOf(await talk.download(), 1)
      assert.equal((await talk.call('GET', '/v2/trades/stp/messages?maxCount=0')).status, 400)
    }),
  )
})

describe('Rates', () => {
  it(
    'are one object by symbol, parallel arrays by type, and 404 for what is unknown',
    launched({}, async (talk) => {
      const rate = await talk.rate()
      assert.deepInclude(rate, { symbol: 'EUR/USD', bid: 1.1863, offer: 1.18638 })
      assert.match(String(rate.rateId), /^\d{4}-\d\d-\d\d-EURUSD-SPOT-[0-9a-f]{10}$/)
      const full = await talk.call('GET', '/v2/rates/spot/FULL/QaOrg?symbol=EUR/USD')
      assert.deepInclude(full.json, { bid: [1.1863, 1.1863], bidProviders: ['LP1', 'LP2'] })
      assert.equal((await talk.call('GET', '/v2/rates/spot?symbol=EUR/XXX')).status, 404)
      assert.equal((await talk.call('GET', '/v2/rates/spot')).status, 400)
    }),
  )

  it(
    'move between two quotes if told to, by no more than that',
    launched({ movingMarketPips: 3 }, async (talk) => {
      const bids: number[] = []
      for (let count = 0; count < 20; count += 1) bids.push(Number((await talk.rate()).bid))
      const moves = bids.slice(1).map((bid, at) => Math.abs(bid - (bids[at] ?? 0)))
      assert.isAbove(new Set(bids).size, 10)
      assert.isBelow(Math.max(...moves), 0.000_301)
    }),
  )
})

describe('Over TLS', () => {
  it(
    'serves the API with a certificate that its authority vouches for',
    launchedWithTls({}, async (talk, standIn) => {
      assert.match(await talk.login(), /^[\w-]{62}$/)
      assert.equal((await talk.rate()).symbol, 'EUR/USD')
      const { caFile, ...stranger } = standIn
      assert.isString(caFile)
      assert.match((await refused(talkTo(stranger).login())).message, /certificate/)
    }),
  )

  it(
    'can have a certificate for another host',
    launchedWithTls({ wrongName: true }, async (talk) => {
      assert.match((await refused(talk.login())).message, /does not match certificate/)
    }),
  )

  it(
    'can have a certificate that has expired',
    launchedWithTls({ expiredCertificate: true }, async (talk) => {
      assert.match((await refused(talk.login())).message, /expired/)
    }),
  )
})
