import { describe, it } from 'node:test'
import { assert } from 'chai'
import { launched } from './launched.ts'
import { fieldsOf, statusesOf } from './talk.ts'

const RATE = '/v2/rates/spot?symbol=EUR/USD'

describe('What is permitted', () => {
  it(
    'skipping NEW, an object, RECEIVED again, unknown fields',
    launched(
      { skipNew: true, queryShape: 'object', receivedAgain: 3, extraFields: true },
      async (talk) => {
        const { orderId } = fieldsOf(await talk.place())
        const first = await talk.call('GET', `/v2/orders/${orderId}`)
        assert.deepInclude(first.json, { orderId, status: 'RECEIVED', serverNode: 'ldn-7' })
        assert.deepEqual(await talk.watch(orderId, 'FILLED'), ['RECEIVED', 'FILLED'])
      },
    ),
  )

  it(
    'last look, a missed IOC, another word for unfilled',
    launched({ lastLook: 1, missIoc: 1, iocUnfilled: 'CANCELED' }, async (talk) => {
      assert.equal((await statusesOf(talk)).at(-1), 'CANCELED')
      assert.equal((await statusesOf(talk)).at(-1), 'REJECTED')
      assert.equal((await statusesOf(talk)).at(-1), 'FILLED')
    }),
  )

  it(
    'part of a fill',
    launched({ liquidity: 400 }, async (talk) => {
      const { orderId } = fieldsOf(await talk.place())
      await talk.watch(orderId, 'EXPIRED')
      assert.deepInclude(await talk.query(orderId), { cumQty: 400, leavesQty: 0 })
      assert.equal((await talk.download())[0]?.dealtAmount, 400)
    }),
  )

  it(
    'orders and trades of others',
    launched({ othersOrders: true, othersTrades: true, reverseLists: true }, async (talk) => {
      const listed = (await talk.call('GET', '/v2/orders')).json as { userFullName: string }[]
      assert.deepEqual(
        listed.map(({ userFullName }) => userFullName),
        ['other.user@QaOrg', 'other.user@QaOrg'],
      )
      assert.lengthOf(await talk.download(), 2)
      assert.lengthOf(await talk.download(), 0)
      assert.lengthOf(await talk.download(), 1)
    }),
  )

  it(
    'finding an invalid order out later',
    launched({ rejectInvalid: 'rejectOnQuery' }, async (talk) => {
      const placed = await talk.place({ side: 'sideways' })
      assert.equal(placed.status, 202)
      assert.equal((await talk.watch(fieldsOf(placed).orderId, 'REJECTED')).at(-1), 'REJECTED')
      assert.equal((await talk.place({ coId: undefined })).status, 400)
    }),
  )

  it(
    'no permission, no rate, a gateway that fails now and then',
    launched({ noPermission: true, gatewayErrors: 2 }, async (talk, { admin }) => {
      assert.equal((await talk.place({ side: undefined })).status, 403)
      const statuses: number[] = []
      for (let count = 0; count < 4; count += 1)
        statuses.push((await talk.call('GET', RATE)).status)
      assert.deepEqual(statuses, [200, 502, 200, 502])
      await admin.change({ gatewayErrors: 0, noRate: true, noPermission: false })
      assert.equal((await talk.call('GET', RATE)).status, 404)
    }),
  )
})
