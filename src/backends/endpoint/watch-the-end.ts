import type { Trade } from '../../api/contract/trades.ts'
import { inLanes } from './in-lanes.ts'
import type { RunParts } from './run-parts.ts'
import type { ScenarioRoom } from './scenario-room.ts'

/** Batches after which a trade queue counts as endless. */
const MOST_BATCHES = 200
/** How often every order that has ended is queried once more: what is final stays so. */
const LOOKS = 3

/**
 * Watches what has ended, as long as a trade may take to arrive after its order has: trades that are
 * due must come, of orders that ended without being dealt none may, and no order may change any more.
 *
 * @param endsAt - Epoch milliseconds by which it ends in any case.
 */
export async function watchTheEnd(parts: RunParts, endsAt: number): Promise<void> {
  const { clock, config } = parts.options
  const { settings } = config
  if (!parts.ledger.entries.some(({ status }) => status !== '')) return
  const deadline = Math.min(endsAt, clock.now() + settings['trade.withinMs'])
  let pauseMs = settings['poll.firstMs']
  for (let looks = 0; ; looks++, pauseMs *= settings['poll.factor']) {
    if (looks < LOOKS) await lookAgain(parts)
    await Promise.all(parts.own.map((room) => downloadAll(parts, room)))
    if (clock.now() >= deadline && looks >= LOOKS - 1) return
    const restMs = Math.max(0, deadline - clock.now())
    await clock.sleep(Math.min(pauseMs, settings['poll.mostMs'], restMs))
  }
}

/** As many at once as there are connections: one after the other, they would take longer than the run. */
async function lookAgain(parts: RunParts): Promise<void> {
  const { desk, ledger, options } = parts
  const ended = ledger.entries.filter(({ standing }) => standing === 'ended')
  await inLanes(ended, options.config.settings['pool.connections'], async ({ orderId, login }) => {
    if (orderId === undefined) return
    const room = parts.ownOf(login)
    await desk.perform(room, {
      client: room.login.ref,
      step: 'A last look: what is final stays so',
      what: { kind: 'operation', operation: 'queryOrder', input: { params: { id: orderId } } },
    })
  })
}

async function downloadAll({ desk }: RunParts, room: ScenarioRoom): Promise<void> {
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    const answer = await desk.perform(room, {
      client: room.login.ref,
      step: 'The last download: trades that are still due, and none that must not be',
      what: { kind: 'operation', operation: 'downloadTrades', input: {} },
    })
    if (answer?.kind !== 'success' || (answer.value as readonly Trade[]).length === 0) return
  }
}
