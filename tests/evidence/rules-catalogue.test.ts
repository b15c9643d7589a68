import { describe, it } from 'node:test'
import { assert } from 'chai'
import { rules } from '../../src/evidence/rules/catalogue.ts'
import { RULE_FAMILIES } from '../../src/evidence/rules/rule.ts'
import { orderSeen, orderSent, Talk, tradeOf } from './talk.ts'

describe('the catalogue of rules', () => {
  it('names every rule once, with a sentence, a source and a code', () => {
    const ids = rules.map(({ id }) => id)
    assert.lengthOf(new Set(ids), ids.length)
    for (const { id, sentence, source, code, family } of rules) {
      assert.match(id, /^[a-z]+\.[a-z]+(-[a-z]+)*$/)
      assert.match(sentence, /^[A-Z].*\.$/, id)
      assert.match(source.section, /^\d(\.\d+)?$/, id)
      assert.match(code, /^[a-z]+(-[a-z]+)+$/, id)
      assert.include(RULE_FAMILIES, family)
    }
  })

  it('holds nothing where nothing was observed', async () => {
    const nothing = new Talk()
    const silence = new Talk()
    for (const [method, path] of [
      ['POST', '/v2/sso/login'],
      ['POST', '/v2/orders'],
      ['GET', '/v2/orders/7'],
      ['GET', '/v2/orders?coId=c7'],
      ['DELETE', '/v2/orders/7'],
      ['GET', '/v2/trades/stp/messages'],
    ] as const) {
      await silence.call(method, path, new Error('no answer'))
    }
    for (const talk of [nothing, silence]) {
      const { rulesHeld, findings, variants } = talk.evidence()
      assert.deepEqual([rulesHeld, findings, variants], [[], [], []])
    }
  })

  it('holds nothing that was only seen broken', async () => {
    const talk = new Talk()
    const sent = orderSent('7')
    await talk.place(sent, { ...sent, size: 1, orderId: '7', status: 'RECEIVED' })
    await talk.query('7', [orderSeen('8', 'NEW'), orderSeen('9', 'NEW')])
    await talk.download(tradeOf('7', { side: 'Sell' }))
    await talk.call('GET', '/v2/sso/token/renew', Response.json({ valid: 1 }, { status: 201 }))
    const { rulesHeld, findings } = talk.evidence()
    const broken = findings.map(({ rule }) => rule)
    assert.sameMembers(broken, [
      'http.renew',
      'shape.renew',
      'echo.placing',
      'query.by-server-id',
      'query.one-order',
      'trade.agrees',
    ])
    for (const rule of broken) assert.notInclude(rulesHeld, rule)
  })
})
