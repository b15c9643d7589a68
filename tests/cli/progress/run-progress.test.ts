import { describe, it } from 'node:test'
import { assert } from 'chai'
import { runProgress } from '../../../src/cli/progress/run-progress.ts'
import type { Ended } from '../../../src/cli/progress/tally.ts'
import { Sink } from '../../prove/sink.ts'

const passed: Ended = { status: 'passed' }
const timeless = (text: string) => text.replaceAll(/, \d+ (?:s|min) left/g, '')

/** What is written of so many scenarios. */
function written(ends: readonly Ended[], { isSlow = false, isTTY = false, columns = 80 } = {}) {
  const sink = Object.assign(new Sink(), { isTTY, columns })
  const progress = runProgress(sink, { total: ends.length, isSlow, env: {} })
  for (const each of ends) progress.note(each)
  progress.end()
  return timeless(sink.text)
}

describe('the progress of a run', () => {
  it('is a mark for each scenario where no terminal is', () => {
    const ends: Ended[] = [passed, { status: 'failed' }, { status: 'notVerified' }]
    assert.equal(written(ends), '.F-\n')
  })

  it('has 80 marks a line, and no empty line', () => {
    const line = '.'.repeat(80)
    assert.equal(written(Array(160).fill(passed)), `${line}\n${line}\n`)
    assert.equal(written(Array(161).fill(passed)), `${line}\n${line}\n.\n`)
  })

  it('tells now and then how far it is, where it is long', () => {
    const lines = written([{ status: 'failed' }, ...Array(900).fill(passed)]).split('\n')
    const told = lines.filter((line) => /\d/.test(line))
    assert.deepEqual(told, [
      '400 of 901 scenarios, 1 failed, 0 findings',
      '800 of 901 scenarios, 1 failed, 0 findings',
    ])
  })

  it('says when the reports of many scenarios are written', () => {
    const reported = (total: number) => {
      const sink = new Sink()
      const progress = runProgress(sink, { total, isSlow: false, env: {} })
      for (let each = 0; each < total; each++) progress.note(passed)
      progress.report()
      progress.end()
      return sink.text.split('\n').at(-2)
    }
    assert.equal(reported(400), 'Writing the reports of 400 scenarios')
    assert.equal(reported(3), '...')
  })

  it('tells so sooner where scenarios take long', () => {
    const dots = '.'.repeat(40)
    assert.equal(
      written(Array(80).fill(passed), { isSlow: true }),
      `${dots}\n40 of 80 scenarios, 0 failed, 0 findings\n${dots}\n`,
    )
  })

  it('keeps within a terminal, and leaves nothing there', () => {
    const text = written([passed], { isTTY: true, columns: 12 })
    const clear = '\r\u001B[2K'
    assert.equal(text, `${clear}1 of 1 sce…${clear}`)
  })
})
