import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Settings } from '../../../src/mocks/exchange/settings/settings.ts'
import {
  cancelled,
  listed,
  placed,
  refused,
  scriptOfCalls,
  seen,
  sent,
  type Written,
} from './written.ts'

const outcomeOf = (...calls: readonly Written[]) => scriptOfCalls(...calls).orders[0]?.outcome

const missing = (...calls: readonly Written[]) =>
  scriptOfCalls(...calls).notReproduced.map(({ what, why }) => `${what}: ${why}`)

describe('the script of a recording', () => {
  it('has an outcome for each order, by its coId or its looks, and says what was seen', () => {
    const script = scriptOfCalls(
      placed('a', '1'),
      seen('1', 'RECEIVED'),
      seen('1', 'NEW'),
      placed('b', '2', { side: 'Sell', timeInForce: 'IOC' }),
      seen('1', 'NEW'),
      seen('1', 'NEW', { cumQty: 400 }),
      seen('1', 'FILLED', { cumQty: 1_000 }),
      seen('2', 'REJECTED', { reason: 'No', reasonCode: 'LP_17' }),
    )
    assert.deepEqual(script, {
      kind: 'integral-harness outcome script',
      version: 1,
      source: { file: 'transcript.ndjson', format: 'transcript' },
      settings: {},
      orders: [
        {
          call: 1,
          coId: 'a',
          match: { type: 'Limit', symbol: 'EUR/USD', side: 'Buy', timeInForce: 'GTC' },
          note: 'order 1: RECEIVED, NEW 2×, NEW with 400 dealt, FILLED',
          outcome: {
            kind: 'fill in shares',
            shares: [0.4, 0.6],
            received: { polls: 1 },
            new: [{ polls: 2 }, { polls: 1 }],
          },
        },
        {
          call: 2,
          coId: 'b',
          match: { type: 'Limit', symbol: 'EUR/USD', side: 'Sell', timeInForce: 'IOC' },
          note: 'order 2: REJECTED',
          outcome: {
            kind: 'reject before NEW',
            reason: 'No',
            code: 'LP_17',
            received: { polls: 0 },
          },
        },
      ],
      refusals: [],
      unanswered: [],
      notReproduced: [],
    })
  })

  it('holds an order whose end was not seen, and one that the client cancelled', () => {
    assert.deepEqual(outcomeOf(placed('a', '1')), { kind: 'fill', received: 'held' })
    assert.deepEqual(outcomeOf(placed('a', '1'), seen('1', 'NEW')), {
      kind: 'fill',
      received: { polls: 0 },
      new: 'held',
    })
    assert.deepEqual(
      outcomeOf(placed('a', '1'), seen('1', 'NEW'), cancelled('1'), seen('1', 'CANCELED')),
      { kind: 'fill', received: { polls: 0 }, new: 'held' },
    )
  })

  it('has a cancellation come late, too late, or to no effect, as it did', () => {
    const working = [placed('a', '1'), seen('1', 'NEW')]
    const late = outcomeOf(...working, cancelled('1'), seen('1', 'NEW'), seen('1', 'CANCELED'))
    assert.deepInclude(late, { new: 'held', cancel: { polls: 1 } })
    const tooLate = outcomeOf(...working, cancelled('1', 400), seen('1', 'FILLED'))
    assert.deepInclude(tooLate, { kind: 'fill', new: { polls: 1 }, cancel: 'too late' })
    const overtaken = outcomeOf(...working, cancelled('1'), seen('1', 'FILLED'))
    assert.deepInclude(overtaken, { kind: 'fill', new: { polls: 1 }, cancel: 'overtaken' })
    const lost: Written = { method: 'DELETE', path: '/v2/orders/1' }
    assert.deepInclude(outcomeOf(...working, lost, seen('1', 'CANCELED')), { new: 'held' })
    assert.deepInclude(outcomeOf(...working, lost, seen('1', 'FILLED')), { new: { polls: 1 } })
  })

  it('has what nobody cancelled lapse as it did, whatever its time in force', () => {
    const course = (status: string) =>
      outcomeOf(placed('a', '1', { timeInForce: 'DAY' }), seen('1', 'NEW'), seen('1', status))
    assert.deepEqual(course('EXPIRED'), {
      kind: 'expire',
      lapsesAs: 'EXPIRED',
      received: { polls: 0 },
      new: { polls: 1 },
      outlasts: true,
    })
    assert.deepInclude(course('CANCELED'), { lapsesAs: 'CANCELED' })
    assert.deepInclude(course('CANCELLED'), { lapsesAs: 'CANCELED' })
  })

  it('takes an order that is no longer listed for ended', () => {
    const calls = [placed('a', '1'), listed({ orderId: '1', status: 'NEW' }), listed()]
    assert.deepInclude(outcomeOf(...calls, seen('1', 'FILLED')), {
      kind: 'fill',
      new: { polls: 1 },
    })
    assert.deepEqual(missing(...calls), [
      'placing 1 (coId a): It ended, and how was not seen: it is filled.',
    ])
  })

  it('keeps refusals as they were answered, HTML and all', () => {
    const error = { status: 'ERROR', errorCode: 'X', errorMessage: 'No', responseTuples: null }
    const { refusals, orders } = scriptOfCalls(
      placed('a', '1'),
      refused('b', 400, error),
      refused('c', 502, '<html>'),
    )
    assert.lengthOf(orders, 1)
    const match = { type: 'Limit', symbol: 'EUR/USD', side: 'Buy', timeInForce: 'GTC' } as const
    const rest = { match, contentType: 'application/json', taken: false }
    assert.deepEqual(refusals, [
      { call: 2, coId: 'b', status: 400, body: JSON.stringify(error), ...rest },
      { call: 3, coId: 'c', status: 502, body: '<html>', ...rest },
    ])
  })

  it('finds the order of a placing without an answer, or with a wrong one, by its coId', () => {
    const lost: Written = { method: 'POST', path: '/v2/orders', body: sent('a') }
    const found: Written = {
      method: 'GET',
      path: '/v2/orders?coId=a',
      status: 200,
      answer: [{ orderId: '1', coId: 'a', status: 'NEW' }],
    }
    const script = scriptOfCalls(lost, found, seen('1', 'FILLED'))
    assert.deepInclude(script.unanswered[0], { call: 1, coId: 'a', taken: true })
    assert.deepInclude(script.orders[0]?.outcome, { kind: 'fill', new: { polls: 1 } })
    const late = scriptOfCalls(lost, placed('b', '2'), found)
    assert.deepEqual(
      late.orders.map(({ call, coId }) => [call, coId]),
      [
        [1, 'a'],
        [2, 'b'],
      ],
    )
    const failed = scriptOfCalls(refused('a', 500, {}), found)
    assert.deepInclude(failed.refusals[0], { call: 1, status: 500, taken: true })
    assert.lengthOf(failed.orders, 1)
    const none = scriptOfCalls(lost, { ...found, answer: [] })
    assert.deepInclude(none.unanswered[0], { call: 1, taken: false })
    assert.isEmpty(none.orders)
  })

  const DEPARTURES: readonly (readonly [why: string, calls: readonly Written[]])[] = [
    [
      'It is of type Market, in which the simulation does not deal.',
      [placed('a', '1', { type: 'Market' })],
    ],
    [
      'It is in XAU/USD, which the simulation does not know.',
      [placed('a', '1', { symbol: 'XAU/USD' })],
    ],
    [
      'It was NEW in the answer to its placing; the simulation says RECEIVED.',
      [placed('a', '1', {}, { status: 'NEW' })],
    ],
    [
      'It ended EXPIRED, which cannot happen to a PQ order: it is held.',
      [placed('a', '1', { type: 'PQ' }), seen('1', 'EXPIRED')],
    ],
    [
      'It was dealt in part, which cannot happen to an order that is all or nothing.',
      [placed('a', '1', { timeInForce: 'FOK' }), seen('1', 'NEW', { cumQty: 5 })],
    ],
    [
      'It was dealt in parts that are more than its size.',
      [placed('a', '1'), seen('1', 'NEW', { cumQty: 5_000 })],
    ],
    [
      'It was rejected though it was dealt in part.',
      [placed('a', '1'), seen('1', 'NEW', { cumQty: 5 }), seen('1', 'REJECTED', { cumQty: 5 })],
    ],
    [
      'It became REJECTED after it had ended FILLED.',
      [placed('a', '1'), seen('1', 'FILLED'), seen('1', 'REJECTED')],
    ],
    [
      'It went back to RECEIVED with 0 dealt.',
      [placed('a', '1'), seen('1', 'NEW'), seen('1', 'RECEIVED')],
    ],
    [
      'It had the status WORKING, which is not documented.',
      [placed('a', '1'), seen('1', 'WORKING')],
    ],
    [
      'It was unknown to a query; the simulation knows it at once.',
      [placed('a', '1'), { method: 'GET', path: '/v2/orders/1', status: 404, answer: {} }],
    ],
    [
      'It was not listed as active while it worked.',
      [placed('a', '1'), listed(), seen('1', 'NEW')],
    ],
    [
      'It was at work after a cancellation was refused; the simulation ends it before.',
      [placed('a', '1'), cancelled('1', 400), seen('1', 'NEW')],
    ],
    [
      'It was dealt in between the last query and its cancellation, which a replay leaves out.',
      [placed('a', '1'), cancelled('1'), seen('1', 'CANCELED', { cumQty: 5 })],
    ],
  ]
  for (const [why, calls] of DEPARTURES) {
    it(`says what it does not reproduce: ${why}`, () => {
      assert.deepEqual(missing(...calls), [`placing 1 (coId a): ${why}`])
    })
  }

  it('says which orders nobody placed, and which calls failed', () => {
    const failed: Written = { method: 'GET', path: '/v2/orders/1', status: 503, answer: {} }
    const calls = [placed('a', '1'), seen('9', 'NEW'), failed, failed, seen('1', 'FILLED')]
    assert.deepEqual(missing(...calls), [
      'order 9: It was not placed in the recording, or not by this address.',
      'GET of an order → 503, 2 times: Queries and cancellations are not disturbed by a script; stage a fault.',
    ])
    // A failed query saw nothing.
    assert.deepInclude(outcomeOf(...calls), { received: { polls: 0 }, new: { polls: 0 } })
  })
})

