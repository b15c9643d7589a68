import { describe, it } from 'node:test'
import { assert } from 'chai'
import { launched } from './launched.ts'
import { type Answer, fieldsOf, statusesOf } from './talk.ts'

const RATE = '/v2/rates/spot?symbol=EUR/USD'

const cutOff = (promise: Promise<Answer>): Promise<string> =>
  promise.then(
    ({ status }) => assert.fail(`It was answered ${status}.`),
    (error: Error) => error.message,
  )

describe('What is not permitted', () => {
  it(
    'losing the answer after the order was taken, or the order with it',
    launched({ dropAfterPlace: 1, dropBeforePlace: 2, place502: 3 }, async (talk, { admin }) => {
      assert.match(await cutOff(talk.place({ coId: 'taken' })), /hang up|ECONNRESET/)
      assert.match(await cutOff(talk.place({ coId: 'lost' })), /hang up|ECONNRESET/)
      const third = await talk.place({ coId: 'gateway' })
      assert.equal(third.status, 502)
      assert.isUndefined(third.json)
      assert.equal((await talk.place({ coId: 'fine' })).status, 202)
      const taken = (await admin.orders()).map(({ coId }) => coId)
      assert.deepEqual(taken, ['taken', 'gateway', 'fine'])
      assert.equal((await talk.call('GET', '/v2/orders?coId=taken')).status, 200)
      assert.equal((await talk.call('GET', '/v2/orders?coId=lost')).status, 404)
      const placings = (await admin.requests()).filter(({ method }) => method === 'POST').slice(1)
      assert.deepEqual(
        placings.map(({ coId, status }) => [coId, status]),
        [
          ['taken', null],
          ['lost', null],
          ['gateway', 502],
          ['fine', 202],
        ],
      )
    }),
  )

  it(
    'leaving an end, answering about another order, mistyped fields',
    launched(
      { terminalChanges: 2, foreignAnswer: true, sizeAsString: true, echoQuery: { side: 'Sell' } },
      async (talk) => {
        const { orderId } = fieldsOf(await talk.place())
        const answers: Record<string, unknown>[] = []
        await talk.watch(orderId, 'FILLED')
        for (let count = 0; count < 5; count += 1) answers.push(await talk.query(orderId))
        assert.deepInclude(answers[0], { size: '1000', side: 'Sell', status: 'NEW' })
        assert.lengthOf(
          answers.filter((answer) => answer.orderId !== orderId),
          1,
        )
      },
    ),
  )

  it(
    'trades that come twice, on the wrong side, with another amount, or for nothing',
    launched(
      { duplicateTrade: true, tradeSide: true, tradeAmount: 2, tradeForUnfilled: true },
      async (talk) => {
        await statusesOf(talk)
        const [trade] = await talk.download()
        assert.deepInclude(trade, { side: 'Sell', dealtAmount: 2_000 })
        assert.deepEqual(await talk.download(), [trade])
        assert.deepEqual(await talk.download(), [])
        assert.equal((await statusesOf(talk, { price: 1 })).at(-1), 'EXPIRED')
        assert.lengthOf(await talk.download(), 1)
      },
    ),
  )

  it(
    'a cancellation that does nothing, or is undone',
    launched({ cancelIgnored: true }, async (talk, { admin }) => {
      const { orderId } = fieldsOf(await talk.place({ price: 1, timeInForce: 'DAY' }))
      await talk.watch(orderId, 'NEW')
      assert.equal((await talk.call('DELETE', `/v2/orders/${orderId}`)).status, 202)
      assert.equal((await talk.query(orderId)).status, 'NEW')
      await admin.change({ cancelIgnored: false, fillsAfterCancel: true })
      await talk.call('DELETE', `/v2/orders/${orderId}`)
      assert.equal((await talk.query(orderId)).status, 'CANCELED')
      assert.equal((await talk.query(orderId)).status, 'FILLED')
      assert.lengthOf(await talk.download(), 1)
    }),
  )

  it(
    'invalid orders that are taken, or exist in spite of a refusal',
    launched({ acceptsInvalid: true }, async (talk, { admin }) => {
      const placed = await talk.place({ size: -1 })
      assert.equal(placed.status, 202)
      await talk.watch(fieldsOf(placed).orderId, 'NEW')
      await admin.change({ acceptsInvalid: false, refusedButExists: true, refusalStatus: 422 })
      assert.equal((await talk.place({ coId: 'ghost', size: -1 })).status, 422)
      assert.equal((await talk.call('GET', '/v2/orders?coId=ghost')).status, 200)
    }),
  )

  it(
    'giving secrets back, in every spelling',
    launched({ echoSecrets: true }, async (talk, { credentials: { password } }) => {
      const token = await talk.login()
      const { text, headers } = await talk.call('GET', '/v2/orders/0', undefined, {
        'x-request-id': 'r-1',
      })
      assert.equal(headers['x-request-id'], 'r-1')
      const said = JSON.parse(text) as { errorMessage: string; debugEcho: string[] }
      for (const secret of [password, token])
        for (const spelling of [
          secret,
          encodeURIComponent(secret),
          Buffer.from(secret).toString('base64'),
          JSON.stringify(secret).slice(1, -1),
        ]) {
          assert.include(said.errorMessage, spelling)
          assert.include(said.debugEcho, spelling)
          const header = Buffer.from(String(headers['x-echo']), 'latin1').toString()
          assert.include(header, spelling)
        }
    }),
  )

  it(
    'answering nothing, and sending elsewhere',
    launched({ redirectTo: 'http://elsewhere.example/' }, async (talk, { admin }) => {
      const { status, headers } = await talk.call('GET', RATE)
      assert.deepEqual([status, headers.location], [302, 'http://elsewhere.example/'])
      await admin.change({ hang: 'query' })
      const hanging = [talk.call('GET', '/v2/orders/1'), talk.call('GET', '/v2/orders/1')]
      const ends = Promise.allSettled(hanging)
      while ((await admin.peak()).concurrentQueriesPerOrder < 2);
      assert.equal((await talk.place()).status, 202)
      const answered = (await admin.requests()).filter(({ path }) => path === '/v2/orders/1')
      assert.deepEqual(
        answered.map(({ status: code }) => code),
        [null, null],
      )
      void ends
    }),
  )
})
