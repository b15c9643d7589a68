import { When } from '@cucumber/cucumber'
import { needs } from '../backends/needs.ts'
import { cue, together } from '../backends/playing/roles.ts'
import { expectSuccess } from './expect-success.ts'
import type { TradingWorld } from './world.ts'

const MINUTE_MS = 60_000
/** More than a day each way, wherever the days begin and end. */
const DAYS_MS = 3 * 86_400_000

const resending = together(needs('resend trades'), cue('resendTrades', { answered: 'well' }))

When(
  '{trader} has the trades of the last minute sent again',
  resending,
  async function (this: TradingWorld, name: string) {
    await resend(this, name, MINUTE_MS)
  },
)

When(
  '{trader} has the trades of the days around today sent again',
  resending,
  async function (this: TradingWorld, name: string) {
    await resend(this, name, DAYS_MS)
  },
)

/** @param eitherWayMs - How far the range reaches into the past, and into the future. */
async function resend(world: TradingWorld, name: string, eitherWayMs: number): Promise<void> {
  const now = world.backend.clock.now()
  const range = { startDate: stamp(now - eitherWayMs), endDate: stamp(now + eitherWayMs) }
  const trader = world.trader(name)
  expectSuccess('a resend', await trader.client.resendTrades(range))
  trader.trades.length = 0
}

/** `yyyy-MM-dd HH:mm:ss,SSS +0000`. Fact sheet 2.9 [reference]. */
function stamp(epochMs: number): string {
  const iso = new Date(epochMs).toISOString()
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)},${iso.slice(20, 23)} +0000`
}
