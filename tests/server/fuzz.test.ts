import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { assert } from 'chai'
import fc from 'fast-check'
import { z } from 'zod'
import { controlContract } from '../../src/mocks/server/control/contract.ts'
import type { ControlContract } from '../../src/mocks/server/control/control-contract.ts'
import { type JsonSchema, jsonOf, nasty } from './json-schema-arbitrary.ts'
import { ask, assertRefusal, limitOrder, logIn, requestText } from './requests.ts'
import { type Served, serving } from './served.ts'
import { type Connection, repliesIn, type WireReply } from './wire.ts'

interface Operation {
  readonly parameters?: readonly {
    readonly name: string
    readonly in: 'path' | 'query' | 'header'
    readonly schema: JsonSchema
  }[]
  readonly requestBody?: {
    readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>>
  }
}

const documentFile = join(import.meta.dirname, '../../docs/openapi.json')
const openApi: {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>>
} = JSON.parse(readFileSync(documentFile, 'utf8'))

/** @param root - What `#/$defs` belong to. */
function resolverIn(root: JsonSchema) {
  return (ref: string): JsonSchema => {
    const [, at, kind = '', name = ''] = ref.split('/')
    const found = at === '$defs' ? root.$defs?.[kind] : openApi.components[kind]?.[name]
    if (!found) throw new Error(`Nothing is at ${ref}.`)
    return found
  }
}

/** One call, to be sent with a token or without. */
interface Call {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | undefined
}

const METHODS = ['get', 'post', 'delete', 'put', 'patch', 'options']
const unreserved = fc.oneof(
  fc.constantFrom('EUR/USD', 'TOB', 'FULL', '1', 'c-1', '%zz', '%00', '..', '', '4HProduct', '-1'),
  fc.string({ unit: 'binary' }),
)
const encoded = unreserved.map((text) =>
  text.startsWith('%') ? text : encodeURIComponent(text.toWellFormed()),
)

function callOf(
  path: string,
  method: string,
  { parameters = [], requestBody }: Operation,
): fc.Arbitrary<Call> {
  const schema = Object.values(requestBody?.content ?? {})[0]?.schema
  const names = parameters.flatMap((each) => (each.in === 'query' ? each.name : []))
  return fc.record({
    method: fc
      .oneof({ weight: 12, arbitrary: fc.constant(method) }, fc.constantFrom(...METHODS))
      .map((each) => each.toUpperCase()),
    path: fc
      .tuple(encoded, encoded, fc.array(fc.tuple(fc.constantFrom('x', ...names), encoded)))
      .map(([one, other, query]) => {
        const filled = path.replace(/\{\w+\}/, () => one).replace(/\{\w+\}/, () => other)
        return `${filled}?${query.map((pair) => pair.join('=')).join('&')}`
      }),
    headers: fc.oneof(
      { weight: 8, arbitrary: fc.constant({}) },
      fc.constantFrom<Record<string, string>>(
        { 'Content-Type': 'text/plain' },
        { 'Content-Type': 'application/json; charset=latin1' },
        { 'Content-Encoding': 'gzip' },
        { 'X-Request-ID': '\xff' },
        {
          Authorization:
            'hmac username="ada", algorithm="hmac-sha256", headers="date", signature=""',
        },
        { Cookie: 'SSO_TOKEN=; SSO_TOKEN="' },
      ),
    ),
    body: schema
      ? fc.oneof({ weight: 12, arbitrary: jsonOf(schema, resolverIn(schema)) }, fc.string())
      : fc.option(fc.json(), { nil: undefined, freq: 5 }),
  })
}

const documented = Object.entries(openApi.paths).flatMap(([path, operations]) =>
  Object.entries(operations).map(([method, operation]) => callOf(path, method, operation)),
)

/** An order that would be taken, with some of its fields changed. */
const nearlyGood: fc.Arbitrary<Call> = fc
  .tuple(
    fc.uuid(),
    fc.dictionary(fc.constantFrom(...Object.keys(limitOrder)), nasty, { maxKeys: 2 }),
  )
  .map(([coId, changed]) => {
    const fields = Object.entries({ ...limitOrder, coId }).map(([name, value]) => [
      name,
      JSON.stringify(value),
    ])
    const json = Object.entries({ ...Object.fromEntries(fields), ...changed })
    const body = `{${json.map(([name, value]) => `"${name}":${value}`).join(',')}}`
    return { method: 'POST', path: '/v2/orders', headers: {}, body }
  })

/** Calls of the control API, on an organisation of their own: what they stage is no mistake elsewhere. */
const staging = Object.values<ControlContract>(controlContract)
  // A stream has no end.
  .filter(({ streams }) => !streams)
  .map(({ path, method, body }) => {
    const schema = body && (z.toJSONSchema(body, { io: 'input' }) as JsonSchema)
    const operation = schema && { requestBody: { content: { json: { schema } } } }
    const at = `/_simulation${path.replace('{org}', 'Staged')}`
    return callOf(at, method.toLowerCase(), operation ?? {})
  })

const usually = fc.nat({ max: 9 }).map((chance) => chance > 0)

const wellFormed = ({ body, headers, ...call }: Call, token: string | undefined) => ({
  ...call,
  headers: { ...(token !== undefined && { SSO_TOKEN: token }), ...headers },
  ...(body !== undefined && { body: body.toWellFormed() }),
})

