import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Behaviour } from '../stand-in/behaviour.ts'
import { assertSettled, placedOf } from './uat/placed.ts'
import { atUat } from './uat/uat.ts'

/*
 * Placings that get no answer. The order is looked for by its client id; nothing is placed again under
 * another one; whatever works is found and cancelled.
 */

/** Rests for a minute, unless it is cancelled. */
const RESTING = ['--name', 'It is cancelled while it waits']

describe('a placing without an answer', { concurrency: 2 }, () => {
  const taken: readonly Partial<Behaviour>[] = [
    { dropAfterPlace: 1 },
    { place502: 1 },
    { hang: 'place' },
  ]
  for (const behaviour of taken) {
    it(`${JSON.stringify(behaviour)} is found by its client id, and the scenario goes on`, () =>
      atUat(behaviour, async (uat) => {
        const settings = { 'headers.withinMs': 500 }
        const { code, stdout, stderr } = await uat.verify(RESTING, { settings })
        const { findings, failures, inDoubt = [], scenarios } = await uat.verdict()
        const [placed = '', ...others] = await placedOf(uat)
        assert.isEmpty(others)
        assert.deepEqual(findings, [])
        assert.deepEqual(failures, [])
        assert.equal(scenarios.passed, 1)
        assert.deepEqual(inDoubt, [{ coId: placed, result: 'one' }])
        assert.include(stdout, `client id ${placed}: one`)
        assert.equal(code, 0, stderr)
        await assertSettled(uat)
      }))
  }

  it('{"dropBeforePlace":1} is not seen throughout the window, and not placed again', () =>
    atUat({ dropBeforePlace: 1 }, async (uat) => {
      const { code } = await uat.verify(RESTING)
      const { findings, failures, inDoubt = [], notVerified } = await uat.verdict()
      const [placed = '', ...others] = await placedOf(uat)
      assert.isEmpty(others)
      assert.deepEqual(findings, [])
      assert.deepEqual(failures, [])
      assert.deepEqual(inDoubt, [{ coId: placed, result: 'none seen' }])
      assert.lengthOf(notVerified, 1)
      assert.match(notVerified[0]?.reason ?? '', /looked up by its client id, none seen/)
      assert.equal(code, 2)
      await assertSettled(uat)
    }))

  it('is unknown where looking gets no answer either, and cleaned up when it does', () =>
    atUat({ dropAfterPlace: 1, hang: 'query' }, async (uat) => {
      const settings = { 'headers.withinMs': 100, 'retry.attempts': 0, 'cancel.withinMs': 300 }
      const { code, stderr } = await uat.verify(RESTING, { settings })
      const { findings, failures, inDoubt = [] } = await uat.verdict()
      const [placed = '', ...others] = await placedOf(uat)
      assert.isEmpty(others)
      assert.deepEqual(findings, [])
      assert.deepEqual(failures, [])
      assert.deepEqual(inDoubt, [{ coId: placed, result: 'unknown' }])
      assert.include(stderr, placed)
      assert.equal(code, 2)
      assert.lengthOf(await uat.working(), 1)

      await uat.standIn.admin.change({ hang: 'none' })
      const cleaned = await uat.cleanUp()
      assert.equal(cleaned.code, 0, cleaned.stderr)
      assert.isEmpty(await uat.working())
    }))

  const manyTimes: readonly Partial<Behaviour>[] = [{ dropAfterPlace: 4 }, { place502: 3 }]
  for (const behaviour of manyTimes) {
    it(`${JSON.stringify(behaviour)} in the middle of a feature is no finding there`, () =>
      atUat(behaviour, async (uat) => {
        const { code, stderr } = await uat.verify(['features/orders/limit-orders.feature'])
        const { findings, failures, inDoubt = [] } = await uat.verdict()
        assert.deepEqual(findings, [])
        assert.deepEqual(failures, [])
        assert.deepEqual(
          inDoubt.map(({ result }) => result),
          ['one'],
        )
        const orders = await uat.standIn.admin.orders()
        assert.lengthOf(await placedOf(uat), orders.length)
        assert.equal(code, 0, stderr)
        await assertSettled(uat)
      }))
  }
})
