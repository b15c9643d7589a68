import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Message } from '../../src/cli/cucumber-message.ts'
import { ResultCollector } from '../../src/cli/result-collector.ts'
import { evidenceDocument } from '../../src/evidence/evidence-document.ts'
import type { ScenarioRecord } from '../../src/evidence/record/scenario-record.ts'
import {
  SCENARIO_EVIDENCE,
  type ScenarioEvidence,
  scenarioEvidence,
} from '../../src/evidence/scenario-evidence.ts'
import { orderSeen, Talk } from '../evidence/talk.ts'

async function evidenceOf(id: string): Promise<ScenarioEvidence> {
  const talk = new Talk()
  await talk.query(id, orderSeen(id, 'NEW'))
  const scenario = { uri: 'a.feature', name: 'n', line: 1 }
  return scenarioEvidence(talk.transcript, { scenario, target: 'simulation', seed: 's' })
}

/** What is collected of a scenario whose evidence travels as `document`. */
function collected(document: string, contentEncoding = 'BASE64') {
  const records: ScenarioRecord[] = []
  const collector = new ResultCollector((record) => records.push(record))
  const pickle = { id: 'p', uri: 'a.feature', name: 'n', steps: [], tags: [], astNodeIds: [] }
  const messages = [
    { pickle },
    { testCase: { id: 'c', pickleId: 'p', testSteps: [] } },
    { testCaseStarted: { id: 's', testCaseId: 'c' } },
    {
      attachment: {
        ...{ testCaseStartedId: 's', mediaType: SCENARIO_EVIDENCE },
        ...{ body: document, contentEncoding },
      },
    },
    { testCaseFinished: { testCaseStartedId: 's', willBeRetried: false } },
  ]
  for (const message of messages) collector.receive(message as unknown as Message)
  return { evidence: records[0]?.evidence, breakages: collector.breakages }
}

const base64 = (text: string) => Buffer.from(text).toString('base64')
const NOT_ITS_FORM = ['the evidence of a.feature is not in its own form']

describe('evidence that comes in a message', () => {
  it('is the same whether it was written in this thread just now, or in another, or before', async () => {
    const [evidence, other] = await Promise.all([evidenceOf('7'), evidenceOf('8')])
    const document = evidenceDocument(evidence)
    const here = collected(document)
    const elsewhere = collected(document)
    evidenceDocument(other)
    const before = collected(document)
    const asText = collected(JSON.stringify(evidence), 'IDENTITY')
    for (const { evidence: found, breakages } of [here, elsewhere, before, asText]) {
      assert.deepEqual(breakages, [])
      assert.equal(JSON.stringify(found), JSON.stringify(elsewhere.evidence))
    }
    assert.deepEqual(here.evidence, evidence)
  })

  it('is not taken where it is not in its own form, wherever it comes from', async () => {
    const evidence = await evidenceOf('7')
    const broken = { ...evidence, exchanges: [{ number: 0 }] }
    const text = base64(JSON.stringify(broken))
    const own = evidenceDocument(broken as unknown as ScenarioEvidence)
    assert.equal(own, text)
    for (const document of [own, text]) {
      const { evidence: found, breakages } = collected(document)
      assert.isUndefined(found)
      assert.deepEqual(breakages, NOT_ITS_FORM)
    }
  })
})
