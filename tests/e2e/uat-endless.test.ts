import { it } from 'node:test'
import { assert } from 'chai'
import { assertSettled } from './uat/placed.ts'
import { atUat } from './uat/uat.ts'

it('a whole run on an endpoint that ends no order comes to its own end', () =>
  atUat({ neverFinish: true }, async (uat) => {
    const { code, stdout, stderr } = await uat.verify([], {
      settings: {
        'order.finalWithinMs': 1_000,
        'cancel.withinMs': 500,
        'breach.thenMs': 500,
        'scenario.withinMs': 15_000,
        'run.withinMs': 30_000,
        'run.cleanUpMs': 12_000,
      },
    })
    // Not killed, and not clean either: an order that may not wait, did.
    assert.equal(code, 1, stdout + stderr)
    const { scenarios, findings, notVerified } = await uat.verdict()
    assert.include(
      stdout,
      `Running ${scenarios.passed + scenarios.failed + scenarios.notVerified} `,
    )
    const rules = [...new Set(findings.map(({ rule }) => rule))]
    assert.include(rules, 'order.final-in-time')
    // The diagram of PQ orders knows no end by cancellation, whoever asked for it.
    assert.isEmpty(
      rules.filter((each) => !['order.final-in-time', 'pq.new-canceled'].includes(each)),
    )
    const reasons = new Set(notVerified.map(({ reason }) => reason.replace(/ \(.*/, '')))
    assert.include(
      [...reasons],
      'orders did not end in time so often in this run that it was waited for a moment only',
    )
    assert.include([...reasons], 'the time of the run')
    await assertSettled(uat)
  }))
