import { test } from 'node:test'
import { assert } from 'chai'
import { orderDiagram, orderDot, refusedDiagram } from '../../src/evidence/state-diagram.ts'
import { type Timeline, timelinesOf } from '../../src/evidence/timeline.ts'
import { workflowDiagram, workflowDot } from '../../src/evidence/workflow-diagram.ts'
import { lifecycles, pqLifecycle } from '../../src/machines/lifecycle.ts'
import { Talk } from './talk.ts'

async function timelineAfter(type: string, ...statuses: string[]): Promise<Timeline> {
  const talk = new Talk()
  await talk.order('7', type, ...statuses)
  const [timeline] = timelinesOf(talk.transcript.observed.flatMap((each) => each.observations))
  if (!timeline) throw new Error('expected an order')
  return timeline
}

/** The one line of a DOT text that draws this arrow. */
function arrow(dot: string, from: string, to: string): string {
  const lines = dot.split('\n').filter((line) => line.startsWith(`"${from}" -> "${to}"`))
  return lines.join('\n')
}

for (const { name, initial, transitions } of lifecycles) {
  test(`${name}: every documented arrow is drawn, thin where it was not taken`, async () => {
    const dot = orderDot(await timelineAfter(name, initial))
    for (const { from, to, event } of transitions) {
      assert.include(arrow(dot, from, to), event)
      assert.notInclude(arrow(dot, from, to), 'penwidth')
    }
  })
}

test('the way taken is bold and numbered', async () => {
  const dot = orderDot(await timelineAfter('PQ', 'RECEIVED', 'NEW', 'NEW', 'FILLED'))
  assert.match(arrow(dot, 'placed', 'RECEIVED'), /"1\.\\nplaced".*penwidth=3/)
  assert.match(arrow(dot, 'RECEIVED', 'NEW'), /"2\.\\n.*penwidth=3/)
  assert.match(arrow(dot, 'NEW', 'FILLED'), /"3\.\\n.*penwidth=3/)
  assert.notInclude(arrow(dot, 'NEW', 'REJECTED'), 'penwidth')
})

test('what was passed unseen is dashed; what was seen at last is not', async () => {
  const dot = orderDot(await timelineAfter('PQ', 'RECEIVED', 'FILLED'))
  assert.match(arrow(dot, 'RECEIVED', 'NEW'), /2\. not observed.*style=dashed/)
  assert.match(dot, /"NEW" \[.*dashed/)
  assert.match(dot, /"FILLED" \[.*bold/)
})

test('a step that no diagram has is dotted, and drawn once however often it is seen', async () => {
  const dot = orderDot(await timelineAfter('PQ', 'RECEIVED', 'WORKING', 'REJECTED', 'NEW', 'NEW'))
  assert.match(arrow(dot, 'REJECTED', 'NEW'), /"4\.\\nnot documented".*style=dotted/)
  assert.match(dot, /"WORKING" \[.*octagon/)
})

test('the picture is an SVG that refers to nothing outside', async () => {
  const timeline = await timelineAfter('Limit', 'RECEIVED', 'NEW', '<"EXPIRED\\&">')
  const pictures = [
    await orderDiagram(timeline),
    await refusedDiagram(pqLifecycle),
    await workflowDiagram('Trading workflow of Ada', ['signedOut', 'signedIn', 'elsewhere']),
  ]
  for (const svg of pictures) {
    assert.match(svg, /^<svg .*<\/svg>\s*$/s)
    assert.deepEqual(svg.match(/https?:[^"\s]*/g), ['http://www.w3.org/2000/svg'])
    assert.notMatch(svg, /xlink|href|DOCTYPE|<script|<image/)
  }
  assert.include(pictures[0], '&lt;&quot;EXPIRED\\&amp;&quot;&gt;')
})

test('equal ways share one picture', async () => {
  const one = await timelineAfter('PQ', 'RECEIVED', 'NEW')
  assert.equal(orderDiagram(one), orderDiagram({ ...one, orderId: '8' }))
})

test('the workflow shows the way of a trader, and long polling stays legible', () => {
  const polls = Array.from({ length: 50 }, () => 'polling')
  const dot = workflowDot('Ada', ['signedOut', 'signedIn', ...polls, 'dealt', 'traded'])
  assert.match(arrow(dot, 'signedOut', 'signedIn'), /"1\.\\nlogin\.accepted".*penwidth=3/)
  assert.match(arrow(dot, 'polling', 'polling'), /3 … 51 \(49 times\)/)
  assert.match(dot, /"traded" \[.*peripheries=2/)
  assert.notInclude(arrow(dot, 'polling', 'rejected'), 'penwidth')
})
