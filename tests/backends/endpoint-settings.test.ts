import { describe, it } from 'node:test'
import { assert } from 'chai'
import {
  defaultEndpointSettings,
  endpointSettingNames,
  parseEndpointSettings,
} from '../../src/backends/endpoint/endpoint-settings.ts'
import { SettingsError } from '../../src/mocks/exchange/settings/parse-settings.ts'

function refusalOf(given: unknown): string {
  try {
    parseEndpointSettings(given)
  } catch (error) {
    assert.instanceOf(error, SettingsError)
    return error instanceof Error ? error.message : ''
  }
  return assert.fail(`Nothing wrong with ${JSON.stringify(given)}`)
}

describe('parseEndpointSettings', () => {
  it('has the documented defaults', () => {
    assert.deepEqual(parseEndpointSettings(), {
      'connect.withinMs': 5_000,
      'headers.withinMs': 10_000,
      'body.withinMs': 10_000,
      'keepAlive.ms': 4_000,
      'pool.connections': 8,
      'retry.attempts': 2,
      'retry.firstMs': 250,
      'retry.factor': 2,
      'poll.firstMs': 50,
      'poll.factor': 1.6,
      'poll.mostMs': 1_000,
      'order.finalWithinMs': 15_000,
      'order.expiryWithinMs': 5_000,
      'cancel.withinMs': 5_000,
      'trade.withinMs': 10_000,
      'doubt.withinMs': 5_000,
      'scenario.withinMs': 60_000,
      'run.withinMs': 240_000,
      'run.cleanUpMs': 15_000,
      'breach.most': 3,
      'breach.thenMs': 2_000,
      'pursuit.attempts': 2,
      'order.throughPips': 10,
      'order.awayPips': 200,
      'order.awayPercent': 1,
      'order.size': 10_000,
      'order.minSize': 1_000,
      'token.waitMs': 45_000,
      'token.skewMs': 1_000,
      'token.transport': 'header',
      'rate.staleAfterMs': 3_600_000,
      'paths.queryByClient': '/v2/orders?coId={coId}',
    })
  })

  it('accepts its own defaults, and takes what is given', () => {
    assert.deepEqual(parseEndpointSettings(defaultEndpointSettings), defaultEndpointSettings)
    const settings = parseEndpointSettings({ 'token.transport': 'both', 'retry.attempts': 0 })
    assert.deepEqual(
      [settings['token.transport'], settings['retry.attempts'], settings['poll.factor']],
      ['both', 0, 1.6],
    )
  })

  it('names an unknown setting and the nearest known one', () => {
    assert.equal(
      refusalOf({ 'connect.within': 5 }),
      'Unknown setting "connect.within": did you mean "connect.withinMs"?',
    )
    for (const name of ['constructor', '__proto__'])
      assert.include(refusalOf(JSON.parse(`{"${name}": 1}`)), `Unknown setting "${name}"`)
  })

  it('refuses what is no object', () => {
    for (const given of [null, 'order.size', 5, [], true])
      assert.match(refusalOf(given), /^Settings are not an object: .*\.$/)
  })

  for (const name of endpointSettingNames) {
    it(`says what is wrong with ${name}, and what it is for`, () => {
      for (const value of [null, undefined, -1, '', [''], {}, Number.NaN, Number.MAX_VALUE])
        assert.match(
          refusalOf({ [name]: value }),
          new RegExp(`^Setting "${name}" cannot be .+\\.$`),
        )
    })
  }

  it('switches no limit of time off', () => {
    for (const name of endpointSettingNames.filter((each) => each.endsWith('.withinMs')))
      assert.include(refusalOf({ [name]: 0 }), `Setting "${name}" cannot be 0`)
  })

  it('pursues a wanted ending at most twice more', () => {
    assert.include(refusalOf({ 'pursuit.attempts': 3 }), '"pursuit.attempts" cannot be 3')
  })

  for (const [given, less, more] of [
    [{ 'order.size': 500 }, 'order.minSize', 'order.size'],
    [{ 'poll.firstMs': 2_000 }, 'poll.firstMs', 'poll.mostMs'],
    [{ 'run.withinMs': 30_000 }, 'scenario.withinMs', 'run.withinMs'],
    [{ 'run.withinMs': 9_000, 'scenario.withinMs': 9_000 }, 'run.cleanUpMs', 'run.withinMs'],
  ] as const) {
    it(`holds ${less} against ${more}`, () => {
      assert.match(
        refusalOf(given),
        new RegExp(`^Setting "${less}" \\(\\d+\\) cannot be above "${more}" \\(\\d+\\): .+\\.$`),
      )
    })
  }

  it('checks the path of the query by client id', () => {
    assert.match(refusalOf({ 'paths.queryByClient': '/v2/orders' }), /^Setting "paths.*\{coId\}/)
  })
})
