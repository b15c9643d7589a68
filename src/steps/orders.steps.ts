import { Then, When } from '@cucumber/cucumber'
import { assert } from 'chai'
import type { OrderStatus } from '../api/contract/statuses.ts'
import { codeOf, isSuccess } from '../backends/playing/client-event.ts'
import type { ClientStory } from '../backends/playing/client-story.ts'
import { cue, watched } from '../backends/playing/roles.ts'
import { awaitEnd, awaitStatus } from './await-status.ts'
import { describe } from './placed-order.ts'
import { becomes } from './told.ts'
import { type TradingWorld, traderOf } from './world.ts'

/** Queries that look whether a final status stays. */
const LOOKS_AFTER_THE_END = 3

When(
  '{trader} queries the order',
  cue(['queryOrder', 'queryOrders'], { order: () => undefined }),
  async function (this: TradingWorld, name: string) {
    await this.trader(name).query(this.order)
  },
)

When(
  '{trader} queries the order until it is final',
  cue(['queryOrder', 'queryOrders'], { order: () => undefined, untilFinal: true }),
  async function (this: TradingWorld, name: string) {
    assert.include(this.trader(name).orders, this.order, `The order should be one of ${name}'s.`)
    await awaitEnd(this, this.order)
  },
)

Then(
  'the order should be received, not executed',
  watched(({ order }) => order?.statuses[0] === 'RECEIVED'),
  function (this: TradingWorld) {
    const { placing } = this.order
    assert(placing.kind === 'success', `The order should be received: ${describe(placing)}.`)
    assert.equal(placing.httpStatus, 202, 'Received for processing is HTTP 202.')
    assert.equal(placing.value.status, 'RECEIVED')
  },
)

const becoming = watched(({ order }: ClientStory, expected: OrderStatus) =>
  becomes(order, expected),
)
Then(
  'the order should be {status}',
  becoming,
  async function (this: TradingWorld, expected: OrderStatus) {
    await awaitStatus(this, this.order, expected)
  },
)

Then(
  'the {word} order should be {status}',
  watched((story: ClientStory, called: string, expected: OrderStatus) =>
    becomes(story.orderNamed(called), expected),
  ),
  async function (this: TradingWorld, called: string, expected: OrderStatus) {
    await awaitStatus(this, this.orderNamed(called), expected)
  },
)

Then(
  'the order should still be {status}',
  becoming,
  async function (this: TradingWorld, expected: OrderStatus) {
    await awaitStatus(this, this.order, expected)
    for (let look = 0; look < LOOKS_AFTER_THE_END; look++) {
      await this.backend.clock.sleep(1_000)
      await traderOf(this).query(this.order)
      assert.equal(this.order.view.status, expected, 'A final status never changes.')
    }
  },
)

Then(
  'the statuses seen should be {statuses}',
  watched(({ order }: ClientStory, expected: string[]) => `${order?.statuses}` === `${expected}`),
  function (this: TradingWorld, expected: string[]) {
    assert.deepEqual([...this.order.statuses], expected)
  },
)

/** Polling samples: a status between the first and the last may be missing, none may be added. */
Then(
  'what was seen should lie on the way {statuses}',
  watched(
    ({ order }: ClientStory, way: string[]) =>
      order?.statuses.every((status) => way.includes(status)) === true &&
      order.statuses.at(-1) === way.at(-1),
  ),
  function (this: TradingWorld, way: string[]) {
    const { statuses } = this.order
    assert.deepEqual(
      [...statuses],
      way.filter((status) => statuses.includes(status)),
    )
    assert.equal(statuses.at(-1), way.at(-1), 'The way leads to its end.')
  },
)

Then(
  'the reason should be {string}',
  watched(({ order }: ClientStory, expected: string) => order?.view?.reason === expected),
  function (this: TradingWorld, expected: string) {
    assert.equal(this.order.view.reason, expected)
  },
)

Then('the answer should repeat what was sent', function (this: TradingWorld) {
  const { sent, view } = this.order
  const required = ['coId', 'type', 'timeInForce', 'side', 'currency', 'symbol', 'size']
  const names = Object.keys(sent).filter((name) => required.includes(name) || name in view)
  assert.deepEqual(
    Object.fromEntries(names.map((name) => [name, view[name]])),
    Object.fromEntries(names.map((name) => [name, sent[name]])),
    'An order object carries the fields of its placing.',
  )
})

Then(
  'the cancellation should be taken on',
  watched(({ order }) => order?.cancellation !== undefined && isSuccess(order.cancellation)),
  function (this: TradingWorld) {
    const { answer } = this
    const sentence = `The cancellation should be taken on: ${describe(answer)}.`
    if (answer.kind === 'refusal') this.notVerified(sentence)
    assert(answer.kind === 'success', sentence)
  },
)

/** Nothing says that cancelling what has ended must be refused: it must only change nothing. */
Then(
  'the cancellation should be refused',
  watched(({ order }) => order?.cancellation !== undefined && codeOf(order.cancellation) >= 400),
  function (this: TradingWorld) {
    const { answer } = this
    const sentence = `It should be too late to cancel: ${describe(answer)}.`
    if (answer.kind === 'success') this.notVerified(sentence)
    assert(answer.kind === 'refusal', sentence)
  },
)
