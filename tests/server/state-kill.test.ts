import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import { connectToServer } from '../../src/mocks/server/control/connect-to-server.ts'
import { inFolder } from '../backends/temporary-folder.ts'
import { type Running, startCommand } from '../e2e/uat/run-command.ts'
import { listening } from './listening.ts'
import { StateClient } from './state-client.ts'

const ROUNDS = 4
const ORGS = ['Acme', 'Globex'] as const

const clientsBy = (chance: Chance) =>
  ['ada', 'ben', 'cy', 'di', 'ed', 'flo'].map(
    (name, at) => new StateClient(name, ORGS[at % 2] ?? '', chance),
  )

/** Has a client act until the server is killed under it. */
async function actUntilKilled(
  client: StateClient,
  { child }: Running,
  answered: () => void,
): Promise<void> {
  while (!child.killed) {
    try {
      await client.act()
      answered()
    } catch (error) {
      const { message } = Object(error) as { readonly message?: string }
      if (child.killed && message?.startsWith('The connection ended')) return
      throw error
    }
  }
}

/** Lets clients act, all at once, until the server is killed at one of the answers. */
async function killUnder(
  clients: readonly StateClient[],
  server: Running,
  answers: number,
): Promise<void> {
  let left = answers
  const answered = () => {
    left -= 1
    if (left === 0) server.child.kill('SIGKILL')
  }
  await Promise.all(clients.map((client) => actUntilKilled(client, server, answered)))
  await server.ended
}

async function queryAll(clients: readonly StateClient[]): Promise<void> {
  for (const client of clients) for (const order of client.orders) await client.query(order)
}

async function downloadAll(clients: readonly StateClient[]): Promise<void> {
  for (const client of clients) while ((await client.download()).length > 0);
}

/** @param inFlight - Trades whose answer nobody could know to have got through: they may come again. */
async function assertNothingLost(
  org: string,
  origin: string,
  clients: readonly StateClient[],
  inFlight: ReadonlySet<string>,
): Promise<void> {
  const own = clients.filter((client) => client.org === org)
  const control = connectToServer({ origin, fetch }).organisation(org)
  const [orders, trades] = [await control.listOrders(), await control.listTrades()]
  const filled = orders.filter(({ status }) => status === 'FILLED')
  assert.isAbove(filled.length, 20)
  const dealt = new Set(trades.map(({ orderId }) => orderId))
  assert.sameMembers(
    [...dealt],
    filled.map(({ orderId }) => orderId),
  )
  const received = own.flatMap(({ downloads }) => downloads.flat())
  assert.sameMembers(
    [...new Set(received)],
    trades.map(({ tradeId }) => tradeId),
  )
  const again = received.filter((id, at) => received.indexOf(id) !== at)
  assert.deepEqual(
    again.filter((id) => !inFlight.has(id)),
    [],
    'handed out again',
  )
  const acknowledged = own.flatMap((client) => client.orders)
  assert.isAtMost(orders.length, acknowledged.length + own.length * ROUNDS)
}

/** A server that keeps its state in a folder, and the clients that have come back to it. */
async function begin(folder: string, clients: readonly StateClient[]) {
  const files = ['--state', join(folder, 'state.db'), '--config', join(folder, 'config.json')]
  const server = startCommand(['serve', '--port', '0', ...files], {})
  const { origin, port } = await listening(server)
  for (const client of clients) await client.connect(Number(port))
  await queryAll(clients)
  return { server, origin }
}

/** @returns Trades whose answer nobody could know to have got through. */
async function killAgainAndAgain(
  folder: string,
  clients: readonly StateClient[],
  chance: Chance,
): Promise<ReadonlySet<string>> {
  const inFlight = new Set<string>()
  for (let round = 0; round < ROUNDS; round++) {
    const { server } = await begin(folder, clients)
    await killUnder(clients, server, 60 + chance.below(200, 'answers', round))
    for (const { lastDownload } of clients) for (const id of lastDownload) inFlight.add(id)
  }
  return inFlight
}

describe('serve --state, killed under load', () => {
  for (const consumeOn of ['send', 'flush'] as const)
    it(`loses nothing that was acknowledged, trades being consumed on ${consumeOn}`, () =>
      inFolder(async (folder) => {
        const settings = { tokenTtlMs: 86_400_000, 'stp.consumeOn': consumeOn }
        writeFileSync(join(folder, 'config.json'), JSON.stringify(settings))
        const chance = new Chance(`killed, ${consumeOn}`)
        const clients = clientsBy(chance)
        const inFlight = await killAgainAndAgain(folder, clients, chance)
        const { server, origin } = await begin(folder, clients)
        await downloadAll(clients)
        const ids = clients.flatMap(({ orders }) => orders.map(({ orderId }) => orderId))
        assert.lengthOf([...new Set(ids)], ids.length, 'an order id was given twice')
        for (const org of ORGS) await assertNothingLost(org, origin, clients, inFlight)
        for (const client of clients) client.end()
        server.child.kill('SIGTERM')
        const { code, stderr } = await server.ended
        assert.deepEqual([code, stderr], [0, ''])
      }))
})
