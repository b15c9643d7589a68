import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { createIntegralClient } from '../../src/api/client/create-integral-client.ts'
import type { CallInput } from '../../src/api/client/options.ts'
import type { Operation } from '../../src/api/contract/endpoints.ts'
import type { DoorRequest } from '../../src/mocks/http/door.ts'
import { hmacAuthentication } from '../../src/mocks/http/hmac-authentication.ts'
import { START, Venue } from './driver.ts'

const venue = new Venue()
const { user } = venue.enrol('ada')
const { hmacSecret } = venue.exchange.directory.enrol({ name: user.name })
const whoSigned = hmacAuthentication(venue.exchange)

/** A request as a server has it before it reads anything. */
interface OnTheWire {
  readonly method: string
  readonly target: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: Uint8Array
}

/** Sends a call to the simulation; with what the answer says, and with what went over. */
async function sign(operation: Operation, input: CallInput) {
  const wires: OnTheWire[] = []
  const client = createIntegralClient({
    baseUrl: 'https://simulation.invalid',
    clock: venue.clock,
    credentials: { user: user.name, password: '', org: user.org },
    hmac: { userId: user.name, secret: hmacSecret },
    fetch: async (request) => {
      const { method, url, headers } = request
      const body = new Uint8Array(await request.clone().arrayBuffer())
      const { pathname, search } = new URL(url)
      wires.push({ method, target: pathname + search, headers: [...headers], body })
      return venue.simulation.fetch(request)
    },
  })
  const answer = await client.call(operation, input)
  const [wire = assert.fail('Nothing was sent.')] = wires
  return { answer, wire }
}

/** Whether the doors know who signed. */
function isKnown({ method, target, headers, body }: OnTheWire): boolean {
  const request: DoorRequest = {
    method,
    pathname: 'not looked at',
    query: new URLSearchParams(),
    params: {},
    headers: new Headers(headers.map(([name, value]) => [name, value])),
    body: new TextDecoder().decode(body),
    wire: { target, body },
  }
  return whoSigned(request).ok
}

const text = fc.oneof(
  fc.string(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom('\ufeff', '\ud800'),
)
const wellFormed = text.map((each) => each.toWellFormed())
const calls = fc.oneof(
  fc.record({
    operation: fc.constantFrom<Operation>('placeOrder', 'resendTrades'),
    input: fc.record({ rawBody: text }),
  }),
  fc.record({
    operation: fc.constantFrom<Operation>('placeOrder', 'resendTrades'),
    input: fc.record({ body: fc.jsonValue() }),
  }),
  fc.record({
    operation: fc.constantFrom<Operation>('spotRate', 'marketDataSet', 'downloadTrades'),
    input: fc.record({ query: fc.dictionary(wellFormed, wellFormed) }),
  }),
  fc.record({
    operation: fc.constant<Operation>('queryOrder'),
    input: wellFormed
      .filter((id) => !/^\.{0,2}$/.test(id))
      .map((id) => ({ params: { id }, query: { id } })),
  }),
)

/** A byte, and what to change it to. */
const change = fc.record({ at: fc.nat(), flip: fc.integer({ min: 1, max: 255 }) })

function changedBytes(bytes: Uint8Array, { at, flip }: { at: number; flip: number }): Uint8Array {
  if (bytes.length === 0) return Uint8Array.of(flip)
  return bytes.map((byte, index) => (index === at % bytes.length ? byte ^ flip : byte))
}

/** Another printable character in place of one of them; spaces would not count at the ends. */
function changedText(value: string, { at, flip }: { at: number; flip: number }): string {
  const index = at % value.length
  const code = 0x23 + ((value.charCodeAt(index) - 0x23 + 0x5c + 1 + (flip % 0x5b)) % 0x5c)
  return value.slice(0, index) + String.fromCharCode(code) + value.slice(index + 1)
}

const withHeader = (wire: OnTheWire, name: string, make: (value: string) => string): OnTheWire => ({
  ...wire,
  headers: wire.headers.map(([each, value]) => [each, each === name ? make(value) : value]),
})

describe('A signature of the client', () => {
  it('is accepted, whatever body or query it covers, and not if one byte of it is changed', async () => {
    await fc.assert(
      fc.asyncProperty(calls, change, async ({ operation, input }, byte) => {
        const { answer, wire } = await sign(operation, input)
        assert.notEqual(answer.httpStatus, 401, answer.raw)
        assert.isTrue(isKnown(wire))
        assert.isFalse(isKnown({ ...wire, body: changedBytes(wire.body, byte) }), 'body')
        const target = changedText(wire.target, byte)
        assert.isFalse(isKnown({ ...wire, target }), `target ${target}`)
        for (const name of ['date', 'digest'])
          assert.isFalse(isKnown(withHeader(wire, name, (value) => changedText(value, byte))), name)
        const signature = withHeader(wire, 'authorization', (value) =>
          value.replace(/(?<=signature=")[^"]+/, (each) => changedText(each, byte)),
        )
        assert.isFalse(isKnown(signature), 'signature')
      }),
      { numRuns: 200 },
    )
  })

  it('is not good for another user, however alike', async () => {
    const { wire } = await sign('queryOrders', {})
    assert.isTrue(isKnown(wire))
    assert.equal(venue.clock.now(), START)
    venue.enrol('adA')
    assert.isFalse(
      isKnown(withHeader(wire, 'authorization', (value) => value.replace('"ada"', '"adA"'))),
    )
  })
})
