import './with-cucumber.ts'
import { describe, it } from 'node:test'
import { AssertionError, assert } from 'chai'
import { NotVerifiedError } from '../../src/backends/not-verified-error.ts'
import type { Placing } from '../../src/steps/placed-order.ts'
import { turnedDown } from '../../src/steps/placed-twice.ts'
import { acceptance, FakeWorld, refusal } from './fake-world.ts'

/** What comes of it where the second placing is answered so, and its order seen so. */
function outcomeOf(placing: Placing, seen: readonly string[] = []): Promise<unknown> {
  const fake = new FakeWorld({ 2: seen })
  const [first, again] = [fake.order([acceptance('1')]), fake.order([placing])]
  return fake.clock.run(turnedDown(fake.world, first, again)).catch((error: unknown) => error)
}

const malformed: Placing = {
  ...{ kind: 'malformed', operation: 'placeOrder', httpStatus: 202, raw: '{}', requestId: '1' },
  problems: [{ path: 'orderId', message: 'missing' }],
} as Placing
const doubt = { kind: 'in doubt', cause: 'no HTTP answer', result: 'unknown', lookups: 3 } as const

describe('Placing the same order again', () => {
  const none: readonly (readonly [title: string, Placing, seen: string[], ids: string[]])[] = [
    ['is refused', refusal(400), [], []],
    ['is refused as a conflict', refusal(409), [], []],
    ['tells the first order once more', acceptance('1'), [], []],
    ['makes an order that is rejected', acceptance('2'), ['REJECTED'], ['2']],
    ['makes an order that is rejected late', acceptance('2'), ['RECEIVED', 'REJECTED'], ['2']],
  ]
  for (const [title, placing, seen, ids] of none) {
    it(`makes no second order where it ${title}`, async () => {
      assert.deepEqual(await outcomeOf(placing, seen), ids)
    })
  }

  const open: readonly (readonly [title: string, RegExp, Placing, seen?: string[]])[] = [
    [
      'an order that works',
      /used twice here: .* order 2 as well, which became NEW$/,
      acceptance('2'),
      ['RECEIVED', 'NEW'],
    ],
    ['an order that is dealt', /which became FILLED$/, acceptance('2'), ['FILLED']],
    ['an order that stays RECEIVED', /which became RECEIVED$/, acceptance('2'), ['RECEIVED']],
    ['no answer', /brought no HTTP answer; looked up by its client id, unknown$/, doubt],
    ['a refusal of the login', /HTTP 401, refused, which is not about the order$/, refusal(401)],
    ['a refusal for the pace', /HTTP 429, refused, which is not about the order$/, refusal(429)],
    ['a failure of the server', /HTTP 503, refused, which is not about the order$/, refusal(503)],
  ]
  for (const [title, why, placing, seen] of open) {
    it(`is not verified where it brings ${title}`, async () => {
      const error = await outcomeOf(placing, seen)
      assert.instanceOf(error, NotVerifiedError)
      assert.match(String(error), why)
    })
  }

  it('fails where the answer is not as documented', async () => {
    const error = await outcomeOf(malformed)
    assert.instanceOf(error, AssertionError)
    assert.match(String(error), /HTTP 202, not as documented \(orderId: missing\)/)
  })
})
