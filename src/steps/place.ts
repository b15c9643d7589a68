import { describe, type OrderFields, type PlacedOrder } from './placed-order.ts'
import type { TradingWorld } from './world.ts'

/**
 * Places what is built, as the order the scenario is about.
 *
 * @param build - Makes the fields; called again for every further attempt, at a fresh rate then.
 */
export async function place(
  world: TradingWorld,
  name: string,
  build: (isFirst: boolean) => Promise<OrderFields>,
): Promise<PlacedOrder> {
  const attempt = async (number: number): Promise<PlacedOrder> => {
    const order = await placeOnce(world, name, await build(number === 0))
    order.attempt = number
    order.again = () => attempt(number + 1)
    return order
  }
  world.order = await accepted(world, await attempt(0))
  return world.order
}

/** Places, once, what may be wrong on purpose. */
export async function placeOnce(
  world: TradingWorld,
  name: string,
  fields: OrderFields,
): Promise<PlacedOrder> {
  const trader = world.trader(name)
  const { chosenCoId } = trader
  const sent = chosenCoId === undefined ? fields : { ...fields, coId: chosenCoId }
  trader.chosenCoId = undefined
  const coId = typeof sent.coId === 'string' ? sent.coId : undefined
  const { nextOutcome } = world
  if (nextOutcome && coId !== undefined) await world.control.scriptOutcome(coId, nextOutcome)
  world.nextOutcome = undefined
  const order = await trader.place(sent)
  const { placing } = order
  if (placing.kind === 'in doubt' && !placing.order && !world.backend.control) {
    world.notVerified(`the placing brought ${describe(placing)} (client id ${coId ?? 'none'})`)
  }
  return order
}

/** A scenario's order is tried again a few times in all, for whatever reason. */
export function mayTryAgain(
  { backend }: TradingWorld,
  order: PlacedOrder,
): order is PlacedOrder & { again: () => Promise<PlacedOrder> } {
  return order.again !== undefined && order.attempt < backend.patience.furtherAttempts
}

/** The other side may refuse what is well made, and nothing is known of its reasons: it is tried again. */
async function accepted(world: TradingWorld, placed: PlacedOrder): Promise<PlacedOrder> {
  let order = placed
  while (order.placing.kind === 'refusal' && mayTryAgain(world, order)) order = await order.again()
  const { placing } = order
  const isRefused = placing.kind === 'refusal' && !world.backend.control
  return isRefused ? world.notVerified(`the placing was answered with ${describe(placing)}`) : order
}
