import { appendFileSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { GrowingLines } from '../../../src/cli/run-pages/growing-lines.ts'

const folder = mkdtempSync(join(tmpdir(), 'growing-lines-'))
after(() => rmSync(folder, { recursive: true }))
const path = join(folder, 'file')

/** Lines of very different lengths, some longer than what is read at once, of letters of one to three bytes. */
const line = fc
  .tuple(
    fc.string({ unit: fc.constantFrom('a', 'ä', '€') }),
    fc.constantFrom(0, 1, 100_000, 300_000),
  )
  .map(([text, times]) => text + '€'.repeat(times))

describe('the lines of a file that grows', () => {
  it('come each once, whole and in order, wherever the file was cut when it was looked at', () => {
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 5 }),
        fc.array(fc.nat(1_000_000), { maxLength: 4 }),
        (lines, cuts) => {
          const bytes = Buffer.from(lines.map((text) => `${text}\n`).join(''))
          const ends = [...cuts.map((cut) => Math.min(cut, bytes.length)), bytes.length]
          writeFileSync(path, '')
          const growing = new GrowingLines(path)
          const seen: string[] = []
          let written = 0
          for (const end of ends.sort((one, other) => one - other)) {
            appendFileSync(path, bytes.subarray(written, end))
            written = end
            seen.push(...growing.upTo(end))
          }
          assert.deepEqual(seen, lines)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('does not wait for what is not there', () => {
    writeFileSync(path, 'one\ntwo\n')
    const growing = new GrowingLines(path)
    assert.deepEqual([...growing.upTo(4)], ['one'])
    truncateSync(path, 6)
    assert.throws(() => [...growing.upTo(8)], /was cut off while the run was under way/)
  })
})
