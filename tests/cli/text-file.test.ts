import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { TextFile } from '../../src/cli/text-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'text-file-'))
after(() => rmSync(folder, { recursive: true }))

/** Pieces of very different lengths, of letters that take one to four bytes. */
const pieces = fc.array(
  fc
    .tuple(fc.string({ unit: 'binary' }), fc.constantFrom(0, 1, 7, 40_000, 90_000, 300_000))
    .map(([text, times]) => `${text}${'€'.repeat(times)}`),
  { maxLength: 6 },
)

it('what is written piece by piece stands in the file, whole and in order', () => {
  const path = join(folder, 'file')
  fc.assert(
    fc.property(pieces, fc.nat(5), (texts, flushedAfter) => {
      const file = new TextFile(path)
      for (const [at, text] of texts.entries()) {
        file.append(text)
        if (at !== flushedAfter) continue
        file.flush()
        const before = texts.slice(0, at + 1).join('')
        assert.isTrue(readFileSync(path).equals(Buffer.from(before)))
        assert.equal(file.written, Buffer.byteLength(before))
      }
      file.close()
      assert.isTrue(readFileSync(path).equals(Buffer.from(texts.join(''))))
    }),
    { numRuns: 60 },
  )
})
