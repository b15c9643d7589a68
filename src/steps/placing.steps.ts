import { Given, When } from '@cucumber/cucumber'
import type { Side } from '../api/contract/common.ts'
import type { SpotRate } from '../api/contract/rates.ts'
import { needs } from '../backends/needs.ts'
import type { Alteration } from './parameter-types.ts'
import type { OrderFields, PlacedOrder } from './placed-order.ts'
import {
  type Amount,
  dealtFields,
  type Life,
  marketPrice,
  movedBy,
  type RelativePrice,
} from './terms.ts'
import type { TradingWorld } from './world.ts'

/** So far from the market that no order of a test is dealt by accident. */
const HARMLESS_PIPS = 200

const unaltered: Alteration = (fields) => ({ ...fields })

/** Places what is built, as the order the scenario is about. */
async function place(world: TradingWorld, name: string, fields: OrderFields): Promise<PlacedOrder> {
  const coId = typeof fields.coId === 'string' ? fields.coId : undefined
  const { nextOutcome } = world
  if (nextOutcome && coId !== undefined) await world.control.scriptOutcome(coId, nextOutcome)
  world.nextOutcome = undefined
  world.order = await world.trader(name).place(fields)
  return world.order
}

function pqFields(world: TradingWorld, rate: SpotRate, side: Side, amount: Amount): OrderFields {
  const dealt = dealtFields(side, amount, rate, world.backend.agreed)
  return {
    coId: world.newCoId(),
    type: 'PQ',
    timeInForce: 'FOK',
    ...dealt,
    price: marketPrice(dealt, rate),
    rateId: rate.rateId,
  }
}

async function limitFields(
  world: TradingWorld,
  name: string,
  terms: { readonly side: Side; readonly amount: Amount } & RelativePrice & Life,
): Promise<OrderFields> {
  const { agreed } = world.backend
  const rate = await world.trader(name).lookAtMarket(agreed.symbol)
  const dealt = dealtFields(terms.side, terms.amount, rate, agreed)
  return {
    coId: world.newCoId(),
    type: 'Limit',
    timeInForce: terms.timeInForce,
    ...dealt,
    price: movedBy(terms.pipsFromMarket, marketPrice(dealt, rate), rate.symbol),
    ...(terms.seconds !== undefined && { expiryTime: terms.seconds }),
  }
}

async function placesPq(this: TradingWorld, name: string, side: Side, amount: Amount) {
  await place(this, name, pqFields(this, this.trader(name).rate, side, amount))
}
When('{trader} places a previously quoted order to {side} {amount} at that rate', placesPq)
Given('{trader} has placed a previously quoted order to {side} {amount} at that rate', placesPq)

When(
  '{trader} places a previously quoted order to {side} {amount} at that rate, {alteration}',
  async function (this: TradingWorld, name: string, side: Side, amount: Amount, alter: Alteration) {
    await place(this, name, alter(pqFields(this, this.trader(name).rate, side, amount)))
  },
)

When(
  '{trader} places a previously quoted order to {side} {amount} at that rate, {int} pips off the quote',
  async function (this: TradingWorld, name: string, side: Side, amount: Amount, pips: number) {
    const { rate } = this.trader(name)
    const fields = pqFields(this, rate, side, amount)
    const away = side === 'Buy' ? -pips : pips
    await place(this, name, { ...fields, price: movedBy(away, Number(fields.price), rate.symbol) })
  },
)

When(
  '{trader} places a previously quoted order at the rate of {trader}',
  async function (this: TradingWorld, name: string, other: string) {
    const amount: Amount = { kind: 'small', of: 'base' }
    await place(this, name, pqFields(this, this.trader(other).rate, 'Buy', amount))
  },
)

When(
  '{trader} places a previously quoted order for {symbol} at that rate',
  needs('trade any pair'),
  async function (this: TradingWorld, name: string, symbol: string) {
    const amount: Amount = { kind: 'small', of: 'base' }
    const other = await this.trader(name).lookAtMarket(symbol)
    const { rateId } = this.trader(name).rate
    await place(this, name, { ...pqFields(this, other, 'Buy', amount), rateId })
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
  await place(this, name, await limitFields(this, name, { side, amount, ...price, ...life }))
}
When('{trader} places a limit order to {side} {amount} {limitPrice}, {life}', placesLimit)
Given('{trader} has placed a limit order to {side} {amount} {limitPrice}, {life}', placesLimit)

Given(
  '{trader} has placed a limit order to {side} {amount} {limitPrice}, {life}, as the {word} order',
  async function (
    this: TradingWorld,
    name: string,
    side: Side,
    amount: Amount,
    price: RelativePrice,
    life: Life,
    called: string,
  ) {
    const fields = await limitFields(this, name, { side, amount, ...price, ...life })
    this.nameOrder(called, await place(this, name, fields))
  },
)

/** A small limit order far from the market that does not wait: as harmless as an order can be. */
async function harmlessFields(world: TradingWorld, name: string): Promise<OrderFields> {
  const amount: Amount = { kind: 'small', of: 'base' }
  const far = { pipsFromMarket: -HARMLESS_PIPS, timeInForce: 'IOC' } as const
  return limitFields(world, name, { side: 'Buy', amount, ...far })
}

async function placesHarmless(this: TradingWorld, name: string, alter: Alteration): Promise<void> {
  await place(this, name, alter(await harmlessFields(this, name)))
}

When('{trader} places a limit order {alteration}', placesHarmless)

When('{trader} places a harmless limit order', function (this: TradingWorld, name: string) {
  return placesHarmless.call(this, name, unaltered)
})

When(
  '{trader} places an order under the same client id',
  async function (this: TradingWorld, name: string) {
    const { coId } = this.order
    await placesHarmless.call(this, name, (fields) => ({ ...fields, coId }))
  },
)

When(
  '{trader} places a good-for-a-while limit order {alteration}',
  async function (this: TradingWorld, name: string, alter: Alteration) {
    const fields = await harmlessFields(this, name)
    await place(this, name, alter({ ...fields, timeInForce: 'GTT', expiryTime: 1 }))
  },
)

When(
  '{trader} places an at-best order to {side} {amount}',
  async function (this: TradingWorld, name: string, side: Side, amount: Amount) {
    const { agreed, clock } = this.backend
    const rate = await this.trader(name).lookAtMarket(agreed.symbol)
    const valueDate = new Date(clock.now()).toISOString().slice(0, 10)
    const fixed = { coId: this.newCoId(), type: 'AtBest', timeInForce: 'FOK', valueDate }
    await place(this, name, { ...fixed, ...dealtFields(side, amount, rate, agreed) })
  },
)

When(
  '{trader} places something that is not JSON',
  async function (this: TradingWorld, name: string) {
    this.order = await this.trader(name).placeText('{"coId": "half an or')
  },
)

When('{trader} cancels the order', async function (this: TradingWorld, name: string) {
  this.answer = await this.trader(name).client.cancelOrder(this.order.id)
})

When(
  '{trader} cancels the {word} order',
  async function (this: TradingWorld, name: string, called: string) {
    this.answer = await this.trader(name).client.cancelOrder(this.orderNamed(called).id)
  },
)
