import { describe, it } from 'node:test'
import { assert } from 'chai'
import { Breaches } from '../../src/backends/endpoint/breaches.ts'

describe('Deadlines that were missed', () => {
  it('cut later waits of their kind short, once there are as many as agreed', () => {
    const breaches = new Breaches(3, 2_000)
    for (let missed = 0; missed < 3; missed++) {
      assert.deepEqual(breaches.allow('trade', 10_000), { withinMs: 10_000, isFull: true })
      breaches.note('trade')
    }
    assert.deepEqual(breaches.allow('trade', 10_000), { withinMs: 2_000, isFull: false })
    assert.deepEqual(breaches.allow('cancellation', 10_000), { withinMs: 10_000, isFull: true })
  })

  it('leave a wait whole that is short anyway', () => {
    const breaches = new Breaches(1, 2_000)
    breaches.note('cancellation')
    assert.deepEqual(breaches.allow('cancellation', 2_000), { withinMs: 2_000, isFull: true })
    assert.deepEqual(breaches.allow('cancellation', 2_001), { withinMs: 2_000, isFull: false })
  })
})
