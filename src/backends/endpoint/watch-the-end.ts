import type { Trade } from '../../api/contract/trades.ts'
import { inLanes } from './in-lanes.ts'
import type { LedgerEntry } from './order-ledger.ts'
import type { RunParts } from './run-parts.ts'
import type { ScenarioRoom } from './scenario-room.ts'

/** Which step the exchanges of the watch belong to: looks and downloads are made side by side. */
const STEP = 'The end: what is final stays so, and trades have had their time'
/** Batches after which a trade queue counts as endless. */
const MOST_BATCHES = 200
/** Rounds of downloads at least: a trade may let three pass before it is in one. Fact sheet 6, row 33. */
const ROUNDS = 4

/**
 * Watches what has ended, as long as a trade may take to arrive after its order has: trades that are
 * due must come, of orders that ended without being dealt none may, and no order may change any more.
 *
 * @param endsAt - Epoch milliseconds by which it ends in any case.
 */
export async function watchTheEnd(parts: RunParts, endsAt: number): Promise<void> {
  if (!parts.ledger.entries.some(({ status }) => status !== '')) return
  const watch = { parts, endsAt, broken: new AbortController() }
  const works = [lookAtAll(watch), downloadUntilDue(watch)]
  // What goes on beside the one that failed comes to its end before anything else is done.
  await Promise.allSettled(works)
  await Promise.all(works)
  // What the last looks have brought about is there by now, and nothing may come after an empty list.
  await downloadFromAll(parts)
}

interface Watch {
  readonly parts: RunParts
  /** Epoch milliseconds. */
  readonly endsAt: number
  /** Aborted where anything got no answer: nothing more is sent then, nor waited for. */
  readonly broken: AbortController
}

/**
 * Queries every order that has ended, the last ones first. Of one whose trade has had its time nothing is to be
 * awaited any more: that look is its last. The others are looked at again when their time is over.
 *
 * As many at once as there are connections: one after the other, they would take longer than the run.
 */
async function lookAtAll(watch: Watch): Promise<void> {
  const { clock, config } = watch.parts.options
  const withinMs = config.settings['trade.withinMs']
  const startedAt = clock.now()
  const ended = watch.parts.ledger.entries
    .filter(({ standing }) => standing === 'ended')
    .map((entry) => ({ entry, dueAt: (entry.overAt ?? startedAt) + withinMs }))
    .toSorted((one, other) => other.dueAt - one.dueAt)
  const recent = ended.filter(({ dueAt }) => dueAt > startedAt).toReversed()
  const looks = [...ended.map(({ entry }) => ({ entry, dueAt: startedAt })), ...recent]
  await inLanes(looks, config.settings['pool.connections'], async ({ entry, dueAt }) => {
    const { signal } = watch.broken
    const restMs = Math.min(dueAt, watch.endsAt) - clock.now()
    if (restMs > 0 && !signal.aborted) await clock.sleep(restMs, signal)
    await unlessBroken(watch, () => lookAt(entry, watch.parts))
  })
}

async function unlessBroken({ broken }: Watch, work: () => Promise<void>): Promise<void> {
  if (broken.signal.aborted) return
  try {
    await work()
  } catch (error) {
    broken.abort()
    throw error
  }
}

async function lookAt({ orderId, login }: LedgerEntry, parts: RunParts): Promise<void> {
  if (orderId === undefined) return
  const room = parts.ownOf(login)
  await parts.desk.perform(room, {
    client: room.login.ref,
    step: STEP,
    what: { kind: 'operation', operation: 'queryOrder', input: { params: { id: orderId } } },
  })
}

/** Downloads until the trades of what was last over have had their time, and at least a few times. */
async function downloadUntilDue(watch: Watch): Promise<void> {
  const { parts, endsAt, broken } = watch
  const { clock, config } = parts.options
  const { settings } = config
  const dueAt = Math.min(endsAt, lastOver(parts) + settings['trade.withinMs'])
  let pauseMs = settings['poll.firstMs']
  for (let rounds = 1; !broken.signal.aborted; rounds++, pauseMs *= settings['poll.factor']) {
    // A download that began before would not show that there was none when the time was over.
    const isLast = rounds >= ROUNDS && clock.now() >= dueAt
    await unlessBroken(watch, () => downloadFromAll(parts))
    if (isLast) return
    const restMs = Math.max(0, dueAt - clock.now())
    await clock.sleep(Math.min(pauseMs, settings['poll.mostMs'], restMs), broken.signal)
  }
}

/** When the last order ended, was refused or was given up, or trades were last sent again. */
function lastOver({ ledger, trades }: RunParts): number {
  const overAt = ledger.entries.flatMap((entry) => entry.overAt ?? [])
  return [...overAt, trades.resentAt ?? 0].reduce((one, other) => Math.max(one, other), 0)
}

async function downloadFromAll(parts: RunParts): Promise<void> {
  await Promise.all(parts.own.map((room) => downloadAll(parts, room)))
}

async function downloadAll({ desk }: RunParts, room: ScenarioRoom): Promise<void> {
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    const answer = await desk.perform(room, {
      client: room.login.ref,
      step: STEP,
      what: { kind: 'operation', operation: 'downloadTrades', input: {} },
    })
    if (answer?.kind !== 'success' || (answer.value as readonly Trade[]).length === 0) return
  }
}
