import { describe, it } from 'node:test'
import { assert } from 'chai'
import { scenarioEvidence } from '../../src/evidence/scenario-evidence.ts'
import { Transcript } from '../../src/evidence/transcript.ts'
import { BASE_URL, orderSeen, Talk, tradeOf } from './talk.ts'

const facts = { scenario: { uri: '', name: 'the run itself', line: 1 }, target: 'uat', seed: 's' }

/** What a scenario did, and then the run itself. */
async function findingsOf(
  scenario: (talk: Talk) => Promise<unknown>,
  own: (talk: Talk) => Promise<unknown>,
) {
  const talk = new Talk()
  await scenario(talk)
  const shared = talk.transcript.whole.length
  await own(talk)
  const judge = (isWholeRun: boolean) => {
    const transcript = new Transcript({ baseUrl: BASE_URL })
    for (const exchange of talk.transcript.whole) {
      const isShared = exchange.number <= shared
      transcript.record({ ...exchange, ...(isShared && { sharedFrom: 'a.feature:3 One' }) })
    }
    const { findings } = scenarioEvidence(transcript, { ...facts, isWholeRun })
    return findings.map(({ code, orderId }) => `${code} ${orderId}`)
  }
  return { asWhole: judge(true), asScenario: judge(false) }
}

describe('the run itself', () => {
  it('is judged on the orders of its scenarios: a trade that came late, to nobody', async () => {
    const found = await findingsOf(
      (talk) => talk.order('7', 'Limit', 'RECEIVED', 'NEW', 'REJECTED'),
      (talk) => talk.call('GET', '/v2/trades/stp/messages', Response.json([tradeOf('7')])),
    )
    assert.deepEqual(found.asWhole, ['trade-for-unfilled 7'])
    assert.deepEqual(found.asScenario, [], 'What others did is judged where it was done.')
  })

  it('sees a final status change after its scenario had ended', async () => {
    const found = await findingsOf(
      (talk) => talk.order('7', 'Limit', 'RECEIVED', 'NEW', 'FILLED'),
      (talk) => talk.query('7', [orderSeen('7', 'NEW')]),
    )
    assert.deepEqual(found.asWhole, ['illegal-transition 7'])
  })
})
