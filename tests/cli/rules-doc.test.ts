import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { catalogue } from '../../src/evidence/rules/catalogue.ts'
import { pagesOf } from '../../src/evidence/rules/source-pages.ts'

const root = join(import.meta.dirname, '..', '..')
const document = await readFile(join(root, 'docs/rules.md'), 'utf8')
const rows = document.split('\n').filter((line) => /^\| `[a-z]/.test(line))

/** The cells of a row; a bar within a cell is written with a backslash. */
const cellsOf = (row: string) => row.slice(2, -2).split(/(?<!\\) \| /)

describe('docs/rules.md', () => {
  it('is what the code and a run of all scenarios give', () => {
    const script = join(root, 'src/cli/rules-doc.ts')
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], {
      encoding: 'utf8',
      cwd: root,
    })
    assert.equal(status, 0, stderr)
  })

  it('has an entry for every rule, with all that a reader asks', () => {
    assert.deepEqual(
      rows.map((row) => cellsOf(row)[0]),
      catalogue.map(({ id }) => `\`${id}\``),
    )
    for (const row of rows) {
      const [, sentence = '', source = '', weight = '', ...more] = cellsOf(row)
      assert.match(sentence, /^[A-Z].*\.$/)
      assert.match(source, /^\d(\.\d+)? \*(seed|reference|inferred|unseen)\*: ./)
      assert.equal(weight, /\*(seed|reference)\*/.test(source) ? 'must' : 'should')
      assert.lengthOf(more, 3)
      assert.isEmpty(more.filter((cell) => cell.trim() === ''))
    }
  })

  it('knows a scenario for every rule', () => {
    const unseen = rows.map(cellsOf).filter((cells) => cells[5] === 'none')
    assert.deepEqual(
      unseen.map(([id]) => id),
      [],
    )
  })
})

describe('the catalogue of rules', () => {
  it('has at least the 60 that were asked for, under ids and sentences of their own', () => {
    assert.isAtLeast(catalogue.length, 60)
    for (const part of ['id', 'sentence'] as const) {
      const all = catalogue.map((rule) => rule[part])
      const twice = all.filter((text, at) => all.indexOf(text) !== at)
      assert.deepEqual(twice, [], part)
    }
  })

  it('says where each was read', () => {
    for (const { id, source } of catalogue) assert.isDefined(pagesOf(source.section), id)
  })

  it('weighs what is documented as must, and what is inferred as should', () => {
    for (const { id, severity, source } of catalogue) {
      const isDocumented = source.mark === 'seed' || source.mark === 'reference'
      assert.equal(severity, isDocumented ? 'must' : 'should', id)
    }
  })
})
