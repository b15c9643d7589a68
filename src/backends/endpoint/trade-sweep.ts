import type { Trade } from '../../api/contract/trades.ts'
import type { RunParts } from './run-parts.ts'

/** Batches after which a trade queue counts as endless. */
const MOST_BATCHES = 200

/**
 * Downloads what is left, as long as a trade may take to arrive after its order has ended: those that
 * are due must come, and of orders that ended without being dealt none may.
 *
 * @param endsAt - Epoch milliseconds by which it ends in any case.
 */
export async function sweepTrades(parts: RunParts, endsAt: number): Promise<void> {
  const { clock, config } = parts.options
  const { settings } = config
  if (!parts.ledger.entries.some(({ status }) => status !== '')) return
  const { withinMs } = parts.breaches.allow('trade', settings['trade.withinMs'])
  const deadline = Math.min(endsAt, clock.now() + withinMs)
  for (let pauseMs = settings['poll.firstMs']; ; pauseMs *= settings['poll.factor']) {
    await downloadAll(parts)
    if (clock.now() >= deadline) return
    const restMs = Math.max(0, deadline - clock.now())
    await clock.sleep(Math.min(pauseMs, settings['poll.mostMs'], restMs))
  }
}

async function downloadAll(parts: RunParts): Promise<void> {
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    const answer = await parts.desk.perform(parts.own, {
      client: { credentials: parts.options.config.credentials },
      step: 'The last download: trades that are still due, and none that must not be',
      what: { kind: 'operation', operation: 'downloadTrades', input: {} },
    })
    if (answer?.kind !== 'success' || (answer.value as readonly Trade[]).length === 0) return
  }
}
