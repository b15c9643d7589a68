import { test } from 'node:test'
import { assert } from 'chai'
import { dealtIn } from '../../src/backends/endpoint/dealt-in.ts'

const entry = (side: string, currency: unknown, size: unknown, status = 'FILLED') => ({
  ...{ order: 1, login: 1, scenario: 's', standing: 'ended' as const, status },
  sent: { side, currency, size },
})

test('what was dealt is what FILLED orders bought less what they sold, by currency and exactly', () => {
  const entries = [
    entry('Buy', 'EUR', 0.1),
    entry('Buy', 'EUR', 0.2),
    entry('Sell', 'USD', 500),
    entry('Sell', 'EUR', 0.4),
    entry('Buy', 'EUR', 9, 'CANCELED'),
    entry('Buy', 'EUR', '9'),
    entry('Buy', undefined, 9),
  ]
  assert.deepEqual(dealtIn(entries), { EUR: -0.1, USD: -500 })
  assert.deepEqual(dealtIn([]), {})
})
