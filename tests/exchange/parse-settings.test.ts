import { describe, it } from 'node:test'
import { assert } from 'chai'
import { parseSettings, SettingsError } from '../../src/mocks/exchange/settings/parse-settings.ts'
import { settingNames } from '../../src/mocks/exchange/settings/settings.ts'

/** The sentence with which settings are refused. */
function refusalOf(given: unknown): string {
  try {
    parseSettings(given)
  } catch (error) {
    assert.instanceOf(error, SettingsError)
    return error instanceof Error ? error.message : ''
  }
  return assert.fail(`Nothing wrong with ${JSON.stringify(given)}`)
}

describe('parseSettings', () => {
  it('takes what is given and leaves the rest', () => {
    const settings = parseSettings({ tokenTtlMs: 5, 'stp.empty': '204' })
    assert.deepEqual(
      [settings.tokenTtlMs, settings['stp.empty'], settings['rate.ttlMs']],
      [5, '204', 5_000],
    )
  })

  it('names an unknown setting and the nearest known one', () => {
    assert.equal(
      refusalOf({ tokenTtl: 5 }),
      'Unknown setting "tokenTtl": did you mean "tokenTtlMs"?',
    )
    assert.include(refusalOf({ 'stp.Empty': '[]' }), '"stp.empty"')
  })

  it('does not take names that every object has for settings', () => {
    for (const name of ['constructor', 'toString', '__proto__']) {
      const given: unknown = JSON.parse(`{"${name}": 1}`)
      assert.match(refusalOf(given), new RegExp(`^Unknown setting "${name}"`))
    }
  })

  it('refuses what is no object', () => {
    for (const given of [null, 'tokenTtlMs', 5, [], true]) {
      assert.match(refusalOf(given), /^Settings are not an object: .*\.$/)
    }
  })

  for (const name of settingNames) {
    it(`names ${name} when its value cannot be`, () => {
      for (const value of [null, undefined, -1.5, '', [''], { '': 5 }, Number.NaN]) {
        const sentence = refusalOf({ [name]: value })
        assert.include(sentence, `Setting "${name}" cannot be `)
        assert.match(sentence, /\.$/)
      }
    })
  }

  const BAD_VALUES: readonly (readonly [name: string, value: unknown])[] = [
    ['tokenTtlMs', 0],
    ['tokenTtlMs', 1.5],
    ['tokenTtlMs', '60000'],
    ['renew.oldTokenGraceMs', -1],
    ['renew.maxExpiredMs', 'forever'],
    ['renew.unknown', 404],
    ['login.maxFailures', 0],
    ['auth.emit', []],
    ['auth.emit', ['header', 'query']],
    ['auth.failureStatus', 399],
    ['auth.failureStatus', 500],
    ['rate.ttlMs', 0],
    ['pq.priceTolerance', -0.00001],
    ['rateLimit', 0],
    ['cancel.successStatus', 201],
    ['day.cutoff', '24:00'],
    ['day.cutoff', '5pm'],
    ['day.cutoff', '17:60'],
    ['reject.fields', { reason: 'reason' }],
    ['id.orderDigits', 9],
    ['id.orderDigits', 12],
    ['stp.cap', 0],
    ['fills.perOrder', 0],
    ['outcome.expire', 1.01],
    ['outcome.magic', 'yes'],
    ['mds.rateFields', { bid: 'mid' }],
    ['stp.extraFields', { spotRate: 'spot' }],
  ]
  for (const [name, value] of BAD_VALUES) {
    it(`refuses ${name} as ${JSON.stringify(value)}`, () => {
      assert.include(
        refusalOf({ [name]: value }),
        `Setting "${name}" cannot be ${JSON.stringify(value)}: `,
      )
    })
  }

  const EDGES = {
    tokenTtlMs: 1,
    'renew.maxExpiredMs': 0,
    'auth.failureStatus': 400,
    'login.unknownStatus': 499,
    'day.cutoff': '00:00',
    'id.orderDigits': 11,
    'outcome.expire': 1,
    'advance.afterMs': 0,
    advance: 'afterMs',
    rateLimit: 1,
    'price.maxDecimals': 0,
  }
  it('takes values at their very bounds', () => {
    const settings = parseSettings(EDGES)
    assert.deepEqual<unknown>({ ...settings, ...EDGES }, settings)
  })

  const IMPOSSIBLE: readonly (readonly [name: string, given: Readonly<Record<string, unknown>>])[] =
    [
      ['renew.oldTokenGraceMs', { 'renew.oldTokenGraceMs': 1 }],
      ['renew.oldTokenGraceMs', { 'renew.oldTokenGraceMs': 1, 'renew.live': 'extend' }],
      ['pq.priceTolerance', { 'pq.priceTolerance': 0.1, 'pq.priceMismatch': 'ignore' }],
      ['stp.defaultCount', { 'stp.defaultCount': 11, 'stp.cap': 10 }],
      ['stp.defaultCount', { 'stp.cap': 49 }],
      ['advance.queriesPerStep', { 'advance.queriesPerStep': 1, advance: 'afterMs' }],
      ['advance.queriesPerStep', { 'advance.queriesPerStep': 2, advance: 'scripted' }],
      ['advance.receivedQueries', { 'advance.receivedQueries': 1, advance: 'afterMs' }],
      ['advance.receivedQueries', { 'advance.receivedQueries': 1, advance: 'scripted' }],
      ['advance.afterMs', { 'advance.afterMs': 100 }],
      ['advance.afterMs', { 'advance.afterMs': 100, advance: 'scripted' }],
      ['coId.duplicateScope', { 'coId.duplicateScope': 'active', 'coId.duplicate': 'accept' }],
      ['outcome.rejectBeforeNew', { 'outcome.rejectBeforeNew': 0.6, 'outcome.expire': 0.5 }],
      ['outcome.rejectBeforeNew', { 'outcome.rejectAfterNew': 0.6, 'outcome.fillInParts': 0.5 }],
      ['paths.queryByClient', { 'paths.queryByClient': '/v2/orders' }],
      ['paths.queryByClient', { 'paths.queryByClient': '/v2/orders/{coId}' }],
      ['resend.tz', { 'resend.tz': 'Mars/Olympus' }],
    ]
  for (const [name, given] of IMPOSSIBLE) {
    it(`names ${name} when it cannot go with ${JSON.stringify(given)}`, () => {
      assert.match(
        refusalOf(given),
        new RegExp(`^Setting "${name.replaceAll('.', '\\.')}" cannot be used`),
      )
    })
  }

  const POSSIBLE: readonly Readonly<Record<string, unknown>>[] = [
    { 'renew.oldTokenGraceMs': 1, 'renew.live': 'rotate' },
    { 'renew.oldTokenGraceMs': 0, 'renew.live': 'extend' },
    { 'pq.priceTolerance': 0.1, 'pq.priceMismatch': 'http400' },
    { 'pq.priceMismatch': 'ignore' },
    { 'stp.defaultCount': 10, 'stp.cap': 10 },
    { 'advance.queriesPerStep': 2, 'advance.receivedQueries': 3 },
    { advance: 'afterMs' },
    { advance: 'scripted' },
    { 'coId.duplicate': 'accept' },
    { 'coId.duplicateScope': 'active', 'coId.duplicate': 'reject' },
    { 'outcome.rejectBeforeNew': 0.5, 'outcome.expire': 0.5 },
    // 1.0000000000000002 together, as floats.
    {
      'outcome.rejectBeforeNew': 0.05,
      'outcome.rejectAfterNew': 0.55,
      'outcome.expire': 0.3,
      'outcome.fillInParts': 0.1,
    },
    { 'paths.queryByClient': '/v2/orders/client/{coId}', 'resend.tz': 'America/New_York' },
  ]
  for (const given of POSSIBLE) {
    it(`takes ${JSON.stringify(given)}`, () => {
      const settings = parseSettings(given)
      assert.deepEqual<unknown>({ ...settings, ...given }, settings)
    })
  }
})
