import { test } from 'node:test'
import { assert } from 'chai'
import { reachedItsEnd, type Timeline, timelinesOf } from '../../src/evidence/timeline.ts'
import { timelineText } from '../../src/evidence/timeline-text.ts'
import { lifecycles } from '../../src/machines/lifecycle.ts'
import { lifecycleArrows } from '../../src/machines/lifecycle-rules.ts'
import { orderSeen, orderSent, Talk } from './talk.ts'
import { toldOf } from './verdicts.ts'

async function timelineAfter(type: string, ...statuses: string[]): Promise<Timeline> {
  const talk = new Talk()
  await talk.order('7', type, ...statuses)
  return only(timelinesOf(talk.transcript.observed.flatMap(({ observations }) => observations)))
}

/** The documented steps that were seen, without what was seen not to happen. */
function arrowsAmong(rulesHeld: readonly string[]): readonly string[] {
  const arrows = lifecycleArrows.map(({ id }) => id)
  return rulesHeld.filter((id) => arrows.includes(id))
}

function only(timelines: readonly Timeline[]): Timeline {
  const [timeline] = timelines
  if (!timeline || timelines.length > 1) throw new Error('expected one order')
  return timeline
}

for (const { name, statuses, transitions, initial, isFinal } of lifecycles) {
  for (const { from, to } of transitions.filter((each) => each.from !== each.to)) {
    test(`${name}: ${from} → ${to} is one rule, held`, async () => {
      const way = from === initial ? [initial, to] : [initial, from, to]
      const { rulesHeld, findings } = await timelineAfter(name, ...way)
      assert.include(rulesHeld, `${name}.${from}-${to}`.toLowerCase())
      assert.deepEqual(findings, [])
    })
  }
  for (const end of statuses.filter(isFinal)) {
    for (const later of statuses.filter((status) => status !== end)) {
      test(`${name}: ${later} after ${end} is a finding`, async () => {
        const { findings } = await timelineAfter(name, initial, end, end, later, later)
        assert.deepEqual(findings.map(toldOf), [
          {
            code: 'illegal-transition',
            rule: `${name}.${end}-${later}`.toLowerCase(),
            orderId: '7',
            detail: `${end} → ${later}`,
            exchanges: [3, 4],
          },
        ])
      })
    }
  }
}

test('a status that was skipped is legal, and no rule has been seen', async () => {
  const { rulesHeld, findings, observations } = await timelineAfter('PQ', 'RECEIVED', 'FILLED')
  assert.deepEqual(arrowsAmong(rulesHeld), ['pq.placed-received'])
  assert.deepEqual(findings, [])
  assert.deepInclude(observations.at(-1)?.judgement, { kind: 'skipped', unseen: ['NEW'] })
})

test('an order that comes back from its end has not been filled twice', async () => {
  const { rulesHeld, findings } = await timelineAfter('PQ', 'RECEIVED', 'FILLED', 'NEW', 'FILLED')
  assert.notInclude(rulesHeld, 'pq.new-filled')
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['pq.filled-new'],
  )
})

test('a PQ order never expires, and nobody knows WORKING', async () => {
  const { findings } = await timelineAfter('PQ', 'RECEIVED', 'WORKING', 'EXPIRED')
  assert.deepEqual(
    findings.map(({ code, detail }) => `${code} ${detail}`),
    ['unknown-status RECEIVED → WORKING', 'illegal-transition RECEIVED → EXPIRED'],
  )
})

test('placing that is answered with anything but RECEIVED is a finding', async () => {
  const { findings, rulesHeld } = await timelineAfter('Limit', 'NEW', 'FILLED')
  assert.deepEqual(
    findings.map(({ rule, exchanges }) => ({ rule, exchanges })),
    [{ rule: 'limit.placed-new', exchanges: [1] }],
  )
  assert.deepEqual(arrowsAmong(rulesHeld), ['limit.new-filled'])
})

test('an order whose placing was not seen is taken up where it is first seen', async () => {
  const talk = new Talk()
  await talk.query('7', { orderId: '7', type: 'PQ', status: 'NEW' })
  await talk.query('7', { orderId: '7', type: 'PQ', status: 'FILLED' })
  const timeline = only(timelinesOf(talk.transcript.observed.flatMap((each) => each.observations)))
  assert.deepEqual(timeline.findings, [])
  assert.deepEqual(arrowsAmong(timeline.rulesHeld), ['pq.new-filled'])
  assert.deepInclude(timeline.observations[0]?.judgement, { kind: 'skipped', unseen: ['RECEIVED'] })
})