function assertAnswer(reply: WireReply, what: string, { failures }: Served): void {
  if (failures.length > 0) throw failures[0]
  if (reply.status >= 200 && reply.status < 300) return
  assertRefusal(reply, what)
}

/** Runs `use`, and fails where the process was told of a mistake that nobody handled. */
async function withoutSurprises(use: () => Promise<void>): Promise<void> {
  const surprises: unknown[] = []
  const note = (reason: unknown) => surprises.push(reason)
  process.on('unhandledRejection', note)
  try {
    await use()
  } finally {
    process.off('unhandledRejection', note)
  }
  assert.deepEqual(surprises, [])
  assert.notProperty({}, 'polluted')
}

/** Bytes that are still needed once all else is collected. */
function bytesInUse(): number {
  setFlagsFromString('--expose-gc')
  runInNewContext('gc')()
  return process.memoryUsage().heapUsed
}

/** A connection that is opened anew where a refusal has ended it. */
class Reopened {
  readonly #served: Served
  #connection: Connection | undefined

  constructor(served: Served) {
    this.#served = served
  }

  async ask(path: string, sent: Parameters<typeof ask>[2]): Promise<WireReply> {
    this.#connection ??= await this.#served.connect()
    const reply = await ask(this.#connection, path, sent)
    if (reply.headers.get('connection') === 'close') this.end()
    return reply
  }

  end(): void {
    this.#connection?.end()
    this.#connection = undefined
  }
}

describe('whatever is sent', () => {
  const kinds: readonly [what: string, calls: readonly fc.Arbitrary<Call>[], runs: number][] = [
    ['to the API', [nearlyGood, ...documented], 4_000],
    ['to the control API', staging, 2_000],
  ]
  for (const [what, calls, numRuns] of kinds) {
    it(`${what}, the answer is a success or a refusal in the documented shape`, () =>
      withoutSurprises(() =>
        serving({ limits: { journal: 500, organisations: 20 } }, async (served) => {
          const connection = new Reopened(served)
          const first = await served.connect()
          const token = await logIn(first)
          first.end()
          const before = bytesInUse()
          const holds = fc.asyncProperty(fc.oneof(...calls), usually, async (call, isIn) => {
            // Whoever was idle longest makes room for others: that is to be nobody who calls.
            served.clock.advance(1)
            const reply = await connection.ask(
              call.path,
              wellFormed(call, isIn ? token : undefined),
            )
            const what = `${call.method} ${call.path} ${call.body}`
            if (call.method !== 'HEAD') assertAnswer(reply, what, served)
          })
          await fc.assert(holds, { numRuns, endOnFailure: true })
          assert.equal((await connection.ask('/_simulation/health', {})).status, 200)
          assert.isBelow(bytesInUse() - before, 100 * 1024 * 1024)
          connection.end()
        }),
      ))
  }

  it('byte for byte, the answers are successes or refusals in the documented shape', () =>
    withoutSurprises(() =>
      serving({ limits: { journal: 500 } }, async (served) => {
        const first = await served.connect()
        const headers = { SSO_TOKEN: await logIn(first) }
        first.end()
        const valid = [
          requestText('/v2/orders', { method: 'POST', headers, body: limitOrder }),
          requestText('/v2/rates/spot?symbol=EUR%2FUSD', { headers }),
          requestText('/v2/orders/1', { method: 'DELETE', headers }),
          requestText('/v2/sso/login', {
            method: 'POST',
            headers: { 'Transfer-Encoding': 'chunked', 'Content-Length': '0' },
          }),
          requestText('/_simulation/organisations/Staged/clock/advance', {
            method: 'POST',
            body: { ms: 5 },
          }),
        ]
        await fc.assert(
          fc.asyncProperty(mutated(valid), async (bytes) => {
            const connection = await served.connect()
            connection.socket.end(bytes)
            for (const reply of repliesIn(await connection.rest()))
              assertAnswer(reply, JSON.stringify(bytes.toString('latin1')), served)
            connection.end()
          }),
          { numRuns: 2_000, endOnFailure: true },
        )
        const last = await served.connect()
        assert.equal((await ask(last, '/_simulation/health')).status, 200)
        last.end()
      }),
    ))
})

/** Valid requests one behind the other, with bytes changed, left out, doubled and put in. */
function mutated(valid: readonly Buffer[]): fc.Arbitrary<Buffer> {
  const mutation = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat({ max: 20 }),
    put: fc.oneof(
      fc.uint8Array({ maxLength: 4 }),
      fc.constantFrom(
        ...['\r\n', '\r\n\r\n', '\0', ': ', '%', '0\r\n\r\n', '\n'].map((text) =>
          Buffer.from(text),
        ),
      ),
    ),
    isDoubled: fc.boolean(),
  })
  return fc
    .tuple(
      fc.array(fc.constantFrom(...valid), { minLength: 1, maxLength: 3 }),
      fc.array(mutation, { maxLength: 4 }),
    )
    .map(([requests, mutations]) =>
      mutations.reduce((bytes, { at, length, put, isDoubled }) => {
        const from = Math.floor(at * bytes.length)
        const kept = isDoubled ? from : from + length
        return Buffer.concat([
          bytes.subarray(0, from),
          put,
          bytes.subarray(Math.max(0, kept - length)),
        ])
      }, Buffer.concat(requests)),
    )
}
