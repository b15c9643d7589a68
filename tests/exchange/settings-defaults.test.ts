import { describe, it } from 'node:test'
import { assert } from 'chai'
import { parseSettings } from '../../src/mocks/exchange/settings/parse-settings.ts'
import { defaultSettings, settingRows } from '../../src/mocks/exchange/settings/settings.ts'

/**
 * Section 6 of the fact sheet, copied by hand: number of the gap, name of the setting, default. Where
 * the sheet gives several values to one name, each has a name of its own here.
 */
const FACT_SHEET: readonly (readonly [gap: number | 'own', name: string, byDefault: unknown])[] = [
  [1, 'tokenTtlMs', 60_000],
  [2, 'tokenSliding', false],
  [3, 'renew.live', 'extend'],
  [3, 'renew.oldTokenGraceMs', 0],
  [4, 'renew.maxExpiredMs', 'unlimited'],
  [5, 'renew.unknown', 401],
  [6, 'login.concurrent', 'allow'],
  [7, 'auth.accept', 'either'],
  [7, 'auth.emit', ['header', 'cookieDomain', 'cookieHost']],
  [8, 'auth.failureStatus', 401],
  [9, 'login.unknownStatus', 401],
  [10, 'login.maxFailures', 'off'],
  [
    11,
    'errorShape',
    { status: 'ERROR', errorCode: '{code}', responseTuples: null, errorMessage: '{message}' },
  ],
  [11, 'errorCodes', {}],
  [12, 'hmac.required', ['date', 'request-line', 'digest']],
  [12, 'hmac.skewMs', 300_000],
  [12, 'hmac.failureStatus', 401],
  [12, 'hmac.requireTypeHeader', true],
  [12, 'hmac.secretEncoding', 'utf-8'],
  [13, 'rate.ttlMs', 5_000],
  [14, 'pq.badRate.unknown', 'http400'],
  [14, 'pq.badRate.expired', 'rejectOnQuery'],
  [14, 'pq.badRate.otherUser', 'rejectOnQuery'],
  [14, 'pq.badRate.otherSymbol', 'rejectOnQuery'],
  [15, 'rate.singleUse', false],
  [16, 'pq.priceMismatch', 'reject'],
  [16, 'pq.priceTolerance', 0],
  [17, 'pq.oversize', 'reject'],
  [17, 'limit.oversize', 'partial'],
  [18, 'pq.tifStrict', true],
  [19, 'validation.missingField', 'http400'],
  [19, 'validation.illTyped', 'http400'],
  [19, 'validation.badEnum', 'http400'],
  [19, 'validation.badNumber', 'http400'],
  [19, 'validation.unknownSymbol', 'http400'],
  [19, 'validation.currency', 'http400'],
  [19, 'validation.credit', 'rejectOnQuery'],
  [19, 'validation.marketClosed', 'rejectOnQuery'],
  [19, 'credit.maxOrderSize', 'off'],
  [20, 'coId.duplicate', 'http400'],
  [20, 'coId.duplicateScope', 'ever'],
  [21, 'query.shape', 'array'],
  [22, 'query.unknown', 404],
  [23, 'paths.queryByClient', '/v2/orders?coId={coId}'],
  [24, 'active.includesTerminal', false],
  [24, 'order.retentionMs', 'unlimited'],
  [25, 'advance', 'perQuery'],
  [25, 'advance.queriesPerStep', 1],
  [25, 'advance.afterMs', 100],
  [26, 'advance.skipNew', false],
  [26, 'advance.receivedQueries', 0],
  [27, 'ioc.unfilledStatus', 'EXPIRED'],
  [28, 'partial.workingStatus', 'NEW'],
  [28, 'partial.finalStatus', 'EXPIRED'],
  [29, 'cancel.status', 'CANCELED'],
  [30, 'cancel.successStatus', 202],
  [30, 'cancel.tooLate', 400],
  [31, 'day.cutoff', '17:00'],
  [31, 'gtt.invalid', 'http400'],
  [32, 'reject.fields', { reason: 'reason', code: 'reasonCode' }],
  [33, 'stp.delayMs', 0],
  [33, 'stp.delayPolls', 0],
  [34, 'stp.scope', 'org'],
  [35, 'stp.consumeOn', 'send'],
  [36, 'stp.order', 'asc'],
  [37, 'stp.maxCountInvalid', 400],
  [37, 'stp.cap', 1_000],
  [37, 'stp.defaultCount', 50],
  [38, 'stp.empty', '[]'],
  [39, 'stp.extraFields', { settledAmount: 'settledAmount', spotRate: 'rate', rate: 'rate' }],
  [40, 'stp.omitEvent', false],
  [41, 'fills.perOrder', 1],
  [42, 'resend.empty', 200],
  [42, 'resend.invalid', 400],
  [42, 'resend.tz', 'UTC'],
  [43, 'rate.unknownSymbol', 404],
  [43, 'rate.noLiquidity', 404],
  [44, 'rates.fullShape', 'arrays'],
  [
    45,
    'mds.rateFields',
    { rateId: 'rateId', symbol: 'symbol', tenor: 'tenor', bid: 'bid', offer: 'offer' },
  ],
  [45, 'mds.invalidStatus', 400],
  [46, 'rateLimit', 'off'],
  [47, 'fault.place5xx', 'dropped'],
  [48, 'strict.unknownFields', 'ignore'],
  [48, 'strict.types', 'http400'],
  [48, 'strict.contentType', 'http400'],
  [49, 'price.maxDecimals', 8],
  [50, 'id.orderDigits', 10],
  [51, 'perm.missing', 'http403'],
  [51, 'provider.missing', 'reject'],
  [52, 'market.hours', 'always'],
  [53, 'apiVersion', '1.0.1'],
  ['own', 'auth.method', 'either'],
  ['own', 'outcome.magic', true],
  ['own', 'outcome.rejectBeforeNew', 0],
  ['own', 'outcome.rejectAfterNew', 0],
  ['own', 'outcome.expire', 0],
  ['own', 'outcome.fillInParts', 0],
]

describe('the default settings', () => {
  for (const [gap, name, byDefault] of FACT_SHEET) {
    it(`have ${name} of gap ${gap} as the fact sheet says`, () => {
      const row = Object.entries(settingRows).find(([each]) => each === name)?.[1]
      assert.deepEqual([row?.gap, row?.default], [gap, byDefault])
    })
  }

  it('are none but those of the fact sheet', () => {
    assert.sameMembers(
      Object.keys(settingRows),
      FACT_SHEET.map(([, name]) => name),
    )
  })

  it('close every gap of the fact sheet that touches the simulation', () => {
    const gaps = Array.from({ length: 53 }, (_, index) => index + 1)
    const closed = new Set(Object.values(settingRows).map(({ gap }) => gap))
    assert.isEmpty(gaps.filter((gap) => !closed.has(gap)))
  })

  it('are what no settings at all come to', () => {
    const byHand = Object.fromEntries(FACT_SHEET.map(([, name, byDefault]) => [name, byDefault]))
    assert.deepEqual<unknown>(parseSettings(), byHand)
    assert.deepEqual<unknown>(parseSettings({}), byHand)
    assert.deepEqual<unknown>(defaultSettings, byHand)
  })

  it('are values that could be given', () => {
    for (const [name, { schema, default: byDefault }] of Object.entries(settingRows)) {
      assert.isTrue(schema.safeParse(byDefault).success, name)
    }
  })

  it('are described', () => {
    for (const [name, { about }] of Object.entries(settingRows)) {
      assert.match(about, /^[A-Za-z].*[^.\s]$/, name)
    }
  })
})
