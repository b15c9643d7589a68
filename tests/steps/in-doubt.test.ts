import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Answer } from '../../src/api/client/answer.ts'
import type { IntegralClient } from '../../src/api/client/integral-client.ts'
import { NoAnswerError } from '../../src/api/client/no-answer-error.ts'
import type { Order } from '../../src/api/contract/orders.ts'
import type { Backend } from '../../src/backends/backend.ts'
import { NotVerifiedError } from '../../src/backends/not-verified-error.ts'
import { causeOfDoubt, lookUp } from '../../src/steps/in-doubt.ts'
import { ORDER } from '../api/stub.ts'
import { SteppingClock } from '../backends/stepping-clock.ts'

const unanswered = new NoAnswerError(
  {
    ...({ operation: 'placeOrder', method: 'POST', requestId: 'r' } as const),
    ...{ url: 'http://integral.test/v2/orders', httpStatus: undefined },
  },
  Object.assign(new Error('x'), { code: 'ECONNRESET' }),
)
const told = { operation: 'placeOrder', requestId: '1' } as const
const refusal = (httpStatus: number, raw = ''): Answer<never> => ({
  ...{ kind: 'refusal', httpStatus, raw, ...told },
})
const malformed: Answer<never> = {
  ...{ kind: 'malformed', httpStatus: 200, raw: '<html>', problems: [], ...told },
}
const orders = (...value: Order[]): Answer<readonly Order[]> => ({
  ...{ kind: 'success', httpStatus: 200, raw: '', value, ...told },
})

type Look = Answer<readonly Order[]> | Error

/** Looks up `c1` where the looks bring this; the last one goes on for ever. */
function lookedUp(coId: string, ...looks: Look[]) {
  return lookedUpBeside(orders(), coId, ...looks)
}

/** The same, where the list of active orders brings `active`. */
function lookedUpBeside(active: Look, coId: string, ...looks: Look[]) {
  const clock = new SteppingClock(0)
  const at: number[] = []
  const client = {
    queryOrdersByCoId: async (asked: string) => {
      assert.equal(asked, coId)
      at.push(clock.now())
      const look = looks.length > 1 ? looks.shift() : looks[0]
      if (look instanceof Error) throw look
      return look
    },
    queryActiveOrders: async () => {
      if (active instanceof Error) throw active
      return active
    },
  } as unknown as IntegralClient
  const patience = {
    poll: { firstMs: 100, factor: 2, mostMs: 800 },
    doubtWithinMs: 3_000,
  } as Backend['patience']
  return { at, doubt: clock.run(lookUp(coId, 'no answer', client, { clock, patience })) }
}

const ours = { ...ORDER, coId: 'c1' }

describe('The lookup of an order in doubt', () => {
  it('ends with the one order, as soon as it is seen, and not with another', async () => {
    const { at, doubt } = lookedUp('c1', orders(), orders(ORDER), orders(ORDER, ours))
    assert.deepInclude(await doubt, { kind: 'in doubt', result: 'one', order: ours, lookups: 3 })
    assert.deepEqual(at, [0, 100, 300])
  })

  it('ends with none seen where there was none throughout the window', async () => {
    for (const none of [orders(), orders(ORDER), refusal(404)]) {
      const { at, doubt } = lookedUp('c1', none)
      assert.deepInclude(await doubt, { result: 'none seen', lookups: at.length })
      assert.isAtLeast(at.at(-1) ?? 0, 3_000 - 800)
      assert.isAbove(at.length, 3)
    }
  })

  it('ends with unknown where the address of such queries may not exist', async () => {
    for (const active of [refusal(404), unanswered, malformed]) {
      const { doubt } = lookedUpBeside(active, 'c1', refusal(404))
      assert.deepInclude(await doubt, { result: 'unknown' })
    }
  })

  it('ends with unknown where the last look told nothing', async () => {
    for (const nothing of [unanswered, refusal(500), refusal(403), malformed]) {
      const { doubt } = lookedUp('c1', orders(), nothing)
      const result = await doubt
      assert.deepInclude(result, { result: 'unknown' })
      assert.notProperty(result, 'order')
    }
  })

  it('forgets a look that told nothing once a later one does', async () => {
    const { doubt } = lookedUp('c1', unanswered, refusal(502), orders())
    assert.deepInclude(await doubt, { result: 'none seen' })
    const found = lookedUp('c1', unanswered, malformed, orders(ours))
    assert.deepInclude(await found.doubt, { result: 'one' })
  })

  it('can know nothing of an order without a client id, and does not ask', async () => {
    const { at, doubt } = lookedUp('', orders(ORDER))
    assert.deepInclude(await doubt, { result: 'unknown', lookups: 0 })
    assert.isEmpty(at)
  })

  it('is over where the run is', async () => {
    const { doubt } = lookedUp('c1', new NotVerifiedError('the run is over'))
    const error = await doubt.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    assert.instanceOf(error, NotVerifiedError)
  })
})

describe('The answer to a placing', () => {
  const causeOf = (answer: Answer<Order> | Error) =>
    causeOfDoubt(async () => {
      if (answer instanceof Error) throw answer
      return answer
    })

  it('leaves a doubt where there is none, or a server error without an error object', async () => {
    assert.include(String(await causeOf(unanswered)), 'ECONNRESET')
    for (const raw of ['', '<html>', '[]', '"x"', '{"orderId":"1","status":"NEW"}']) {
      assert.equal(await causeOf(refusal(502, raw)), 'HTTP 502 without an error object')
    }
  })

  it('leaves none where it is a refusal, also with an error object and a server error', async () => {
    for (const answer of [refusal(400), refusal(503, '{"errorCode":"X"}'), malformed]) {
      assert.strictEqual(await causeOf(answer), answer)
    }
  })

  it('hands on what is no matter of the endpoint', async () => {
    for (const error of [new NotVerifiedError('over'), new TypeError('x')]) {
      const thrown = await causeOf(error).then(
        () => undefined,
        (each: unknown) => each,
      )
      assert.strictEqual(thrown, error)
    }
  })
})
