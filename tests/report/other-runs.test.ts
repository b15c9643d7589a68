import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { noteOnOtherRuns } from '../../src/cli/report/other-runs.ts'

const folder = mkdtempSync(join(tmpdir(), 'harness-other-runs-'))
after(() => rmSync(folder, { recursive: true }))
const written = (name: string, content: unknown) => {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(content))
  return join(folder, `${name}.html`)
}

describe('a page that an earlier command made', () => {
  it('is told to be of another run, where it is', () => {
    const certificate = written('certificate', { run: { id: 'uat-1' } })
    assert.equal(noteOnOtherRuns(certificate, ['uat-1']), '')
    const pdf = certificate.replace('.html', '.pdf')
    for (const page of [certificate, pdf]) {
      assert.equal(noteOnOtherRuns(page, ['uat-2']), 'made of another run than the last one: uat-1')
    }
  })

  it('names each side of a comparison that is of another run', () => {
    const drift = written('drift', {
      simulation: { id: 'simulation-1' },
      endpoint: { id: 'uat-1' },
    })
    assert.equal(noteOnOtherRuns(drift, ['simulation-1', 'uat-1']), '')
    assert.match(noteOnOtherRuns(drift, ['simulation-1', 'uat-2']), /: uat-1$/)
  })

  it('says nothing of its runs, where nothing beside it names them', () =>
    assert.equal(noteOnOtherRuns(join(folder, 'cucumber.html'), ['uat-1']), ''))
})
