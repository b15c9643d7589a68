import { describe, test } from 'node:test'
import { assert } from 'chai'
import { applyWaivers } from '../../../src/evidence/waivers/apply-waivers.ts'
import { matchesScenario } from '../../../src/evidence/waivers/matches-scenario.ts'

const label = 'features/orders/limit-orders.feature:12 Buys EUR/USD (50 * 2)'

/** A pattern, and whether it means that scenario. */
const patterns: Readonly<Record<string, boolean>> = {
  [label]: true,
  'features/orders/limit-orders.feature': true,
  'features/orders/limit-orders.feature:12': true,
  'features/orders/limit-orders.feature:1': false,
  'Buys EUR/USD (50 * 2)': true,
  'Buys EUR/USD': false,
  'Buys*': true,
  '*EUR/USD*': true,
  '*': true,
  '**': true,
  'features/*': true,
  'features/*:12 Buys*2)': true,
  'features/*/limit-orders.feature': true,
  'features/*limit-orders.feature:*limit-orders*': false,
  '*Sells*': false,
  'Buys?EUR': false,
  'Buys *EUR/USD *USD*': false,
  'buys*': false,
}

describe('a scenario pattern', () => {
  for (const [pattern, isMeant] of Object.entries(patterns)) {
    test(`${JSON.stringify(pattern)} ${isMeant ? 'means' : 'does not mean'} it`, () => {
      assert.equal(matchesScenario(pattern, label), isMeant)
    })
  }

  test('means the run itself, which has no file', () => {
    assert.isTrue(matchesScenario('the run itself', 'the run itself'))
    assert.isFalse(matchesScenario('features/*', 'the run itself'))
  })

  test('takes no longer for many stars', () => {
    assert.isFalse(matchesScenario(`${'*a'.repeat(400)}b`, 'a'.repeat(1_000)))
  })
})

const waiver = {
  rule: 'http.place-order',
  owner: 'Q. A. Lead',
  reason: 'known',
  granted: '2026-03-01',
  expires: '2026-03-31',
}
const one = { rule: 'http.place-order', scenario: 'features/a.feature:1 One' }
const other = { rule: 'http.place-order', scenario: 'features/b.feature:1 Other' }
const another = { rule: 'http.query-order', scenario: 'features/a.feature:1 One' }
const on = (day: string) => ({ target: 'uat', day })

describe('waivers', () => {
  for (const [day, state] of [
    ['2026-02-28', 'not yet in force'],
    ['2026-03-01', 'in force'],
    ['2026-03-31', 'in force'],
    ['2026-04-01', 'expired'],
  ] as const) {
    test(`are ${state} on ${day}`, () => {
      const { applied, open } = applyWaivers([one], [waiver], on(day))
      assert.deepEqual(applied, [{ waiver, state, about: [one] }])
      assert.deepEqual(open, state === 'in force' ? [] : [one])
    })
  }

  test('are about a rule, everywhere or where they say', () => {
    const everywhere = applyWaivers([one, other, another], [waiver], on('2026-03-02'))
    assert.deepEqual(everywhere.open, [another])
    const here = { ...waiver, scenario: 'features/a.feature' }
    assert.deepEqual(applyWaivers([one, other, another], [here], on('2026-03-02')).open, [
      other,
      another,
    ])
  })

  test('are listed also where they match nothing, and left out where they are for another target', () => {
    const elsewhere = { ...waiver, target: 'simulation' as const }
    const { applied, open } = applyWaivers([another], [waiver, elsewhere], on('2026-03-02'))
    assert.deepEqual(applied, [{ waiver, state: 'in force', about: [] }])
    assert.deepEqual(open, [another])
  })

  test('one that has expired takes nothing from one in force', () => {
    const expired = { ...waiver, granted: '2026-01-01', expires: '2026-01-31' }
    const { open } = applyWaivers([one], [expired, waiver], on('2026-03-02'))
    assert.deepEqual(open, [])
  })
})
