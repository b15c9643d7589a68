import { before, describe, it } from 'node:test'
import { assert } from 'chai'
import { driftOf } from '../../src/evidence/drift/drift.ts'
import { driftReport, hasDrift } from '../../src/evidence/drift/drift-report.ts'
import type { RunRecord } from '../../src/evidence/record/run-record.ts'
import { Runs } from './records.ts'

const NOTHING = { waivers: [], day: '2026-11-26', lastValidated: () => undefined }

describe('two runs of the simulation', () => {
  let runs: Runs
  let plain: RunRecord
  before(async () => {
    runs = await Runs.load()
    plain = await runs.run()
  })
  const groupsWith = async (behaviour: Parameters<Runs['run']>[0]) =>
    driftReport(driftOf(plain, await runs.run(behaviour)), NOTHING).groups
  const idsWith = async (behaviour: Parameters<Runs['run']>[0]) =>
    (await groupsWith(behaviour)).map(({ rule, subject }) => `${rule}/${subject}`)

  for (const seed of ['a', 'b', 'another-one', '4711']) {
    it(`show no drift under the seed ${seed}`, async () => {
      const report = driftReport(driftOf(plain, await runs.run({ seed })), NOTHING)
      assert.deepEqual(report.groups, [])
      assert.isFalse(hasDrift(report))
      assert.isAbove(report.compared.length, 150)
      assert.deepEqual(
        report.compared.flatMap(({ unseen }) => unseen),
        [],
      )
    })
  }

  const told: readonly (readonly [Readonly<Record<string, unknown>>, readonly string[]])[] = [
    [{ 'query.shape': 'object' }, ['drift.types/queryOrder']],
    [{ 'ioc.unfilledStatus': 'CANCELED' }, ['drift.statuses/Limit order']],
    [{ 'cancel.status': 'CANCELLED' }, ['drift.spelling/CANCELED']],
    [{ 'partial.workingStatus': 'PARTIAL' }, ['drift.spelling/NEW']],
    [{ 'cancel.successStatus': 200 }, ['drift.http-code/cancelOrder']],
    [{ 'cancel.tooLate': 409 }, ['drift.http-code/cancelOrder']],
    [{ 'query.unknown': 200 }, ['drift.http-code/queryOrder', 'drift.http-code/queryOrders']],
    [{ 'stp.empty': '204' }, ['drift.http-code/downloadTrades']],
    [{ 'stp.empty': 'blank' }, ['drift.types/downloadTrades']],
    [{ 'stp.omitEvent': true }, ['drift.fields/downloadTrades trade event']],
    [{ 'validation.badEnum': 'rejectOnQuery' }, ['drift.http-code/placeOrder']],
    [{ errorCodes: { 'missing-field': 'E1' } }, ['drift.reason/placeOrder']],
    [
      { 'auth.emit': ['header'] },
      ['drift.fields/login headers with the token', 'drift.fields/renew headers with the token'],
    ],
    // A scenario that waits for the end of a token finds it alive.
    [{ tokenTtlMs: 600_000 }, ['drift.timing/life of a token', 'drift.http-code/spotRate']],
    [
      { 'reject.fields': { reason: 'why', code: 'whyCode' } },
      ['reason', 'reasonCode', 'why', 'whyCode'].map(
        (name) => `drift.fields/queryOrder REJECTED ${name}`,
      ),
    ],
    [
      { 'rates.fullShape': 'objects' },
      ['drift.types/spotRateByType', 'drift.types/spotRateByTypeAndOrg'],
    ],
  ]
  for (const [settings, expected] of told) {
    it(`show ${JSON.stringify(settings)} as just that`, async () => {
      const ids = await idsWith({ settings })
      // What a setting does to a scenario that was made for its default is told too, and no more.
      assert.includeMembers(ids, [...expected])
      const rules = new Set(expected.map((id) => id.split('/')[0]))
      assert.deepEqual(
        ids.filter((id) => !rules.has(id.split('/')[0])),
        [],
      )
    })
  }

  it('show every value in a row of its own, and a waiver of one is none of another', async () => {
    const behaviour = { settings: { errorCodes: { 'missing-field': 'E1', 'bad-value': 'E2' } } }
    const drift = driftOf(plain, await runs.run(behaviour))
    const { groups } = driftReport(drift, NOTHING)
    const ids = groups.map(({ id }) => id)
    const id = 'drift.reason/placeOrder (MISSING_FIELD → E1)'
    assert.includeMembers(ids, [id, 'drift.reason/placeOrder (BAD_VALUE → E2)'])
    assert.sameMembers(ids, [...new Set(ids)])
    for (const { rule, occurrences } of groups) {
      const values = occurrences.map(({ simulation, endpoint }) => [
        simulation.value,
        endpoint.value,
      ])
      if (rule !== 'drift.reason') continue
      assert.lengthOf(new Set(values.map((each) => each.join())), 1)
    }
    const waiver = { owner: 'QA', reason: 'known', granted: '2026-01-01', expires: '2027-01-01' }
    const report = driftReport(drift, { ...NOTHING, waivers: [{ ...waiver, rule: id }] })
    assert.deepEqual(
      report.groups.filter(({ open }) => open.length === 0).map((each) => each.id),
      [id],
    )
  })

  it('show an order that takes seconds as slower, by its timing class', async () => {
    const groups = await groupsWith({ settings: { advance: 'afterMs', 'advance.afterMs': 2_000 } })
    const timing = groups.filter(({ rule }) => rule === 'drift.timing')
    assert.isNotEmpty(timing)
    assert.deepEqual(
      [...new Set(timing.map(({ occurrences: [one] }) => one?.endpoint.value))],
      ['seconds'],
    )
    // Two scenarios poll for a partial fill, which takes longer than they do.
    const others = groups.filter(({ rule }) => rule !== 'drift.timing')
    assert.deepEqual(
      others.flatMap(({ rule, occurrences }) => occurrences.map(() => rule)),
      ['drift.statuses', 'drift.statuses'],
    )
  })

  it('do not tell a skipped NEW as a difference, but say that it was not seen', async () => {
    const drift = driftOf(plain, await runs.run({ settings: { 'advance.skipNew': true } }))
    const unseen = drift.compared.flatMap((each) => each.unseen)
    assert.isAbove(
      unseen.filter(({ what, side }) => what === 'NEW' && side === 'endpoint').length,
      30,
    )
    for (const { differences } of drift.compared) {
      for (const { simulation, endpoint } of differences) {
        // Only an order that ended otherwise differs.
        assert.notEqual(simulation.value.split(' → ').at(-1), endpoint.value.split(' → ').at(-1))
      }
    }
  })

  // Values of fields are not compared, so that another name for an action is no drift.
  const deviations = [
    ['placing-refused-with-422', ['drift.http-code']],
    ['trade-with-maker-as-text', ['drift.types']],
    ['placed-as-new', []],
  ] as const
  for (const [deviation, rules] of deviations) {
    it(`show the deviation ${deviation} as ${rules.join() || 'no drift'}`, async () => {
      const groups = await groupsWith({ deviation })
      assert.sameMembers([...new Set(groups.map(({ rule }): string => rule))], [...rules])
    })
  }
})
