import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { renderScript } from '../../../src/backends/replay/outcome-script.ts'
import { readRecording } from '../../../src/backends/replay/read-recording.ts'
import { readReplay } from '../../../src/backends/replay/read-replay.ts'
import { START } from '../../http/driver.ts'
import { acts } from './acts.ts'
import { HarExport } from './har.ts'
import { type Act, BASE_URL, Play, type Terms } from './play.ts'

const LIMIT: Terms = {
  type: 'Limit',
  symbol: 'EUR/USD',
  side: 'Buy',
  timeInForce: 'GTC',
  size: 1_000,
}
const FLOW: readonly Act[] = [
  {
    kind: 'place',
    terms: LIMIT,
    outcome: { kind: 'fill in shares', shares: [0.4, 0.6], new: [{ polls: 2 }, { polls: 1 }] },
  },
  { kind: 'place', terms: { ...LIMIT, type: 'PQ', timeInForce: 'FOK' } },
  ...Array.from({ length: 6 }, (_, order): Act => ({ kind: 'query', order })),
  { kind: 'list' },
  { kind: 'query by coId', order: 0 },
]

/** Secrets that only one call carries. */
const OTHERS = ['session-cookie-1', 'key-of-a-proxy', 'c2lnbmF0dXJl']

interface Entry {
  readonly request: { readonly headers: Pairs; readonly postData?: { readonly text: string } }
  readonly response: { readonly headers: Pairs }
}
type Pairs = readonly { readonly name: string; readonly value: string }[]

/** The password and the tokens of an entry. */
function secretsOf({ request, response }: Entry): string[] {
  const { pass } = JSON.parse(request.postData?.text ?? '{}')
  const tokens = [...request.headers, ...response.headers]
    .filter(({ name, value }) => /^sso_token$/i.test(name) && value !== '')
    .map(({ value }) => value)
  return [...tokens, ...(typeof pass === 'string' ? [pass] : [])]
}

async function recorded(flow: readonly Act[]) {
  const har = new HarExport(() => START)
  const play = new Play({ seed: 'har', through: har.through })
  await play.act(flow)
  return { play, har }
}

describe('a HAR', () => {
  it('makes the script that the transcript of the same talk makes', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (flow) => {
        const { play, har } = await recorded(flow)
        const { source, ...script } = readReplay(har.text, 'app.har')
        const { source: other, ...expected } = readReplay(play.lines, 'transcript.ndjson')
        assert.deepEqual(script, expected)
        assert.deepEqual(source, { file: 'app.har', format: 'HAR' })
        assert.equal(other?.format, 'transcript')
      }),
      { seed: 3, numRuns: 30 },
    )
  })

  it('is read by its times, and for one host', async () => {
    const { har } = await recorded(FLOW)
    const { calls, baseUrl } = readRecording(har.text, 'app.har')
    assert.equal(baseUrl, BASE_URL)
    const paths = calls.map(
      ({ method, url }) => `${method} ${url.slice(BASE_URL.length, BASE_URL.length + 10)}`,
    )
    assert.deepEqual(paths.slice(0, 4), [
      'POST /v2/sso/lo',
      'GET /v2/rates/',
      'POST /v2/orders',
      'GET /v2/rates/',
    ])
    assert.isTrue(calls.every(({ url }) => url.startsWith(BASE_URL)))
  })

  it('has no answer where the browser got none', async () => {
    const har = new HarExport(() => START)
    const play = new Play({ seed: 'har', through: har.through })
    play.simulation.faults.stage({ operation: 'placeOrder', kind: 'cut', when: 'after' })
    await play.act([{ kind: 'place', terms: LIMIT }]).catch(() => undefined)
    const script = readReplay(har.text, 'app.har')
    assert.deepInclude(script.unanswered[0], { call: 1, coId: 'c0', taken: false })
  })

  it('leaks no secret, wherever one stood', async () => {
    const { har } = await recorded(FLOW)
    const { log } = JSON.parse(har.text.slice(1))
    const secrets = new Set<string>(log.entries.flatMap(secretsOf))
    assert.isAtLeast(secrets.size, 2)
    const told = [...secrets, ...OTHERS].join(' ')
    const nosy = {
      startedDateTime: new Date(START + 1e6).toISOString(),
      request: {
        method: 'POST',
        url: `${BASE_URL}/v2/orders`,
        headers: [
          { name: 'cookie', value: 'JSESSIONID=session-cookie-1; a=b' },
          { name: 'X-Api-Key', value: 'key-of-a-proxy' },
          { name: 'Authorization', value: 'hmac username="u", signature="c2lnbmF0dXJl"' },
        ],
        postData: { text: JSON.stringify({ coId: told.slice(0, 200), type: 'Limit' }) },
      },
      response: { status: 400, headers: [], content: { text: JSON.stringify({ message: told }) } },
    }
    log.entries.unshift(nosy)
    const whole = JSON.stringify({ log })
    const written =
      renderScript(readReplay(whole, 'app.har')) + JSON.stringify(readRecording(whole, 'app.har'))
    assert.include(written, '‹redacted›')
    for (const secret of [...secrets, ...OTHERS]) {
      assert.notInclude(written, secret)
    }
  })

  it('may say what was posted as parameters', () => {
    const entry = (request: object) => ({
      startedDateTime: '2026-01-05T09:00:00.000+01:00',
      request: { method: 'POST', headers: [], ...request },
      response: { status: 400, headers: [], content: {} },
    })
    const login = entry({
      url: `${BASE_URL}/v2/sso/login`,
      postData: { params: [{ name: 'pass', value: 'secret-word' }] },
    })
    const placing = entry({
      url: `${BASE_URL}/v2/orders`,
      postData: {
        text: Buffer.from('{"coId":"secret-word"}').toString('base64'),
        encoding: 'base64',
      },
    })
    const { calls } = readRecording(JSON.stringify({ log: { entries: [placing, login] } }), 'x.har')
    assert.deepEqual(
      calls.map(({ body }) => body),
      ['{"coId":"‹redacted›"}', 'pass=‹redacted›'],
    )
  })
})
