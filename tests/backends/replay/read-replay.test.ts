import { describe, it } from 'node:test'
import { assert } from 'chai'
import { readRecording } from '../../../src/backends/replay/read-recording.ts'
import { readReplay } from '../../../src/backends/replay/read-replay.ts'
import { ReplayError } from '../../../src/backends/replay/replay-error.ts'
import type { Outcome } from '../../../src/mocks/exchange/outcome.ts'
import { type Act, Play, type Terms } from './play.ts'
import { BASE, placed, scriptOfCalls, seen, transcriptOf } from './written.ts'

const FILE = 'runs/transcript.ndjson'
const good = transcriptOf([placed('a', '1'), seen('1', 'FILLED')])
const lineOf = (change: object) =>
  JSON.stringify({ ...JSON.parse(good.split('\n')[0] ?? ''), ...change })
const har = (...entries: readonly unknown[]) => JSON.stringify({ log: { entries } })
const script = (change: object) => JSON.stringify({ ...scriptOfCalls(placed('a', '1')), ...change })

describe('a file that cannot be replayed', () => {
  const BAD: readonly (readonly [name: string, text: string, why: RegExp])[] = [
    ['no JSON', 'hello', /line 1 is not JSON; give the transcript\.ndjson of a run, a HAR, or an/],
    ['no JSON in between', `${good}oops\n${good}`, /line 3 is not JSON; /],
    ['another object', '{"a":1}', /line 1 is no exchange of a transcript: phase: .*\.$/],
    ['a line without url', lineOf({ request: {} }), /line 1 is no exchange .*: request\.method: /],
    ['nothing', '', /no order is placed in it; /],
    ['no placing', transcriptOf([seen('1', 'NEW')]), /no order is placed in it; record a run/],
    [
      'two hosts',
      good + good.replaceAll(BASE, 'https://two.invalid').replaceAll('"number":', '"number":9'),
      /orders are placed at https:\/\/uat\.host\.invalid\/api and https:\/\/two\.invalid; leave/,
    ],
    ['a HAR without entries', '{"log":{}}', /it has no list log\.entries, as a HAR would\.$/],
    ['a HAR with an entry that is none', har({ request: 1 }), /log\.entries\.0\.startedDateTime: /],
    ['a script of the future', script({ version: 2 }), /version: /],
    ['a script with more', script({ order: [] }), /script: .*"order"/],
    [
      'a script with a wrong setting',
      script({ settings: { 'query.shape': 'x' } }),
      /"query\.shape"/,
    ],
    ['a script with no such setting', script({ settings: { x: 1 } }), /Unknown setting "x"/],
    [
      'a script with a wrong outcome',
      script({ orders: [{ call: 1, match: {}, outcome: { kind: 'fly' } }] }),
      /orders\.0\.outcome: its kind is none of/,
    ],
  ]
  for (const [name, text, why] of BAD) {
    it(`is refused in one sentence that names it: ${name}`, () => {
      assert.throws(
        () => readReplay(text, FILE),
        ReplayError,
        /^Failed to replay runs\/transcript\.ndjson: /,
      )
      assert.throws(() => readReplay(text, FILE), ReplayError, why)
    })
  }
})

describe('a transcript', () => {
  it('may end in the middle of a line, as that of a killed run may', () => {
    const { calls, remarks } = readRecording(good + lineOf({}).slice(0, 40), FILE)
    assert.lengthOf(calls, 2)
    assert.deepEqual(remarks, ['Line 3, the last, is cut off, and is left out.'])
  })

  it('tells of one exchange in several lines, and of those judged elsewhere', () => {
    const judged = '{"phase":"judged","scenario":"x","number":9,"from":"y"}\n'
    const shared = lineOf({ number: 8, sharedFrom: 'x, exchange 1' })
    const sentFirst = lineOf({ phase: 'sent', response: undefined })
    const { calls } = readRecording(`${judged}${shared}\n${sentFirst}\n${good}`, FILE)
    assert.deepEqual(
      calls.map(({ method, answer }) => [method, answer?.status]),
      [
        ['POST', 202],
        ['GET', 200],
      ],
    )
  })

  it('has no answer where it broke off', () => {
    const [call] = readRecording(lineOf({ error: 'terminated' }), FILE).calls
    assert.isUndefined(call?.answer)
  })

  it('of many scenarios is read in the order of sending', () => {
    const lines = good.trim().split('\n').reverse().join('\n')
    const times = readRecording(lines, FILE).calls.map(({ at }) => at)
    assert.deepEqual(times, [0, 1_000])
  })
})

describe('an applied script', () => {
  it('has filled what was filled in time, however late that is seen', async () => {
    const terms: Terms = {
      type: 'Limit',
      symbol: 'EUR/USD',
      side: 'Buy',
      size: 1_000,
      timeInForce: 'GTT',
      expiryTime: 30,
    }
    const rest: readonly Act[] = [
      { kind: 'query', order: 0 },
      { kind: 'wait', ms: 40_000 },
      { kind: 'query', order: 0 },
    ]
    const first = new Play({ seed: 'first' })
    const outcome: Outcome = { kind: 'fill', received: { polls: 0 }, new: { ms: 5_000 } }
    const sights = await first.act([{ kind: 'place', terms, outcome }, ...rest])
    assert.equal(sights.at(-1)?.status, 'FILLED')
    const again = new Play({ seed: 'again' })
    again.replay(readReplay(first.lines, FILE))
    assert.deepEqual(await again.act([{ kind: 'place', terms }, ...rest]), sights)
  })
})
