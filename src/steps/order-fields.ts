import type { Side } from '../api/contract/common.ts'
import type { SpotRate } from '../api/contract/rates.ts'
import { expectSuccess } from './expect-success.ts'
import type { OrderFields } from './placed-order.ts'
import {
  type Amount,
  dealtFields,
  type Life,
  limitPrice,
  marketPrice,
  type RelativePrice,
} from './terms.ts'
import type { TradingWorld } from './world.ts'

/** So far from the market that no order of a test is dealt by accident. */
const HARMLESS_PIPS = 200

/** A previously quoted order at a rate. */
export function pqFields(
  world: TradingWorld,
  rate: SpotRate,
  side: Side,
  amount: Amount,
): OrderFields {
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

/** A limit order, priced from where the market stands now. */
export async function limitFields(
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
    price: limitPrice(dealt, rate, terms.pipsFromMarket, world.backend.pricing),
    ...(terms.seconds !== undefined && { expiryTime: terms.seconds }),
  }
}

/** The rate that was quoted; for another attempt, a fresh one. */
export async function rateFor(
  world: TradingWorld,
  name: string,
  isFirst: boolean,
): Promise<SpotRate> {
  const trader = world.trader(name)
  if (!isFirst) expectSuccess('a rate', await trader.askRate(trader.rate.symbol))
  return trader.rate
}

/** A limit order of the least size, far from the market, that does not wait: as harmless as can be. */
export async function harmlessFields(world: TradingWorld, name: string): Promise<OrderFields> {
  const far = { pipsFromMarket: -HARMLESS_PIPS, timeInForce: 'IOC' } as const
  return limitFields(world, name, { side: 'Buy', amount: { kind: 'smallest' }, ...far })
}
