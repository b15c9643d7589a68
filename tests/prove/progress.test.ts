import { describe, it } from 'node:test'
import { assert } from 'chai'
import { Progress } from '../../src/cli/prove/progress.ts'
import { Sink } from './sink.ts'

const timeless = (text: string) => text.replaceAll(/, \d+ (?:s|min) left/g, '')
const fine = { escaped: false, falseAlarm: false }

describe('the progress', () => {
  it('is a line now and then, and at the end, where no terminal is', () => {
    const sink = new Sink()
    const progress = new Progress(sink, 22, {})
    progress.note({ escaped: true, falseAlarm: false })
    for (let run = 2; run <= 22; run++) progress.note(fine)
    assert.deepEqual(timeless(sink.text).split('\n'), [
      '20 of 22 runs, 1 escaped, 0 false alarms',
      '22 of 22 runs, 1 escaped, 0 false alarms',
      '',
    ])
  })

  it('is one line that changes on a terminal', () => {
    const sink = Object.assign(new Sink(), { isTTY: true })
    const progress = new Progress(sink, 2, {})
    progress.note(fine)
    progress.note({ escaped: false, falseAlarm: true })
    progress.end()
    const clear = '\r\u001B[2K'
    assert.equal(
      timeless(sink.text),
      `${clear}1 of 2 runs, 0 escaped, 0 false alarms${clear}2 of 2 runs, 0 escaped, 1 false alarm${clear}`,
    )
  })
})