test('several orders stay apart', async () => {
  const talk = new Talk()
  await talk.order('7', 'PQ', 'RECEIVED', 'FILLED')
  await talk.order('8', 'Limit', 'RECEIVED', 'NEW')
  await talk.query('8', { orderId: '8', status: 'EXPIRED' })
  const timelines = timelinesOf(talk.transcript.observed.flatMap((each) => each.observations))
  assert.deepEqual(
    timelines.map(({ orderId, findings }) => [orderId, findings]),
    [
      ['7', []],
      ['8', []],
    ],
  )
  assert.deepEqual(timelines.map(reachedItsEnd), [true, true])
})

test('an order has reached its end when a query said so', async () => {
  assert.isFalse(reachedItsEnd(await timelineAfter('PQ', 'RECEIVED', 'NEW')))
  assert.isFalse(reachedItsEnd(await timelineAfter('PQ', 'FILLED')))
  assert.isTrue(reachedItsEnd(await timelineAfter('PQ', 'RECEIVED', 'REJECTED')))
})

test('the story of an order can be read', async () => {
  const text = timelineText(await timelineAfter('PQ', 'RECEIVED', 'FILLED', 'REJECTED'))
  assert.include(
    text,
    '2026-01-05 09:00:00.010  0.000 s  1         RECEIVED     –      documented (pq.placed-received)',
  )
  assert.match(text, /0\.020 s {2}2 +FILLED +– +legal; NEW not observed/)
  assert.match(text, /3 +REJECTED +– +FINDING illegal-transition: FILLED → REJECTED/)
})

test('the story tells what was dealt, where the answers did', async () => {
  const timeline = await timelineAfter('Limit', 'RECEIVED', 'NEW', 'EXPIRED')
  const [placed, fresh, expired] = timeline.observations
  if (!placed || !fresh || !expired) throw new Error('three observations were expected')
  const { size: _, ...sizeless } = fresh
  const observations = [placed, { ...sizeless, dealt: 0 }, { ...expired, dealt: 600, size: 1000 }]
  const text = timelineText({ ...timeline, observations })
  assert.match(text, /RECEIVED +– +documented \(limit\.placed-received\)/)
  assert.match(text, /NEW +0 +documented \(limit\.received-new\)/)
  assert.match(text, /EXPIRED +600 of 1000 +documented \(limit\.new-expired\); 600 dealt so far/)
})

test('a repeated placing that tells the order as it was once is no view of it', async () => {
  const talk = new Talk()
  await talk.order('7', 'Limit', 'RECEIVED', 'NEW', 'FILLED')
  await talk.place(orderSent('7'), orderSeen('7', 'RECEIVED'))
  await talk.query('7', orderSeen('7', 'FILLED'))
  const { findings, orders } = talk.evidence()
  assert.deepEqual(findings, [])
  assert.deepEqual(
    orders.flatMap(({ observations }) => observations.map(({ status }) => status)),
    ['RECEIVED', 'NEW', 'FILLED', 'FILLED'],
  )
})

test('a part that was dealt, with nothing open, has ended whatever it is called', async () => {
  const talk = new Talk()
  await talk.order('7', 'Limit', 'RECEIVED')
  const told = { cumQty: 400, leavesQty: 0 }
  await talk.query('7', orderSeen('7', 'PARTIALLY_FILLED', told))
  const { findings, orders } = talk.evidence()
  assert.deepEqual(findings, [])
  assert.equal(orders[0]?.observations.at(-1)?.status, 'EXPIRED')
})

test('an order of a type without a diagram is only held to its end', async () => {
  assert.deepEqual((await timelineAfter('Stop', 'RECEIVED', 'TRIGGERED', 'FILLED')).findings, [])
  const { findings } = await timelineAfter('Stop', 'RECEIVED', 'TRIGGERED', 'FILLED', 'NEW')
  assert.deepEqual(
    findings.map(({ rule }) => rule),
    ['limit.filled-new'],
  )
  assert.lengthOf((await timelineAfter('AtBest', 'RECEIVED', 'TRIGGERED')).findings, 1)
})
