import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { runFactsOf } from '../../../src/cli/record/run-facts-of.ts'
import { parseRepeat } from '../../../src/cli/repeat/repeat-limit.ts'
import { RoundsAccount } from '../../../src/cli/repeat/rounds-account.ts'
import { parseVerifyOptions } from '../../../src/cli/verify-options.ts'

const dir = mkdtempSync(join(tmpdir(), 'harness-rounds-'))
after(() => rmSync(dir, { recursive: true }))

const options = parseVerifyOptions({ target: 'simulation', seed: 'integral', order: 'defined' }, [])
const of = runFactsOf(options, undefined, { features: [], planned: 1, steps: {} }, new Date(0))
const state = () => JSON.parse(readFileSync(join(dir, 'verdict.json'), 'utf8')).repeat.state

describe('the account of rounds', () => {
  it('calls no round that was broken off complete, though its time was full by then', async () => {
    const account = new RoundsAccount(dir, parseRepeat('1s'))
    account.begin(of)
    account.interrupt('SIGINT')
    await account.take(1, undefined, 5_000)
    assert.isFalse(account.isOpen)
    assert.deepEqual(account.close().outcome, { code: 2, why: 'it was interrupted by SIGINT' })
    assert.equal(state(), 'interrupted')
  })

  it('takes a round up that was broken off, though the time is full', async () => {
    const earlier = { of, activeMs: 5_000, ended: 0, isBroken: true }
    assert.isTrue(new RoundsAccount(dir, parseRepeat('1s'), earlier).isOpen)
    const whole = { ...earlier, isBroken: false }
    assert.isFalse(new RoundsAccount(dir, parseRepeat('1s'), whole).isOpen)
  })
})
