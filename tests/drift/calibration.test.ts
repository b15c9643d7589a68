import { before, describe, it } from 'node:test'
import { assert } from 'chai'
import { calibrationOf } from '../../src/evidence/drift/calibration/calibration.ts'
import type { Proposal } from '../../src/evidence/drift/calibration/proposal.ts'
import { driftOf } from '../../src/evidence/drift/drift.ts'
import { driftReport } from '../../src/evidence/drift/drift-report.ts'
import type { RunRecord } from '../../src/evidence/record/run-record.ts'
import { Runs } from './records.ts'

/*
 * The exchange that shows something is a simulation with settings of its own: what is worked out of the
 * run must come to those settings.
 */

const LIMIT_ORDERS = 'features/orders/limit-orders.feature'

/** Whether the bounds that a proposal gives hold the time that the exchange really takes. */
function isWithin(proposal: Proposal | undefined, truth: number): boolean {
  const [, from, to] = /more than (\d+) ms and at most (\d+) ms/.exec(proposal?.because ?? '') ?? []
  return Number(from) < truth && truth <= Number(to)
}

describe('a calibration', () => {
  let runs: Runs
  let plain: RunRecord
  before(async () => {
    runs = await Runs.load(['features/trade-esp-spot.feature', LIMIT_ORDERS])
    plain = await runs.run()
  })

  const proposed = async (settings: Readonly<Record<string, unknown>>, only = '') => {
    const whole = settings === NOTHING ? plain : await runs.run({ settings })
    const scenarios = whole.scenarios.filter(({ uri }) => uri.includes(only))
    const endpoint = { ...whole, scenarios }
    const report = driftReport(driftOf(plain, endpoint), {
      ...{ waivers: [], day: '2026-11-26', lastValidated: () => undefined },
    })
    const { proposals } = calibrationOf(endpoint, report)
    return (setting: string): Proposal | undefined =>
      proposals.find((each) => each.setting === setting)
  }
  const NOTHING = {}

  // Elsewhere there are orders that the simulation is told to hurry on.
  it('finds how long each step of an order takes, and that time moves orders', async () => {
    const find = await proposed({ advance: 'afterMs', 'advance.afterMs': 2_000 }, LIMIT_ORDERS)
    const step = find('advance.afterMs')
    assert.isTrue(isWithin(step, 2_000), step?.because)
    assert.approximately(Number(step?.value), 2_000, 250)
    assert.equal(step?.certainty, 'likely')
    assert.match(step?.because ?? '', /^more than \d+ ms and at most \d+ ms, for each step/)
    assert.equal(find('advance')?.value, 'afterMs')
    assert.isUndefined(find('advance.receivedQueries'))
  })

  it('finds how long a trade takes', async () => {
    const delay = (await proposed({ 'stp.delayMs': 3_000 }))('stp.delayMs')
    assert.isTrue(isWithin(delay, 3_000), delay?.because)
    assert.equal(delay?.certainty, 'likely')
  })

  it('takes NEW to be skipped where no order said it that waits for nothing', async () => {
    const skipped = (await proposed({ 'advance.skipNew': true }))('advance.skipNew')
    assert.isTrue(skipped?.value)
    assert.equal(skipped?.certainty, 'likely')
    assert.match(skipped?.because ?? '', /polling may have missed it$/)
    const find = await proposed(NOTHING)
    assert.isFalse(find('advance.skipNew')?.value)
    assert.isUndefined(find('advance.afterMs'))
    assert.isUndefined(find('stp.delayMs'))
  })
})
