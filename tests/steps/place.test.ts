import { describe, it } from 'node:test'
import { assert } from 'chai'
import { NotVerifiedError } from '../../src/backends/not-verified-error.ts'
import { place, placeOnce } from '../../src/steps/place.ts'
import { type OrderFields, PlacedOrder, type Placing } from '../../src/steps/placed-order.ts'
import { TradingFlow } from '../../src/steps/trading-flow.ts'
import type { TradingWorld } from '../../src/steps/world.ts'
import { acceptance, refusal } from './fake-world.ts'

/** A World on an endpoint, where the placings come to this, one after another. */
function worldOf(placings: readonly Placing[], furtherAttempts = 2) {
  const sent: OrderFields[] = []
  const world = {
    backend: { patience: { furtherAttempts } },
    trader: () => ({
      place: async (fields: OrderFields) => {
        const placing = placings[sent.length] ?? assert.fail('Placed too often.')
        sent.push(fields)
        return new PlacedOrder(fields, placing, new TradingFlow())
      },
    }),
    notVerified: (why: string) => {
      throw new NotVerifiedError(why)
    },
  } as unknown as TradingWorld
  let built = 0
  const placed = place(world, 'Ada', async (isFirst) => {
    built += 1
    return { type: 'Limit', coId: `c${built}`, isFirst }
  })
  return { world, sent, placed }
}

async function reasonOf(placed: Promise<unknown>): Promise<string> {
  try {
    await placed
  } catch (error) {
    if (error instanceof NotVerifiedError) return error.message
    throw error
  }
  return assert.fail('Expected that it is not verified.')
}

describe('Placing', () => {
  it('is done once where it is accepted, and can be done again under a new client id', async () => {
    const { world, sent, placed } = worldOf([acceptance('1'), acceptance('2')])
    const order = await placed
    assert.strictEqual(world.order, order)
    assert.lengthOf(sent, 1)
    const again = await order.again?.()
    assert.equal(again?.id, '2')
    assert.deepEqual(
      sent.map(({ coId, isFirst }) => [coId, isFirst]),
      [
        ['c1', true],
        ['c2', false],
      ],
    )
  })

  it('is done again where it is refused, twice at most, and then not verified', async () => {
    const one = worldOf([refusal(400), acceptance('2')])
    assert.equal((await one.placed).id, '2')
    const never = worldOf([refusal(400), refusal(403), refusal(400)])
    assert.match(await reasonOf(never.placed), /^the placing was answered with HTTP 400, refused/)
    assert.lengthOf(never.sent, 3)
    assert.deepEqual(
      never.sent.map(({ coId }) => coId),
      ['c1', 'c2', 'c3'],
    )
  })

  it('is never done again where it is in doubt: whether there is an order is not known', async () => {
    for (const result of ['none seen', 'unknown'] as const) {
      const doubt = { kind: 'in doubt', cause: 'no HTTP answer', result, lookups: 3 } as const
      const { sent, placed } = worldOf([doubt])
      assert.include(await reasonOf(placed), `${result} (client id c1)`)
      assert.lengthOf(sent, 1)
    }
  })

  it('goes on with the one order that was found in doubt', async () => {
    const found = acceptance('7')
    const order = found.kind === 'success' ? found.value : assert.fail()
    const doubt = { kind: 'in doubt', cause: 'x', result: 'one', order, lookups: 1 } as const
    const { sent, placed } = worldOf([doubt])
    assert.equal((await placed).id, '7')
    assert.lengthOf(sent, 1)
  })
})

describe('A client id that was chosen ahead', () => {
  it('is that of the next order, whose outcome is scripted under it, and of no other', async () => {
    const sent: OrderFields[] = []
    const scripted: string[] = []
    const trader = {
      chosenCoId: 'chosen',
      place: async (fields: OrderFields) => {
        sent.push(fields)
        return new PlacedOrder(fields, acceptance('1'), new TradingFlow())
      },
    }
    const control = { scriptOutcome: async (coId: string) => scripted.push(coId) }
    const world = {
      trader: () => trader,
      control,
      nextOutcome: { kind: 'fill' },
      backend: { control },
    } as unknown as TradingWorld
    const order = await placeOnce(world, 'Ada', { type: 'Limit', coId: 'own1' })
    await placeOnce(world, 'Ada', { type: 'Limit', coId: 'own2' })
    assert.deepEqual(
      sent.map(({ coId }) => coId),
      ['chosen', 'own2'],
    )
    assert.equal(order.coId, 'chosen')
    assert.deepEqual(scripted, ['chosen'])
  })
})
