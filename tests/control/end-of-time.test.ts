import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { PlaceOrderRequest } from '../../src/api/contract/orders.ts'
import { LATEST } from '../../src/mocks/exchange/steered-clock.ts'
import { limit, open } from './open.ts'

/** Status and text of a control request of its own making, which no client would send. */
async function send(url: string, method: string, body: unknown): Promise<[number, string]> {
  const answer = await fetch(url, { method, body: JSON.stringify(body) })
  return [answer.status, await answer.text()]
}

describe('The time of an organisation', () => {
  for (const virtualFrom of [LATEST + 1, 8_640_000_000_000_000, Number.MAX_SAFE_INTEGER])
    it(`cannot begin at ${virtualFrom}`, async (t) => {
      const { server, app } = await open(t)
      const url = `${server.origin}/_simulation/organisations/Acme`
      const [status, text] = await send(url, 'PUT', { clock: { virtualFrom } })
      assert.equal(status, 400, text)
      assert.equal((await app('Acme').login()).kind, 'success')
    })

  it('cannot be advanced beyond what dates can be written of', async (t) => {
    const { server, app, org } = await open(t)
    const url = `${server.origin}/_simulation/organisations/Acme/clock/advance`
    await org('Acme').beginOrganisation({ clock: { virtualFrom: LATEST - 1e12 } })
    const once = await send(url, 'POST', { ms: 1e12 })
    assert.equal(once[0], 200, once[1])
    const twice = await send(url, 'POST', { ms: 1 })
    assert.equal(twice[0], 400, twice[1])
    assert.include(twice[1], 'time here ends at 9999-01-01')
    const client = app('Acme')
    assert.equal((await client.login()).kind, 'success')
    const placed = await client.placeOrder(limit('last', { price: 2 }) as PlaceOrderRequest)
    assert.equal(placed.kind, 'success')
    assert.equal((await client.queryActiveOrders()).kind, 'success')
  })
})
