import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Order } from '../../src/api/contract/orders.ts'
import type { Trade } from '../../src/api/contract/trades.ts'
import type { EndpointRun } from '../../src/backends/endpoint/endpoint-run.ts'
import type { ClientRef } from '../../src/backends/endpoint/protocol.ts'
import { scenarioEvidence } from '../../src/evidence/scenario-evidence.ts'
import {
  atEndpoint,
  operation,
  placing,
  restingOrder,
  type SimulatedEndpoint,
  successIn,
} from './simulated-endpoint.ts'

const DOWNLOAD = operation('downloadTrades')

interface Set {
  readonly endpoint: SimulatedEndpoint
  readonly run: EndpointRun
  /** Of the scenarios `a` and `b`: each has a login of its own. */
  readonly clients: Readonly<Record<'a' | 'b', ClientRef>>
}

/** A run with two users of one organisation, and a scenario of each. */
async function withTwo(
  env: Readonly<Record<string, string>>,
  use: (set: Set) => Promise<void>,
): Promise<void> {
  await atEndpoint({ env }, async (endpoint) => {
    const { org } = endpoint.config.credentials
    const password = 'the-word-of-grace'
    endpoint.simulation.exchange.directory.enrol({ name: 'grace', org, password })
    const grace = { credentials: { user: 'grace', org, password } }
    const { run } = endpoint.open({ ...endpoint.config, further: [grace] })
    assert.isUndefined(await endpoint.clock.run(run.start()))
    const clientOf = async (key: string): Promise<ClientRef> => {
      const { credentials, account, spare } = await run.desk.facts(key, 0)
      assert.deepEqual(account, { user: credentials.user, org })
      assert.isDefined(spare)
      await run.desk.open(key, `label of ${key}`)
      return { credentials }
    }
    const clients = { a: await clientOf('a'), b: await clientOf('b') }
    assert.equal(clients.b.credentials.user, 'grace')
    endpoint.requests.length = 0
    await use({ endpoint, run, clients })
  })
}

describe('Two users of one organisation', () => {
  it('have a session each, and a trade that the other downloads is handed to its scenario', () =>
    withTwo({}, async ({ endpoint, run, clients }) => {
      const order = placing(restingOrder({ price: 9, timeInForce: 'IOC' }))
      const { orderId } = successIn<Order>(await endpoint.call(run, 'a', order, clients.a))
      const query = operation('queryOrder', { params: { id: orderId } })
      for (let each = 0; each < 3; each++) await endpoint.call(run, 'a', query, clients.a)
      const brought = await endpoint.call(run, 'b', DOWNLOAD, clients.b)
      assert.lengthOf(successIn<Trade[]>(brought), 1)
      const [mine, theirs] = [endpoint.requests[0]?.token, endpoint.requests.at(-1)?.token]
      assert.isNotNull(mine)
      assert.notEqual(mine, theirs)
      const own = await endpoint.call(run, 'a', DOWNLOAD, clients.a)
      assert.deepEqual(
        own.arrived?.map((trade) => trade.orderId),
        [orderId],
      )
      for (const key of ['a', 'b']) await endpoint.clock.run(run.desk.close(key))
      const { transcripts, foreignTrades } = await endpoint.clock.run(run.finish())
      assert.deepEqual(foreignTrades, [])
      assert.lengthOf(transcripts, 1)
      const [transcript] = transcripts
      const { findings, exchanges } = scenarioEvidence(transcript ?? assert.fail('none'), {
        ...{ scenario: { uri: '', name: 'the run itself', line: 1 }, target: 'uat', seed: 's' },
        isWholeRun: true,
      })
      assert.deepEqual(findings, [])
      assert.sameMembers([...new Set(exchanges.map(({ login }) => login))], [1, 2])
    }))

  it('keep the caps together: what one has open, the other may not open any more', () =>
    withTwo({ INTEGRAL_MAX_OPEN_ORDERS: '2' }, async ({ endpoint, run, clients }) => {
      const place = (key: 'a' | 'b') =>
        endpoint.call(run, key, placing(restingOrder()), clients[key])
      successIn(await place('a'))
      successIn(await place('b'))
      for (const key of ['a', 'b'] as const) {
        assert.match(JSON.stringify(await place(key)), /the cap of 2 open orders at once/)
      }
      const { leftWorking, placed } = await endpoint.clock.run(run.finish())
      assert.deepEqual(leftWorking, [])
      // Each login asked for its permission with an order without any field.
      assert.equal(placed, 4)
      const cancelled = endpoint.lines(/^DELETE/)
      assert.lengthOf(cancelled, 2)
    }))
})
