import { text } from 'node:stream/consumers'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type Sender, send } from '../../src/api/client/send.ts'
import { parseClientQueryPath } from '../../src/api/contract/client-query-path.ts'
import { knownText, takeText, withText } from '../../src/api/known-text.ts'
import { type Respond, respond, respondLate } from '../../src/mocks/http/text-response.ts'

const JSON_TYPE: [string, string] = ['Content-Type', 'application/json']

/** What somebody finds out who looks at a response, one look after the other. */
async function seen(make: () => Response): Promise<readonly unknown[]> {
  const refused = (error: unknown) => (error instanceof Error ? error.name : error)
  const read = make()
  const copied = make()
  const copy = copied.clone()
  const streamed = make()
  const found = [
    [...read.headers],
    [read.status, read.ok, read.type, read.bodyUsed, read.body === null],
    [await read.text(), read.bodyUsed],
    [await read.text().catch(refused), await read.json().catch(refused)],
    [await copy.text(), copied.bodyUsed, await copied.text(), copied.bodyUsed],
    [streamed.body && (await text(streamed.body)), streamed.bodyUsed],
    [...changed(make()).clone().headers],
    await make().json().catch(refused),
    Buffer.from(await make().bytes()).toString(),
    Buffer.from(await make().arrayBuffer()).toString(),
    await make()
      .blob()
      .then(async (blob) => [blob.type, await blob.text()]),
    await make().formData().then(Object.fromEntries, refused),
  ]
  try {
    read.clone()
  } catch (error) {
    found.push(refused(error))
  }
  return found
}

function changed(response: Response): Response {
  response.headers.set('X-Added', 'yes')
  response.headers.delete('Content-Length')
  return response
}

describe('a response whose body is made late', () => {
  const form = 'application/x-www-form-urlencoded'
  const cases: readonly (readonly [string, ...Parameters<Respond>])[] = [
    ['an answer', '{"a":"ä"}', { status: 202, headers: [JSON_TYPE] }],
    ['a text without a type', 'text', { status: 200, headers: [] }],
    ['a form', 'a=b', { status: 200, headers: [['content-type', form]] }],
    ['an empty text', '', { status: 500, headers: [JSON_TYPE] }],
    ['no body', null, { status: 200, headers: [] }],
    ['a status without body', '{}', { status: 204, headers: [JSON_TYPE] }],
    ['a status that fetch does not know', '{}', { status: 999, headers: [JSON_TYPE] }],
    ['bytes that no text is', '\uFEFF{"a":"\uD800"}', { status: 200, headers: [JSON_TYPE] }],
  ]
  for (const [what, body, head] of cases) {
    it(`is like any other, with ${what}`, async () => {
      const usual = await seen(() => respond(body, head))
      assert.deepEqual(await seen(() => respondLate(body, head)), usual)
      const late = respondLate(body, head)
      assert.oneOf(knownText(late), [undefined, await late.text()])
    })
  }

  it('tells its text to who asks for that, and stays unread', () => {
    const answer = respondLate('{}', { status: 200, headers: [JSON_TYPE] })
    assert.equal(knownText(answer), '{}')
    assert.isFalse(answer.bodyUsed)
    assert.isUndefined(knownText(respond('{}', { status: 200, headers: [JSON_TYPE] })))
  })

  it('tells nothing any more when somebody has read it', async () => {
    const answer = respondLate('{}', { status: 200, headers: [JSON_TYPE] })
    await answer.text()
    assert.isUndefined(knownText(answer))
  })
})

describe('the known text of a request', () => {
  it('is what its body says, or is not known where no text says it', async () => {
    for (const [body, text] of [
      ['{"a":"ä"}', '{"a":"ä"}'],
      ['', ''],
      ['x\uFEFF', 'x\uFEFF'],
      ['😀', '😀'],
      ['\uFEFFx', undefined],
      ['\uD800', undefined],
    ] as const) {
      const request = withText(new Request('https://a.invalid', { method: 'POST', body }), body)
      assert.equal(knownText(request), text)
      if (text !== undefined) assert.equal(await request.clone().text(), text)
      assert.isUndefined(knownText(request.clone()))
    }
  })

  it('is taken once, as a request is sent once', () => {
    const request = withText(new Request('https://a.invalid', { method: 'POST', body: 'x' }), 'x')
    assert.equal(takeText(request), 'x')
    assert.throws(() => takeText(request), TypeError, 'Body is unusable')
  })

  it('is what the client sends, whatever it is made of', async () => {
    const compared: (string | undefined)[] = []
    const sender: Sender = {
      ...{ baseUrl: 'https://a.invalid', tokenTransport: 'header', newRequestId: () => 'id' },
      clientQueryPath: parseClientQueryPath('/v2/orders?coId={coId}'),
      fetch: async (request) => {
        const sent = await request.clone().text()
        compared.push(sent)
        assert.include([undefined, sent], knownText(request))
        return new Response('{}')
      },
    }
    for (const input of [
      { body: { size: 'ä€😀' } },
      { rawBody: 'no JSON' },
      { rawBody: '\uFEFF{}' },
    ]) {
      await send(sender, 'placeOrder', input, 'token')
    }
    assert.deepEqual(compared, ['{"size":"ä€😀"}', 'no JSON', '{}'])
  })
})
