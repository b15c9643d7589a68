import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { magicWords, saidBy } from '../../src/mocks/exchange/magic-words.ts'
import { readFault } from '../../src/mocks/http/fault.ts'
import { faultsSaidBy, magicFaultWords } from '../../src/mocks/http/magic-fault-words.ts'
import { at } from './driver.ts'
import { describeEach, FAULT, type Facing } from './faults-transports.ts'

const WORKING = { price: 0.5, timeInForce: 'GTC' } as const

describe('magic words for faults', () => {
  const placing = { operation: 'placeOrder' } as const
  const SAID: readonly (readonly [coId: string, ...faults: object[]])[] = [
    ['1~cut-before', { kind: 'cut', when: 'before' }],
    ['~cut-after~1', { kind: 'cut', when: 'after' }],
    ['1~429', { kind: 'rate limited', retryAfterSeconds: 1 }],
    ['1~429-20s', { kind: 'rate limited', retryAfterSeconds: 20 }],
    ['1~503', { kind: 'status', status: 503, when: 'before' }],
    ['1~503-after', { kind: 'status', status: 503, when: 'after' }],
    ['1~status-599-2', { kind: 'status', status: 599, when: 'before' }],
    ['1~status-400-after', { kind: 'status', status: 400, when: 'after' }],
    ['1~latency-500ms', { kind: 'latency', ms: 500 }],
    ['1~latency-2s-a', { kind: 'latency', ms: 2_000 }],
    ['1~malformed', { kind: 'malformed JSON' }],
    ['1~html', { kind: 'HTML page', when: 'before' }],
    ['1~html-after', { kind: 'HTML page', when: 'after' }],
    ['1~truncated', { kind: 'truncated body' }],
    [
      '1~latency-1s~fill-30~cut-after~503',
      { kind: 'latency', ms: 1_000 },
      { kind: 'cut', when: 'after' },
      { kind: 'status', status: 503, when: 'before' },
    ],
    ['1~cut'],
    ['1~cut-afterwards'],
    ['1~4290'],
    ['1~429-99999s'],
    ['1~5031'],
    ['1~status-399'],
    ['1~status-600'],
    ['1~latency-86400001ms'],
    ['1~latency-5'],
    ['1~htmlx'],
    ['cut-after 503 truncated'],
    ['1~refuse=cut-after'],
  ]
  for (const [coId, ...faults] of SAID) {
    it(`bring ${faults.map((fault) => JSON.stringify(fault)).join(', ') || 'nothing'} by ${coId}`, () => {
      const said: readonly object[] = faultsSaidBy(coId)
      assert.deepEqual(
        said,
        faults.map((fault) => ({ ...placing, ...fault })),
      )
    })
  }

  it('are documented as they are read, and say nothing else', () => {
    const documented = magicFaultWords.flatMap(({ word, about }) => [
      word,
      ...[...about.matchAll(/`(~[^`]*)`/g)].map(([, other = '']) => other),
    ])
    for (const word of documented) {
      assert.lengthOf(faultsSaidBy(`1${word}`), 1, word)
      assert.isEmpty(saidBy(`1${word}`), word)
    }
    for (const { word } of magicWords) assert.isEmpty(faultsSaidBy(`1${word}`), word)
  })

  it('make faults that can be staged, whatever follows a ~', () => {
    const beginning = fc.constantFrom('cut-', '429-', 'status-', 'latency-', '503-', 'html-', '')
    const segment = fc.tuple(beginning, fc.string({ maxLength: 9 })).map((each) => each.join(''))
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), (segments) => {
        for (const fault of faultsSaidBy(`1~${segments.join('~')}`)) readFault(fault)
      }),
      { seed: 1 },
    )
  })
})

/** What becomes of placing an order twice, with a look at it in between. */
async function story(facing: Facing, coId: string) {
  const { venue, trader } = await facing([])
  const before = venue.clock.now()
  const { response, body } = await trader.raw({ ...WORKING, coId }).catch(() => ({
    response: undefined,
    body: undefined,
  }))
  const lateMs = venue.clock.now() - before
  const isTaken = (await trader.askByCoId(coId)).status === 200
  const again = await trader.placeLimit({ ...WORKING, coId })
  assert.equal(again.status, isTaken ? 400 : 202)
  assert.isNull(again.headers.get(FAULT))
  const fault = response?.headers.get(FAULT) ?? undefined
  const text = body && Buffer.from(body.bytes).toString()
  return { status: response?.status, response, text, body, fault, isTaken, lateMs }
}

describeEach('a placing with a magic coId', (facing) => {
  const TOLD: readonly (readonly [string, number | undefined, string | undefined, boolean])[] = [
    ['a~cut-before', undefined, undefined, false],
    ['a~cut-after', undefined, undefined, true],
    ['a~429-7s', 429, 'rate limited', false],
    ['a~503', 503, 'status', false],
    ['a~status-418-after', 418, 'status', true],
    ['a~latency-500ms', 202, 'latency', true],
    ['a~malformed', 202, 'malformed JSON', true],
    ['a~html', 200, 'HTML page', false],
    ['a~truncated', 202, 'truncated body', true],
    ['a~fill~latency-1s~503', 503, 'status, latency', false],
  ]
  for (const [coId, status, fault, isTaken] of TOLD) {
    it(`${coId} has its fault, once`, async () => {
      const told = await story(facing, coId)
      assert.deepInclude(told, { status, fault, isTaken })
    })
  }

  it('is told when to come again, or late, as it says', async () => {
    const told = await story(facing, 'a~429-7s')
    assert.equal(told.response?.headers.get('retry-after'), '7')
    assert.equal((await story(facing, 'a~latency-500ms')).lateMs, 500)
    assert.equal((await story(facing, 'a~503~latency-1s')).lateMs, 1_000)
  })

  it('is answered with what it says in place of JSON', async () => {
    const { text = '' } = await story(facing, 'a~malformed')
    assert.throws(() => JSON.parse(text), SyntaxError)
    assert.match((await story(facing, 'a~html')).text ?? '', /^<html>/)
    assert.instanceOf((await story(facing, 'a~truncated')).body?.failure, TypeError)
  })

  it('is as JSON can write it', async () => {
    const { trader } = await facing([])
    const { headers } = await trader.place(
      JSON.stringify({ type: 'Limit', coId: 'a~503' }).replace('~', '\\u007e'),
    )
    assert.equal(headers.get(FAULT), 'status')
  })

  it('gets what is staged first, and its own no more', async () => {
    const { trader } = await facing({ operation: 'placeOrder', status: 500 })
    const placed = await trader.placeLimit({ ...WORKING, coId: 'a~503' })
    assert.equal(placed.status, 500)
    assert.equal((await trader.placeLimit({ ...WORKING, coId: 'a~503' })).status, 202)
    assert.equal((await trader.placeLimit({ ...WORKING, coId: 'b~503' })).status, 503)
  })

  it('is nothing special where magic is off, and disturbs no other call', async () => {
    const off = await facing([], { settings: { 'outcome.magic': false } })
    assert.equal((await off.trader.placeLimit({ ...WORKING, coId: 'a~503' })).status, 202)
    const { trader } = await facing([])
    assert.equal((await trader.askByCoId('a~503')).status, 404)
    const placed = await trader.placeLimit({ ...WORKING, coId: 'a~503' })
    assert.equal(at(placed.body, 'errorCode'), 'UNAVAILABLE')
  })
})
