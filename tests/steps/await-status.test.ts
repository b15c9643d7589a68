import './with-cucumber.ts'
import { describe, it } from 'node:test'
import { AssertionError, assert } from 'chai'
import { NotVerifiedError } from '../../src/backends/not-verified-error.ts'
import { awaitEnd, awaitStatus } from '../../src/steps/await-status.ts'
import type { Placing } from '../../src/steps/placed-order.ts'
import { acceptance, FakeWorld, refusal } from './fake-world.ts'

async function thrownBy(work: Promise<unknown>): Promise<unknown> {
  try {
    await work
  } catch (error) {
    return error
  }
  return assert.fail('Expected an error.')
}

const three = ['1', '2', '3'].map((id) => acceptance(id))
const four = [...three, acceptance('4')]

describe('Waiting for a status', () => {
  it('asks one at a time, soon and then at growing pauses, until it is there', async () => {
    const fake = new FakeWorld({ 1: ['RECEIVED', 'NEW', 'NEW', 'FILLED'] })
    const order = fake.order([acceptance('1')])
    const got = await fake.clock.run(awaitStatus(fake.world, order, 'FILLED'))
    assert.strictEqual(got, order)
    assert.deepEqual([fake.queried.length, fake.clock.now()], [4, 700])
    assert.deepEqual(order.statuses, ['RECEIVED', 'NEW', 'FILLED'])
  })

  it('asks at least once: what the placing said shows nothing', async () => {
    const fake = new FakeWorld({ 1: ['NEW', 'FILLED'] })
    const order = fake.order([acceptance('1', { status: 'FILLED' })])
    await fake.clock.run(awaitStatus(fake.world, order, 'FILLED'))
    assert.equal(fake.queried.length, 2)
  })

  it('goes on with a further attempt after another documented ending, twice at most', async () => {
    const fake = new FakeWorld({ 1: ['REJECTED'], 2: ['EXPIRED'], 3: ['FILLED'] })
    const got = await fake.clock.run(awaitStatus(fake.world, fake.order(three), 'FILLED'))
    assert.equal(got.id, '3')
    const never = new FakeWorld({ 1: ['REJECTED'], 2: ['EXPIRED'], 3: ['REJECTED'] })
    const error = await thrownBy(
      never.clock.run(awaitStatus(never.world, never.order(four), 'FILLED')),
    )
    assert.instanceOf(error, NotVerifiedError)
    assert.lengthOf(never.placed, 3)
    assert.include(
      String(error),
      'Order 3 should have become FILLED; seen was RECEIVED → REJECTED.',
    )
  })

  it('counts the attempts at its placing too', async () => {
    const fake = new FakeWorld({ 1: ['REJECTED'] })
    const order = fake.order(three, { type: 'Limit' }, 2)
    const error = await thrownBy(fake.clock.run(awaitStatus(fake.world, order, 'FILLED')))
    assert.instanceOf(error, NotVerifiedError)
    assert.lengthOf(fake.placed, 1)
  })

  for (const [title, placing] of [
    ['is refused', refusal(400)],
    ['gets no answer', { kind: 'in doubt', cause: 'x', result: 'unknown', lookups: 0 }],
  ] as const satisfies readonly (readonly [string, Placing])[]) {
    it(`is not verified, and no failure, where the further attempt ${title}`, async () => {
      const fake = new FakeWorld({ 1: ['REJECTED'] })
      const order = fake.order([acceptance('1'), placing, acceptance('3')])
      const error = await thrownBy(fake.clock.run(awaitStatus(fake.world, order, 'FILLED')))
      assert.instanceOf(error, NotVerifiedError)
      assert.include(String(error), 'Trying again brought')
      assert.lengthOf(fake.placed, 2)
    })
  }

  it('does not try again what was cancelled, or ended in a way that would only come again', async () => {
    const cancelled = new FakeWorld({ 1: ['FILLED'] })
    const order = cancelled.order(three)
    order.cancellation = {
      ...{ kind: 'success', operation: 'cancelOrder', value: undefined },
      ...{ httpStatus: 202, raw: '', requestId: 'request' },
    }
    const work = awaitStatus(cancelled.world, order, 'CANCELED')
    assert.instanceOf(await thrownBy(cancelled.clock.run(work)), NotVerifiedError)
    assert.deepEqual([cancelled.placed.length, cancelled.asked[0]?.kind], [1, 'cancellation'])
    const variant = new FakeWorld({ 1: ['CANCELED'] })
    const expiring = awaitStatus(variant.world, variant.order(three), 'EXPIRED')
    assert.instanceOf(await thrownBy(variant.clock.run(expiring)), NotVerifiedError)
    assert.lengthOf(variant.placed, 1)
  })

  it('fails on an ending that the lifecycle does not have', async () => {
    const fake = new FakeWorld({ 1: ['EXPIRED'] })
    const order = fake.order(three, { type: 'PQ' })
    const error = await thrownBy(fake.clock.run(awaitStatus(fake.world, order, 'FILLED')))
    assert.instanceOf(error, AssertionError)
    assert.lengthOf(fake.placed, 1)
  })

  it('fails when the whole deadline has passed in vain, and counts that', async () => {
    const fake = new FakeWorld({ 1: ['NEW'] })
    const work = awaitStatus(fake.world, fake.order(three), 'FILLED')
    assert.instanceOf(await thrownBy(fake.clock.run(work)), AssertionError)
    assert.deepEqual(fake.breaches, ['order to end'])
    assert.isAtLeast(fake.clock.now(), 14_000)
    assert.isAtMost(fake.clock.now(), 15_000)
  })

  it('is not verified, and counts nothing, when it was cut short', async () => {
    const fake = new FakeWorld({ 1: ['NEW'] })
    fake.cut = { withinMs: 2_000, isFull: false }
    const work = awaitStatus(fake.world, fake.order(three), 'FILLED')
    assert.instanceOf(await thrownBy(fake.clock.run(work)), NotVerifiedError)
    assert.deepEqual([fake.breaches, fake.placed.length], [[], 1])
    assert.isAtMost(fake.clock.now(), 2_000)
  })

  it('waits for the life of an order that is good for some time, and a while', async () => {
    const fake = new FakeWorld({ 1: ['EXPIRED'] })
    const sent = { type: 'Limit', timeInForce: 'GTT', expiryTime: 3 }
    await fake.clock.run(awaitStatus(fake.world, fake.order(three, sent), 'EXPIRED'))
    assert.deepEqual(fake.asked, [{ kind: 'order to end', withinMs: 8_000 }])
  })

  it('takes it for no failure that NEW is never seen', async () => {
    const fake = new FakeWorld({ 1: ['FILLED'] })
    fake.furtherAttempts = 0
    const work = awaitStatus(fake.world, fake.order([acceptance('1')]), 'NEW')
    assert.instanceOf(await thrownBy(fake.clock.run(work)), NotVerifiedError)
    assert.equal(fake.asked[0]?.kind, 'order to be NEW')
  })
})

describe('Waiting for an end', () => {
  it('is content with any, and fails with none', async () => {
    const fake = new FakeWorld({ 1: ['NEW', 'REJECTED'], 2: ['NEW'] })
    await fake.clock.run(awaitEnd(fake.world, fake.order([acceptance('1')])))
    const work = awaitEnd(fake.world, fake.order([acceptance('2')]))
    assert.instanceOf(await thrownBy(fake.clock.run(work)), AssertionError)
    assert.deepEqual(fake.breaches, ['order to end'])
  })
})
