import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Malformed } from '../../src/api/client/answer.ts'
import { withoutOthers } from '../../src/backends/endpoint/without-others.ts'

const trade = (orderId: string) => ({
  ...{ orderId, tradeId: `FXI${orderId}`, coId: `c${orderId}`, tradeType: 'Spot' },
  ...{ tradeDate: '2026-01-05', valueDate: '2026-01-07', maker: false, side: 'Buy' },
  ...{ status: 'Verified', symbol: 'EUR/USD', currency: 'EUR', dealtAmount: 1_000 },
})
const { valueDate: _, ...misshapen } = trade('7')

const download = (...trades: readonly unknown[]): Malformed => ({
  ...{ kind: 'malformed', operation: 'downloadTrades', httpStatus: 200, requestId: 'r' },
  ...{ raw: JSON.stringify(trades), problems: [{ path: '[1].valueDate', message: 'missing' }] },
})
/** Order 1 is ours, and 7 only where told. */
const isOneOf =
  (...own: readonly string[]) =>
  ({ orderId }: { readonly orderId: string }) =>
    own.includes(orderId)

describe('a download with trades that are not as documented', () => {
  it('is read without them where they are of others: ours came along, and are consumed', () => {
    const answer = withoutOthers(download(trade('1'), misshapen), isOneOf('1'))
    assert.deepInclude(answer, { kind: 'success', value: [trade('1')] })
  })

  it('stays as it is where one of ours is among them, or there is no list at all', () => {
    const ours = download(trade('1'), misshapen)
    assert.strictEqual(withoutOthers(ours, isOneOf('1', '7')), ours)
    const page = { ...download(), raw: '<html>' }
    assert.strictEqual(withoutOthers(page, isOneOf()), page)
  })
})
