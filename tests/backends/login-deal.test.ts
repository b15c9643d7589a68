import { describe, it } from 'node:test'
import { assert } from 'chai'
import { LoginDeal } from '../../src/backends/endpoint/login-deal.ts'

/** Which logins so many scenarios of each worker get, worker by worker. */
function dealt(
  logins: readonly [string, ...string[]],
  workers: number,
  each: number,
): readonly string[] {
  const deal = new LoginDeal(logins, workers)
  const scenarios = Array.from({ length: each }, (_, at) => at)
  return Array.from({ length: workers }, (_, worker) =>
    scenarios.map((at) => deal.to(`scenario ${at} of worker ${worker}`, worker)).join(''),
  )
}

describe('Logins', () => {
  it('are one for each worker where there are as many', () => {
    assert.deepEqual(dealt(['a', 'b', 'c'], 3, 3), ['aaa', 'bbb', 'ccc'])
  })

  it('are shared by workers where there are fewer', () => {
    assert.deepEqual(dealt(['a', 'b'], 5, 2), ['aa', 'bb', 'aa', 'bb', 'aa'])
    assert.deepEqual(dealt(['a'], 3, 2), ['aa', 'aa', 'aa'])
  })

  it('are taken in turn by a worker that has several, and none is left out', () => {
    assert.deepEqual(dealt(['a', 'b', 'c'], 1, 5), ['abcab'])
    assert.deepEqual(dealt(['a', 'b', 'c', 'd', 'e'], 2, 4), ['acea', 'bdbd'])
  })

  it('stay with a scenario, however often and by whomever it is asked for', () => {
    const deal = new LoginDeal(['a', 'b'], 1)
    const asked = ['s', 't', 's', 's', 'u'].map((scenario) => deal.to(scenario, 0))
    assert.deepEqual(asked, ['a', 'b', 'a', 'a', 'a'])
    assert.equal(deal.to('t', 7), 'b')
  })
})
