import { assert } from 'chai'
import type { WaitKind } from '../backends/backend.ts'
import { NotVerifiedError } from '../backends/not-verified-error.ts'
import { lifecycleOf } from '../machines/lifecycle.ts'
import { mayTryAgain } from './place.ts'
import { acceptedOrder, describe, type PlacedOrder } from './placed-order.ts'
import { type TradingWorld, traderOf } from './world.ts'

/** How a wait for an order came to its end. */
type WaitEnd =
  | 'as wanted'
  /** Final, and otherwise: it can no longer change. */
  | 'ended'
  | 'late'
  /** Given up before the deadline, since this deadline was missed too often in this run. */
  | 'given up'

interface Wait {
  readonly kind: WaitKind
  readonly withinMs: number
  /** Looks at the order after each query; never before the first. */
  readonly isWanted: () => boolean
}

/** Queries an order, one request at a time, until it is as wanted, or final, or the time is over. */
async function poll(world: TradingWorld, order: PlacedOrder, wait: Wait): Promise<WaitEnd> {
  const { clock, patience } = world.backend
  const { firstMs, factor, mostMs } = patience.poll
  const { withinMs, isFull } = await patience.allow(wait.kind, wait.withinMs)
  const deadline = clock.now() + withinMs
  for (let pauseMs = firstMs; ; pauseMs = Math.min(pauseMs * factor, mostMs)) {
    await traderOf(world, order).query(order)
    if (wait.isWanted()) return 'as wanted'
    if (order.isFinal) return 'ended'
    // Once more when the time is over: a look before would not show that it was.
    const restMs = deadline - clock.now()
    if (restMs <= 0) break
    await clock.sleep(Math.min(pauseMs, restMs))
  }
  if (!isFull) return 'given up'
  await patience.breach(wait.kind)
  return 'late'
}

/** Queries an order until it is final. @throws {AssertionError} It was not, in time. */
export async function awaitEnd(world: TradingWorld, order: PlacedOrder): Promise<void> {
  const isWanted = () => order.isFinal
  const kind: WaitKind = order.isCancelled ? 'cancellation' : 'order to end'
  const end = await poll(world, order, { kind, withinMs: lifeMs(world, order), isWanted })
  if (end === 'given up') giveUp(kind)
  assert(order.isFinal, `Order ${order.id} should have ended; seen was ${seenOf(order)}.`)
}

/** Queries an order until it is no longer RECEIVED, or the time for that is over. */
export async function awaitNews(world: TradingWorld, order: PlacedOrder): Promise<void> {
  const kind: WaitKind = 'order to be NEW'
  const withinMs = world.backend.patience.limitsMs[kind]
  await poll(world, order, { kind, withinMs, isWanted: () => order.view.status !== 'RECEIVED' })
}

/**
 * Queries an order until it reports `expected`.
 *
 * Where the other side decides how an order ends, another documented ending is no failure: the order
 * is placed again, at a fresh rate, as often as the backend's patience says; then the scenario is not
 * verified. The later order takes the place of the earlier one.
 *
 * @returns The order that got there.
 * @throws {AssertionError} An ending that no document allows, or none in time; lists every status seen.
 * @throws {NotVerifiedError} Only other documented endings.
 */
export async function awaitStatus(
  world: TradingWorld,
  order: PlacedOrder,
  expected: string,
): Promise<PlacedOrder> {
  let current = order
  for (;;) {
    const why = await reach(world, current, expected)
    if (why === undefined) return current
    const isUpToThem =
      !current.isCancelled && expected !== 'CANCELED' && !isVariant(current, expected)
    if (!isUpToThem || !mayTryAgain(world, current)) return world.notVerified(why)
    const later = await current.again()
    if (!acceptedOrder(later.placing)) {
      return world.notVerified(`${why} Trying again brought ${describe(later.placing)}.`)
    }
    world.replaceOrder(current, later)
    current = later
  }
}

/** @returns What came instead, where that may be; `undefined` where `expected` came. */
async function reach(
  world: TradingWorld,
  order: PlacedOrder,
  expected: string,
): Promise<string | undefined> {
  const isWanted = () => order.view.status === expected
  const kind = kindOf(order, expected)
  const withinMs =
    kind === 'order to end' ? lifeMs(world, order) : world.backend.patience.limitsMs[kind]
  const end = await poll(world, order, { kind, withinMs, isWanted })
  if (end === 'as wanted') return undefined
  if (end === 'given up') giveUp(kind)
  const sentence = `Order ${order.id} should have become ${expected}; seen was ${seenOf(order)}.`
  const { status } = order.view
  const { cancellation } = order
  if (expected === 'CANCELED' && cancellation?.kind === 'refusal') {
    return `${sentence} Cancelling it was answered with ${describe(cancellation)}.`
  }
  const isDocumented = knows(order, status)
  const mayBe = end === 'ended' ? isDocumented : expected === 'NEW' && isDocumented
  assert(mayBe, sentence)
  const { reason } = order.view
  return typeof reason === 'string' ? `${sentence} It says: ${reason}` : sentence
}

function knows({ sent }: PlacedOrder, status: string): boolean {
  const { statuses } = lifecycleOf(String(sent.type))
  return (statuses as readonly string[]).includes(status)
}

function kindOf(order: PlacedOrder, expected: string): WaitKind {
  if (expected === 'NEW') return 'order to be NEW'
  return order.isCancelled ? 'cancellation' : 'order to end'
}

/** How long an order may take to end: good for some seconds, those come on top. */
function lifeMs({ backend }: TradingWorld, { sent, isCancelled }: PlacedOrder): number {
  const { limitsMs, expiryWithinMs } = backend.patience
  if (isCancelled) return limitsMs.cancellation
  if (sent.timeInForce !== 'GTT') return limitsMs['order to end']
  return Number(sent.expiryTime) * 1_000 + expiryWithinMs
}

/** An unfilled order that may not wait is CANCELED with some: trying again would show the same. */
function isVariant({ view }: PlacedOrder, expected: string): boolean {
  return expected === 'EXPIRED' && view.status === 'CANCELED'
}

const IN_VAIN: Readonly<Record<WaitKind, string>> = {
  'order to end': 'orders did not end in time',
  'order to be NEW': 'orders did not become NEW in time',
  cancellation: 'cancellations did not show in time',
  trade: 'trades did not come in time',
}

/** @throws {NotVerifiedError} Always. */
export function giveUp(kind: WaitKind): never {
  throw new NotVerifiedError(
    `${IN_VAIN[kind]} so often in this run that it was waited for a moment only (settings breach.most and breach.thenMs)`,
  )
}

function seenOf(order: PlacedOrder): string {
  return order.statuses.join(' → ')
}
