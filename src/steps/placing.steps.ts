import { Given, When } from '@cucumber/cucumber'
import type { Side } from '../api/contract/common.ts'
import { needs } from '../backends/needs.ts'
import { cue, together } from '../backends/playing/roles.ts'
import { atBestTerms, limitTerms, pqTerms } from './order-cues.ts'
import { harmlessFields, limitFields, pqFields, rateFor } from './order-fields.ts'
import type { Alteration } from './parameters.ts'
import { place, placeOnce } from './place.ts'
import type { PlacedOrder } from './placed-order.ts'
import { type Amount, dealtFields, type Life, movedBy, type RelativePrice } from './terms.ts'
import type { TradingWorld } from './world.ts'

const unaltered: Alteration = (fields) => ({ ...fields })

async function placesPq(this: TradingWorld, name: string, side: Side, amount: Amount) {
  await place(this, name, async (isFirst) =>
    pqFields(this, await rateFor(this, name, isFirst), side, amount),
  )
}
const pqCue = cue('placeOrder', { terms: pqTerms })
When('{trader} places a previously quoted order to {side} {amount} at that rate', pqCue, placesPq)
Given(
  '{trader} has placed a previously quoted order to {side} {amount} at that rate',
  pqCue,
  placesPq,
)

When(
  '{trader} places a previously quoted order to {side} {amount} at that rate, {alteration}',
  pqCue,
  async function (this: TradingWorld, name: string, side: Side, _: Amount, alter: Alteration) {
    const fields = pqFields(this, this.trader(name).rate, side, { kind: 'smallest' })
    this.order = await placeOnce(this, name, alter(fields))
  },
)

When(
  '{trader} places a previously quoted order to {side} {amount} at that rate, {int} pips off the quote',
  pqCue,
  async function (this: TradingWorld, name: string, side: Side, amount: Amount, pips: number) {
    const { rate } = this.trader(name)
    const fields = pqFields(this, rate, side, amount)
    const away = side === 'Buy' ? -pips : pips
    const price = movedBy(away, Number(fields.price), rate.symbol)
    this.order = await placeOnce(this, name, { ...fields, price })
  },
)

When(
  '{trader} places a previously quoted order at the rate of {trader}',
  cue('placeOrder', { terms: () => ({ type: 'PQ', side: 'Buy' }) }),
  async function (this: TradingWorld, name: string, other: string) {
    const amount: Amount = { kind: 'small', of: 'base' }
    const fields = pqFields(this, this.trader(other).rate, 'Buy', amount)
    this.order = await placeOnce(this, name, fields)
  },
)

When(
  '{trader} places a previously quoted order for {symbol} at that rate',
  together(
    needs('trade any pair'),
    cue('placeOrder', {
      terms: (_name: string, symbol: string) => ({ type: 'PQ', side: 'Buy', symbol }),
    }),
  ),
  async function (this: TradingWorld, name: string, symbol: string) {
    const amount: Amount = { kind: 'small', of: 'base' }
    const other = await this.trader(name).lookAtMarket(symbol)
    const { rateId } = this.trader(name).rate
    this.order = await placeOnce(this, name, { ...pqFields(this, other, 'Buy', amount), rateId })
  },
)

async function placesLimit(
  this: TradingWorld,
  name: string,
  side: Side,
  amount: Amount,
  price: RelativePrice,
  life: Life,
) {
  await place(this, name, () => limitFields(this, name, { side, amount, ...price, ...life }))
}
const limitCue = cue('placeOrder', { terms: limitTerms })
When('{trader} places a limit order to {side} {amount} {limitPrice}, {life}', limitCue, placesLimit)
Given(
  '{trader} has placed a limit order to {side} {amount} {limitPrice}, {life}',
  limitCue,
  placesLimit,
)

Given(
  '{trader} has placed a limit order to {side} {amount} {limitPrice}, {life}, as the {word} order',
  limitCue,
  async function (
    this: TradingWorld,
    name: string,
    side: Side,
    amount: Amount,
    price: RelativePrice,
    life: Life,
    called: string,
  ) {
    const build = () => limitFields(this, name, { side, amount, ...price, ...life })
    this.nameOrder(called, await place(this, name, build))
  },
)

async function placesHarmless(this: TradingWorld, name: string, alter: Alteration): Promise<void> {
  this.order = await placeOnce(this, name, alter(await harmlessFields(this, name)))
}

const anyLimitCue = cue('placeOrder', {
  terms: (_name: string, alter: Alteration = unaltered) => ({ type: 'Limit', alter }),
})

When('{trader} places a limit order {alteration}', anyLimitCue, placesHarmless)

When(
  '{trader} places a harmless limit order',
  anyLimitCue,
  function (this: TradingWorld, name: string) {
    return placesHarmless.call(this, name, unaltered)
  },
)

When(
  '{trader} places an order under the same client id',
  cue('placeOrder', { terms: () => ({ isRepeated: true }) }),
  async function (this: TradingWorld, name: string) {
    const { coId } = this.order
    await placesHarmless.call(this, name, (fields) => ({ ...fields, coId }))
  },
)

When(
  '{trader} places a good-for-a-while limit order {alteration}',
  anyLimitCue,
  async function (this: TradingWorld, name: string, alter: Alteration) {
    const fields = await harmlessFields(this, name)
    const waiting = { ...fields, timeInForce: 'GTT', expiryTime: 1 }
    this.order = await placeOnce(this, name, alter(waiting))
  },
)

When(
  '{trader} places an at-best order to {side} {amount}',
  cue('placeOrder', { terms: atBestTerms }),
  async function (this: TradingWorld, name: string, side: Side, amount: Amount) {
    const { agreed, clock } = this.backend
    const rate = await this.trader(name).lookAtMarket(agreed.symbol)
    const valueDate = new Date(clock.now()).toISOString().slice(0, 10)
    const fixed = { coId: this.newCoId(), type: 'AtBest', timeInForce: 'FOK', valueDate }
    const dealt = dealtFields(side, amount, rate, agreed)
    this.order = await placeOnce(this, name, { ...fixed, ...dealt })
  },
)

When(
  '{trader} places something that is not JSON',
  cue('placeOrder'),
  async function (this: TradingWorld, name: string) {
    this.order = await this.trader(name).placeText('{"coId": "half an or')
  },
)

async function cancels(world: TradingWorld, name: string, order: PlacedOrder): Promise<void> {
  const answer = await world.trader(name).client.cancelOrder(order.id)
  order.cancellation = answer
  world.answer = answer
}

When(
  '{trader} cancels the order',
  cue('cancelOrder', { order: () => undefined }),
  async function (this: TradingWorld, name: string) {
    await cancels(this, name, this.order)
  },
)

When(
  '{trader} cancels the {word} order',
  cue('cancelOrder', { order: (_name: string, called: string) => called }),
  async function (this: TradingWorld, name: string, called: string) {
    await cancels(this, name, this.orderNamed(called))
  },
)
