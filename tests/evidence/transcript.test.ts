import { test } from 'node:test'
import { assert } from 'chai'
import { asText } from '../../src/evidence/exchange.ts'
import { scenarioEvidence } from '../../src/evidence/scenario-evidence.ts'
import { Transcript } from '../../src/evidence/transcript.ts'
import { BASE_URL, orderSeen, orderSent, Talk, tradeOf } from './talk.ts'

const facts = { scenario: { uri: 'a', name: 'n', line: 1 }, target: 't', seed: 's' }

test('exchanges are kept whole, and shown cut', async () => {
  const talk = new Talk({ maxBodyLength: 20 })
  await talk.query('7', orderSeen('7', 'NEW'))
  const [whole] = talk.transcript.whole
  const [shown] = talk.transcript.exchanges
  assert.equal(whole?.response?.body, JSON.stringify(orderSeen('7', 'NEW')))
  assert.match(
    shown?.response?.body ?? '',
    /\[cut here: the first 20 of \d+ characters are shown\]/,
  )
})

test('a transcript that was handed over from another thread is judged as if made here', async () => {
  const talk = new Talk({ maxBodyLength: 20 })
  await talk.order('7', 'PQ', 'RECEIVED', 'NEW', 'FILLED', 'NEW')
  const whole = structuredClone(talk.transcript.whole).toReversed()
  const restored = Transcript.restore({ baseUrl: BASE_URL, maxBodyLength: 20 }, whole)
  assert.deepEqual(scenarioEvidence(restored, facts), scenarioEvidence(talk.transcript, facts))
  assert.lengthOf(scenarioEvidence(restored, facts).findings, 1)
  assert.equal(restored.nextNumber(), 5, 'Numbers go on where the others ended.')
})

test('a download that another scenario made tells of trades, and is not judged again', async () => {
  const maker = new Talk()
  await maker.call('GET', '/v2/trades/stp/messages', Response.json([tradeOf('7')], { status: 206 }))
  const [made] = maker.transcript.whole
  if (!made) throw new Error('expected an exchange')
  assert.lengthOf(maker.evidence().findings, 1, 'It is judged where it was made.')

  const talk = new Talk()
  await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
  const sharedFrom = 'features/x.feature:12 name, exchange 7'
  talk.transcript.record({ ...made, number: talk.transcript.nextNumber(), sharedFrom })
  talk.pass(20_000)
  await talk.download()
  const { findings, rulesHeld } = talk.evidence()
  assert.deepEqual(findings, [])
  assert.includeMembers([...rulesHeld], ['trade.agrees', 'trade.in-time', 'trade.once'])
  const shown = talk.transcript.exchanges[2]
  assert.match(
    shown ? asText(shown) : '',
    /^made by another scenario: features\/x\.feature:12 name/,
  )
})

test('what another scenario made tells nothing of orders', async () => {
  const maker = new Talk()
  await maker.query('7', { orderId: '7', status: 'ODD' })
  await maker.order('8', 'PQ', 'NEW')
  await maker.place(orderSent('9', { type: 'PQ' }), {}, 400)
  const made = maker.transcript.whole.map((each) => ({ ...each, sharedFrom: 'elsewhere' }))
  const shared = Transcript.restore({ baseUrl: BASE_URL }, made)
  const { orders, refused, findings, rulesHeld, variants } = scenarioEvidence(shared, facts)
  assert.deepEqual([orders, refused, findings, rulesHeld, variants], [[], [], [], [], []])
})