describe('settings that a recording speaks for', () => {
  const object = { orderId: '1', status: 'NEW', coId: 'a' }
  const SHOWN: readonly (readonly [settings: Partial<Settings>, call: Written])[] = [
    [{ 'query.shape': 'object' }, { ...seen('1', 'NEW'), answer: object }],
    [{ 'cancel.status': 'CANCELLED' }, seen('1', 'CANCELLED')],
    [
      { 'partial.workingStatus': 'PARTIAL' },
      seen('1', 'PARTIAL', { cumQty: 5, size: 10, leavesQty: 5 }),
    ],
    [{ 'cancel.successStatus': 204 }, cancelled('1', 204)],
    [{ 'cancel.tooLate': 409 }, cancelled('1', 409)],
    [
      { 'reject.fields': { reason: 'rejectText', code: 'rejectCode' } },
      seen('1', 'REJECTED', { rejectText: 'No', rejectCode: 'X', note: 'y' }),
    ],
    [
      { errorShape: { code: '{code}', message: '{message}', more: null } },
      refused('b', 400, { code: 'X', message: 'No', more: null }),
    ],
    [
      { 'paths.queryByClient': '/v2/orders/client/{coId}' },
      { method: 'GET', path: '/v2/orders/client/a', status: 200, answer: [object] },
    ],
    [{}, seen('1', 'REJECTED', { reason: 'No', reasonCode: 'X' })],
    [{}, seen('1', 'NEW', { cumQty: 5, size: 10, leavesQty: 5 })],
  ]
  for (const [settings, call] of SHOWN) {
    it(`are ${JSON.stringify(settings)} for ${JSON.stringify(call.answer ?? call.status)}`, () => {
      assert.deepEqual(scriptOfCalls(placed('a', '1'), call).settings, settings)
    })
  }
})
