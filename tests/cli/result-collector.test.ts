import { afterEach, describe, it } from 'node:test'
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
  const collector = begun((record) => records.push(record))
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

const END = { testRunFinished: { success: true } } as unknown as Message
const collectors: ResultCollector[] = []

/** It collects in this thread until the end of the test. */
function begun(ended: (record: ScenarioRecord) => void): ResultCollector {
  const collector = new ResultCollector(ended)
  collectors.push(collector)
  return collector
}

afterEach(() => {
  for (const collector of collectors.splice(0)) collector.receive(END)
})

const base64 = (text: string) => Buffer.from(text).toString('base64')
const NOT_ITS_FORM = ['the evidence of a.feature is not in its own form']

describe('evidence that comes in a message', () => {
  it('is the same whether it was written in this thread just now, or in another', async () => {
    const evidence = await evidenceOf('7')
    const fromElsewhere = evidenceDocument(evidence)
    assert.equal(fromElsewhere, base64(JSON.stringify(evidence)))
    const elsewhere = collected(fromElsewhere)
    // Somebody collects in this thread by now.
    const document = evidenceDocument(evidence)
    assert.equal(document, base64('{"see":"evidence/scenarios.ndjson"}'))
    const here = collected(document)
    const asText = collected(JSON.stringify(evidence), 'IDENTITY')
    for (const { evidence: found, breakages } of [here, elsewhere, asText]) {
      assert.deepEqual(breakages, [])
      assert.equal(JSON.stringify(found), JSON.stringify(evidence))
    }
  })

  it('is handed over as long as somebody collects, and no longer', async () => {
    const evidence = await evidenceOf('7')
    const whole = base64(JSON.stringify(evidence))
    const collector = begun(() => {})
    assert.notEqual(evidenceDocument(evidence), whole)
    collector.receive(END)
    assert.equal(evidenceDocument(evidence), whole)
  })

  it('is taken once, and not for what another one saw', async () => {
    begun(() => {})
    const document = evidenceDocument(await evidenceOf('7'))
    const other = await evidenceOf('8')
    assert.deepEqual(collected(base64(JSON.stringify(other))).evidence, other)
    const { evidence, breakages } = collected(document)
    assert.isUndefined(evidence)
    assert.deepEqual(breakages, NOT_ITS_FORM)
  })

  it('is not taken where it is of another scenario', async () => {
    const evidence = await evidenceOf('7')
    const elsewhere = { ...evidence, scenario: { ...evidence.scenario, line: 2 } }
    const { evidence: found, breakages } = collected(base64(JSON.stringify(elsewhere)))
    assert.isUndefined(found)
    assert.deepEqual(breakages, ["the evidence of a.feature is another scenario's"])
  })

  it('is not taken where it is not in its own form', async () => {
    const broken = { ...(await evidenceOf('7')), exchanges: [{ number: 0 }] }
    const { evidence: found, breakages } = collected(base64(JSON.stringify(broken)))
    assert.isUndefined(found)
    assert.deepEqual(breakages, NOT_ITS_FORM)
  })
})
