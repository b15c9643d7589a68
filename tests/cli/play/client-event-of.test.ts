import { describe, it } from 'node:test'
import { assert } from 'chai'
import { clientEventOf } from '../../../src/cli/play/client-event-of.ts'
import type { Delivery } from '../../../src/mocks/http/door.ts'

function eventOf(body: string, delivery: Pick<Delivery, 'answer' | 'breakOffAfter'>) {
  const query = new URLSearchParams({ coId: 'a b' })
  const request = { body, query, params: { id: '7' } }
  return clientEventOf({
    operation: 'queryOrders',
    at: 5,
    user: 'u',
    exchange: 9,
    request,
    delivery,
  })
}

describe('What a play is told of a call', () => {
  const answer = { status: 200, headers: [], text: '[{"orderId":"1"}]' }

  it('is what was sent and what reached the client, parsed', () => {
    assert.deepEqual(eventOf('{"a":1}', { answer }), {
      ...{ operation: 'queryOrders', at: 5, user: 'u', exchange: 9 },
      request: { body: { a: 1 }, query: { coId: 'a b' }, params: { id: '7' } },
      answer: { status: 200, body: [{ orderId: '1' }] },
    })
  })

  it('has no body where there is none, or none that is JSON', () => {
    const page = { status: 502, headers: [], text: '<html>' }
    assert.deepEqual(eventOf('half', { answer: page }).request.body, undefined)
    assert.deepEqual(eventOf('', { answer: page }).answer, { status: 502, body: undefined })
  })

  it('has no answer where the connection was cut, or broke off in the middle', () => {
    assert.equal(eventOf('', { answer: 'cut' }).answer, 'none')
    assert.equal(eventOf('', { answer, breakOffAfter: 3 }).answer, 'none')
  })
})
