import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { linksOf } from '../../src/cli/report/links.ts'
import { noteOnOtherRuns } from '../../src/cli/report/other-runs.ts'
import { prepareReports } from '../../src/cli/report-files.ts'
import { matrixOf } from '../../src/evidence/matrix/matrix.ts'
import { recordOf } from './golden.ts'

const folder = mkdtempSync(join(tmpdir(), 'harness-other-runs-'))
after(() => rmSync(folder, { recursive: true }))
const written = (name: string, content: unknown) => {
  writeFileSync(join(folder, `${name}.json`), JSON.stringify(content))
  return join(folder, `${name}.html`)
}

describe('a page that an earlier command made', () => {
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

describe('a certificate in the directory of a run', () => {
  it('is told of with what it came to, and not at all where it is of another run', () => {
    const record = recordOf([])
    const runs = matrixOf([{ dir: folder, record, recordOf: () => undefined }], ['simulation']).runs
    const told = (run: unknown) => {
      const page = written('certificate', { run: { id: run }, result: 'not granted' })
      writeFileSync(page, '')
      return linksOf(runs, folder, folder).map(({ href, about }) => `${href} ${about}`)
    }
    const [link = '', ...more] = told(record.run.id)
    assert.isEmpty(more)
    assert.match(link, /^certificate\.html not granted: step, expected/)
    for (const other of ['simulation-1', undefined]) assert.isEmpty(told(other))
  })

  it('is taken away by the next run', async () => {
    const out = join(folder, 'out')
    mkdirSync(out)
    for (const kind of ['html', 'pdf', 'json']) writeFileSync(join(out, `certificate.${kind}`), '')
    writeFileSync(join(out, 'note.txt'), '')
    await prepareReports(out)
    const left = readdirSync(out).filter((name) => name.includes('.') && !name.startsWith('.'))
    assert.deepEqual(left, ['note.txt'])
  })
})
