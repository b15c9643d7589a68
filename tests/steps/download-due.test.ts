import './with-cucumber.ts'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Trade } from '../../src/api/contract/trades.ts'
import { NotVerifiedError } from '../../src/backends/not-verified-error.ts'
import { downloadDue } from '../../src/steps/download-due.ts'
import type { PlacedOrder } from '../../src/steps/placed-order.ts'
import type { Trader } from '../../src/steps/trader.ts'
import type { TradingWorld } from '../../src/steps/world.ts'
import { ORDER, TRADE } from '../api/stub.ts'
import { acceptance, FakeWorld } from './fake-world.ts'

const trade = (orderId: string, dealtAmount?: number): Trade => ({
  ...{ ...TRADE, orderId },
  ...(dealtAmount !== undefined && { dealtAmount }),
})

/** Downloads where each brings what stands at its turn. */
function downloading(order: (fake: FakeWorld) => PlacedOrder, batches: readonly Trade[][]) {
  const fake = new FakeWorld({})
  const trades: Trade[] = []
  let downloads = 0
  const trader = {
    orders: [order(fake)],
    trades,
    downloadAll: async () => {
      trades.push(...(batches[downloads] ?? []))
      downloads += 1
    },
  } as unknown as Trader
  const { backend } = fake.world
  const world = { backend, traders: [trader] } as unknown as TradingWorld
  return { fake, count: () => downloads, run: () => fake.clock.run(downloadDue(world, trader)) }
}

const ended = (status: string, cumQty?: number) => (fake: FakeWorld) => {
  const order = fake.order([acceptance('1')])
  order.see({
    ...ORDER,
    orderId: '1',
    status,
    size: 1_000,
    ...(cumQty !== undefined && { cumQty }),
  })
  return order
}

describe('Downloading what is due', () => {
  it('goes on until a FILLED order has all its trades', async () => {
    const { fake, count, run } = downloading(ended('FILLED', 1_000), [
      [],
      [trade('1', 400)],
      [trade('other', 1_000)],
      [trade('1', 600)],
    ])
    await run()
    assert.deepEqual([count(), fake.breaches], [4, []])
  })

  it('is done once where nothing is due', async () => {
    for (const order of [
      ended('NEW'),
      ended('REJECTED', 5),
      ended('EXPIRED'),
      ended('EXPIRED', 0),
    ]) {
      const { count, run } = downloading(order, [])
      await run()
      assert.equal(count(), 1)
    }
  })

  it('waits for the dealt part of an order that expired, and for a trade without an amount', async () => {
    const part = downloading(ended('EXPIRED', 300), [[], [trade('1', 300)]])
    await part.run()
    assert.equal(part.count(), 2)
    const untold = downloading(ended('FILLED'), [[], [trade('1')]])
    await untold.run()
    assert.equal(untold.count(), 2)
  })

  it('ends at its deadline, and counts it; what is missing is for others to say', async () => {
    const { fake, run } = downloading(ended('FILLED'), [])
    await run()
    assert.deepEqual(fake.breaches, ['trade'])
    assert.isAtMost(fake.clock.now(), 10_000)
    assert.isAtLeast(fake.clock.now(), 9_000)
  })

  it('is not verified where it was cut short', async () => {
    const { fake, run } = downloading(ended('FILLED'), [])
    fake.cut = { withinMs: 2_000, isFull: false }
    const error = await run().then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    assert.instanceOf(error, NotVerifiedError)
    assert.isEmpty(fake.breaches)
  })
})
