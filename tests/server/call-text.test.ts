import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { endpoints, type Operation } from '../../src/api/contract/endpoints.ts'
import { callOfText, textOfCall } from '../../src/mocks/server/call-text.ts'
import type { JournalledCall } from '../../src/mocks/server/journal.ts'

/** As HTTP allows it in a header: no NUL. */
const header = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ' '))
const body = fc.string({ unit: fc.oneof(fc.constant('\0'), fc.string({ unit: 'grapheme' })) })
const pair = fc.tuple(header, header)
const perhaps = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: undefined })
const time = fc.double({ min: 0, max: 8.64e15, noNaN: true })

const calls: fc.Arbitrary<JournalledCall> = fc.record({
  kind: fc.constant('call' as const),
  number: fc.integer({ min: 1 }),
  at: time,
  receivedAt: time,
  operation: perhaps(fc.constantFrom(...(Object.keys(endpoints) as Operation[]))),
  method: fc.constantFrom('GET', 'POST'),
  target: header,
  rawHeaders: fc.array(pair).map((pairs) => pairs.flat()),
  body,
  bodyLength: fc.nat(),
  fault: perhaps(fc.constantFrom('latency', 'cut, slow body')),
  tookEffect: perhaps(fc.boolean()),
  answer: perhaps(
    fc.record({
      status: fc.integer({ min: 200, max: 599 }),
      headers: fc.array(pair),
      text: perhaps(body),
    }),
  ),
  delivered: perhaps(fc.boolean()),
  doneAt: time,
  answeredAt: time,
})

describe('A call of the journal, written as text', () => {
  it('is read back as it was', () => {
    fc.assert(fc.property(calls, (call) => assert.deepEqual(callOfText(textOfCall(call)), call)))
  })
})
