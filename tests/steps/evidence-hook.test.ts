import { describe, it } from 'node:test'
import type { ITestCaseHookParameter, IWorld } from '@cucumber/cucumber'
import { assert } from 'chai'
import { takeEvidenceOver } from '../../src/evidence/evidence-document.ts'
import { attachEvidence } from '../../src/steps/evidence-hook.ts'
import { orderSeen, Talk } from '../evidence/talk.ts'

interface Attached {
  readonly title: string
  readonly text: string
}

/** What the hook attaches for people to read. */
async function pagesOf(
  { transcript }: Talk,
  willBeRetried?: boolean,
): Promise<readonly Attached[]> {
  const attached: Attached[] = []
  const attach = (async (body: string, { mediaType = '', fileName = '' }) => {
    const isBase64 = mediaType.startsWith('base64:')
    const text = isBase64 ? Buffer.from(body, 'base64').toString() : body
    attached.push({ title: fileName, text })
  }) as unknown as IWorld['attach']
  const pickle = { uri: 'a.feature', name: 'n', location: { line: 1, column: 1 } }
  await attachEvidence({
    ...{ transcript, attach, target: 't', seed: 's', willBeRetried },
    pickle: pickle as ITestCaseHookParameter['pickle'],
  })
  return attached
}

describe('what is attached of a scenario', () => {
  it('is every exchange, and the document with all of them', async () => {
    const talk = new Talk()
    await talk.query('7', orderSeen('7', 'NEW'))
    const titles = (await pagesOf(talk)).map(({ title }) => title)
    assert.include(titles, 'Exchange 1: GET /api/v2/orders/7 → 200')
    assert.notInclude(titles, 'More exchanges')
    assert.include(titles, 'Scenario evidence.json')
  })

  it('is whole of an attempt that does not count: nobody takes it over', async () => {
    const talk = new Talk()
    await talk.query('7', orderSeen('7', 'NEW'))
    const end = takeEvidenceOver()
    const [counted, attempt] = [(await pagesOf(talk)).at(-1), (await pagesOf(talk, true)).at(-1)]
    end()
    assert.deepEqual(counted, {
      title: 'Scenario evidence.json',
      text: '{"see":"evidence/scenarios.ndjson"}',
    })
    assert.equal(attempt?.title, 'Evidence of an attempt.json')
    assert.lengthOf(JSON.parse(attempt?.text ?? '').exchanges, 1)
  })

  it('is cut after 200 exchanges, and says so; the document is whole', async () => {
    const talk = new Talk()
    for (let at = 0; at < 203; at++) await talk.query('7', orderSeen('7', 'NEW'))
    const pages = await pagesOf(talk)
    assert.lengthOf(
      pages.filter(({ title }) => /^Exchange \d+: /.test(title)),
      200,
    )
    assert.match(
      pages.find(({ title }) => title === 'More exchanges')?.text ?? '',
      /\[cut here: the first 200 of 203 exchanges are shown; the evidence of the run has them all\]/,
    )
    const document = pages.find(({ title }) => title === 'Scenario evidence.json')
    assert.lengthOf(JSON.parse(document?.text ?? '').exchanges, 203)
  })

  it('is cut where it is longer than anybody reads, and says so', async () => {
    const talk = new Talk()
    const rows = Array.from({ length: 7_000 }, (_, at) => ({ at }))
    await talk.query('7', { ...orderSeen('7', 'NEW'), rows })
    const [exchange] = (await pagesOf(talk)).filter(({ title }) => title.startsWith('Exchange '))
    assert.isBelow(exchange?.text.length ?? 0, 201_000)
    assert.match(exchange?.text ?? '', /… \[cut here: the first \d+ of \d+ characters are shown\]/)
  })

  it('does not grow by indenting what is all brackets', async () => {
    const talk = new Talk()
    await talk.query('7', JSON.parse(`${'['.repeat(3_000)}${']'.repeat(3_000)}`))
    const [exchange] = (await pagesOf(talk)).filter(({ title }) => title.startsWith('Exchange '))
    assert.isBelow(exchange?.text.length ?? 0, 8_000)
  })
})
