import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { assert } from 'chai'
import { noTerminal, runInTerminal } from './in-terminal.ts'
import { runCommand } from './run-verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'harness-progress-'))
after(() => rmSync(folder, { recursive: true }))

const all = ['verify', '--out', join(folder, 'all')]
const some = ['verify', '--out', join(folder, 'some'), '--name', 'expired']
const CLEAR = '\r\u001B[2K'
const ESCAPE = '\u001B'

/** What a reader is left with: whatever was cleared is gone. */
const leftOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.slice(line.lastIndexOf(CLEAR) + 1).replace(CLEAR.slice(1), ''))
    .join('\n')
/** What stood in the line that is written over, each time. */
const shownIn = (text: string) =>
  text
    .split(CLEAR)
    .slice(1)
    .map((piece) => piece.split('\n')[0] ?? '')
    .filter((piece) => piece !== '')

describe('the progress of verify, in a terminal', { skip: noTerminal ?? false }, () => {
  it('is one line, of which nothing is left at the end', async () => {
    const { code, text } = await runInTerminal(some)
    assert.equal(code, 0, text)
    const shown = shownIn(text)
    assert.isNotEmpty(shown)
    const lines = shown.map(stripVTControlCharacters)
    assert.equal(lines.pop(), 'Writing the reports of 7 scenarios')
    for (const line of lines) {
      assert.match(line, /^[0-7] of 7 scenarios, 0 failed, 0 findings(?:, \d+ (?:s|min) left)?$/)
    }
    assert.include(shown[0], `${ESCAPE}[32m`)
    assert.match(
      leftOf(text),
      /^Running 7 scenarios on simulation, .*\n\n7 scenarios on simulation /,
    )
    assert.notMatch(leftOf(text), / of 7 scenarios|^\.+$/m)
  })

  it('keeps within the width of the terminal', async () => {
    const { text } = await runInTerminal(some, { columns: 24, env: { NO_COLOR: '1' } })
    const shown = shownIn(text)
    assert.isNotEmpty(shown)
    for (const line of shown) assert.isBelow(line.length, 24, line)
  })

  it('has no colour with NO_COLOR, whatever else is set', async () => {
    const { text } = await runInTerminal(some, { env: { NO_COLOR: '1', FORCE_COLOR: '1' } })
    assert.isNotEmpty(shownIn(text))
    assert.notInclude(text.replaceAll(CLEAR, ''), ESCAPE)
  })

  it('is marks, and no escape sequence, where the terminal is dumb', async () => {
    const { text } = await runInTerminal(some, { env: { TERM: 'dumb' } })
    assert.match(text, /\n\.{7}\n\n7 scenarios/)
    assert.notInclude(text, ESCAPE)
  })

  it('leaves nothing but how to go on when it is interrupted', async () => {
    const { code, text } = await runInTerminal(all, { interruptAt: /[1-9] of \d+ scenarios/ })
    assert.equal(code, 130, text)
    assert.isNotEmpty(shownIn(text))
    const [, ...left] = leftOf(text).trimEnd().split('\n')
    assert.lengthOf(left, 1)
    assert.match(left[0] ?? '', /^It was interrupted by SIGINT after \d+ of \d+ scenarios; go on/)
    assert.notInclude(leftOf(text), ESCAPE)
  })
})

describe('the progress of report', () => {
  it('is a line in a terminal, of which nothing is left', {
    skip: noTerminal ?? false,
  }, async () => {
    const { code, stderr } = await runCommand(some)
    assert.equal(code, 0, stderr)
    const out = ['--out', join(folder, 'report')]
    const { text } = await runInTerminal(['report', join(folder, 'some'), ...out])
    assert.deepEqual(shownIn(text).map(stripVTControlCharacters).slice(0, 2), [
      `Reading the evidence in ${join(folder, 'some')}`.slice(0, 79),
      'Writing the pages of 7 scenarios',
    ])
    assert.match(leftOf(text), /^simulation {2}held /)

    const elsewhere = await runCommand(['report', join(folder, 'some'), ...out])
    assert.equal(elsewhere.stderr, '')
  })

  it('does not stand before what went wrong', { skip: noTerminal ?? false }, async () => {
    const { code, text } = await runInTerminal(['report', join(folder, 'nowhere')])
    assert.equal(code, 2)
    assert.isNotEmpty(shownIn(text))
    assert.match(leftOf(text), /^There is no run in /)
  })
})

describe('the progress of verify, elsewhere', () => {
  it('is marks without colour, whatever is asked for', async () => {
    const { code, stdout } = await runCommand(some, { NO_COLOR: '', FORCE_COLOR: '1' })
    assert.equal(code, 0, stdout)
    assert.match(stdout, /\n\.{7}\n\n7 scenarios/)
    assert.notInclude(stdout, ESCAPE)
  })
})
