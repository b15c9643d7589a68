import { describe, it } from 'node:test'
import { seen } from './deals.ts'
import { Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified, assertSilent } from './verdicts.ts'

const traded = async (fields: object) => {
  const talk = await seen('FILLED', {}, {})
  await talk.download(tradeOf('7', { ...fields }))
  return talk
}

describe('the dates of a trade', () => {
  const rule = 'trade.dates'

  it('are written as days', async () => {
    assertHeld(await traded({}), rule)
    for (const field of ['tradeDate', 'valueDate']) {
      for (const wrong of ['20260105', '7 Jan', '2026-13-01', '2026-01-05T00:00:00Z']) {
        assertFindings(await traded({ [field]: wrong }), [
          {
            ...{ code: 'wrong-trade-date', rule, orderId: '7', exchanges: [3] },
            detail: `trade FXI7: its ${field} is ${wrong}`,
          },
        ])
      }
    }
  })

  it('are looked at where they are told, and in own trades', async () => {
    assertSilent(await traded({ tradeDate: undefined, valueDate: 7 }), rule)
    const others = new Talk()
    await others.download(tradeOf('7', { tradeDate: 'x' }))
    assertNotVerified(others, rule)
  })
})

describe('the type of a trade', () => {
  const rule = 'trade.type'

  it('is one of the list', async () => {
    for (const tradeType of ['Spot', 'Outright', 'NDF', 'Swap', 'FwdFwd', 'NDFSwap']) {
      assertHeld(await traded({ tradeType }), rule)
    }
    assertFindings(await traded({ tradeType: 'Foo' }), [
      {
        ...{ code: 'unknown-trade-type', rule, orderId: '7', exchanges: [3] },
        detail: 'trade FXI7: its tradeType is Foo',
      },
    ])
    assertSilent(await traded({ tradeType: undefined }), rule)
  })
})
