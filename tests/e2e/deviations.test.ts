import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { runVerify } from './run-verify.ts'

/*
 * The scenarios against a simulation that behaves otherwise: those that promise the contrary must
 * fail, and say so, and no others.
 */

const folder = mkdtempSync(join(tmpdir(), 'harness-deviations-'))

interface Deviation {
  readonly settings: Readonly<Record<string, unknown>>
  readonly feature: string
  /** Names of the scenarios that fail, in the order of the file. */
  readonly failing: readonly string[]
}

const deviations: readonly Deviation[] = [
  {
    settings: { 'fault.place5xx': 'accepted' },
    feature: 'orders/placement-errors',
    failing: ['The server fails with 500', 'The server fails with 503'],
  },
  {
    settings: { 'ioc.unfilledStatus': 'CANCELED' },
    feature: 'orders/limit-orders',
    failing: [
      'immediate or cancel, to buy far from the market',
      'immediate or cancel, to sell far from the market',
      'fill or kill, to buy far from the market',
      'fill or kill, to sell far from the market',
      'Fill or kill takes nothing rather than a part',
      'A finished order cannot be cancelled',
    ],
  },
  {
    settings: { 'partial.finalStatus': 'CANCELED' },
    feature: 'orders/limit-orders',
    failing: ['Partly filled, then expired'],
  },
  {
    settings: { 'day.cutoff': '18:00' },
    feature: 'orders/limit-orders',
    failing: ['At 17:00 it is over'],
  },
  {
    settings: { 'stp.scope': 'user' },
    feature: 'trades/trade-download',
    failing: ['Two consumers of one firm share the trades'],
  },
  {
    settings: { 'stp.omitEvent': true },
    feature: 'trades/trade-download',
    failing: ['Sent again, and marked so', 'Every trade of the days that were asked for'],
  },
  {
    settings: { 'stp.defaultCount': 40 },
    feature: 'trades/trade-download',
    failing: ['Fifty at a time, where nobody asks for another number'],
  },
  {
    settings: { 'rate.ttlMs': 10_000 },
    feature: 'orders/previously-quoted-orders',
    failing: ['An order on a rate gone stale is rejected, not expired'],
  },
  {
    settings: { tokenTtlMs: 600_000 },
    feature: 'sessions/sessions',
    failing: ['A token that has expired', 'A session that has just expired', 'An expired session'],
  },
  {
    settings: { 'active.includesTerminal': true },
    feature: 'orders/querying',
    failing: [
      'A waiting order is listed until it is cancelled',
      'A finished order is not listed',
      'Of two orders only the waiting one is listed',
    ],
  },
]

describe('a simulation that deviates', () => {
  after(() => rmSync(folder, { recursive: true }))

  for (const { settings, feature, failing } of deviations) {
    const config = JSON.stringify(settings)
    it(`by ${config} fails the scenarios that promise otherwise, and only those`, async () => {
      const file = join(folder, 'settings.json')
      writeFileSync(file, config)
      const run = await runVerify(`features/${feature}.feature`, '--config', file)
      const verdict = JSON.parse(readFileSync(join(run.out, 'verdict.json'), 'utf8'))
      const names = verdict.failures.map(({ scenario }: { scenario: string }) =>
        scenario.replace(/^\S+ /, ''),
      )
      rmSync(run.out, { recursive: true })
      assert.deepEqual(names, failing)
      assert.equal(run.code, 1)
      assert.deepEqual(verdict.settings, settings)
    })
  }
})
