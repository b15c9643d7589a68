import { describe, it } from 'node:test'
import { seen } from './deals.ts'
import { Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertSilent } from './verdicts.ts'

describe('a trade that is sent again is unchanged', () => {
  const rule = 'trade.resent-unchanged'
  const again = async (first: object, second: object) => {
    const talk = await seen('FILLED', {}, {})
    await talk.download(tradeOf('7', { ...first }))
    await talk.resend()
    await talk.download(tradeOf('7', { event: 'RESEND', ...second }))
    return talk
  }

  it('but for its mark, and for what is nowhere documented or filled in later', async () => {
    assertHeld(await again({}, {}), rule)
    assertHeld(await again({ sequence: 1 }, { sequence: 2 }), rule)
    assertHeld(await again({ customerAccount: undefined }, { customerAccount: 'A' }), rule)
  })

  it('in all that it told', async () => {
    assertFindings(await again({ counterparty: 'A' }, { valueDate: '2026-01-08' }), [
      {
        ...{ code: 'resent-changed', rule, orderId: '7', exchanges: [3, 5] },
        detail:
          'trade FXI7: valueDate: 2026-01-07 before, then 2026-01-08; counterparty: A before, then nothing',
      },
    ])
  })

  it('where it is marked so, and was not changed before', async () => {
    assertSilent(await again({}, { event: undefined, valueDate: '2026-01-08' }), rule)
    assertSilent(await again({}, { event: 'AMEND', valueDate: '2026-01-08' }), rule)
    assertSilent(await again({ event: 'AMEND' }, { valueDate: '2026-01-08' }), rule)
  })

  it('to one user: another may see it from another side', async () => {
    const talk = new Talk()
    await talk.login('Ada')
    await talk.login('Grace')
    await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
    await talk.download(tradeOf('7'))
    await talk.resend()
    await talk.download(tradeOf('7', { event: 'RESEND', valueDate: '2026-01-08' }))
    assertSilent(talk, rule)
  })
})
