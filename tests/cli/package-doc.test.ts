import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'

const root = join(import.meta.dirname, '..', '..')
const document = readFileSync(join(root, 'docs/package.md'), 'utf8')

describe('docs/package.md', () => {
  it('lists the steps and parameter types that the code gives', () => {
    const script = join(root, 'src/cli/package-doc.ts')
    const { status, stderr } = spawnSync(process.execPath, [script, '--check'], {
      encoding: 'utf8',
      cwd: root,
    })
    assert.equal(status, 0, stderr)
  })

  it('has a line for every step', () => {
    const sources = globSync('src/steps/*.steps.ts', { cwd: root })
    const defined = sources.flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/^(?:Given|When|Then)\(/gm)].map(
        () => path,
      ),
    )
    const rows = document.match(/^\| (?:Given|When|Then) \| `.+` \|/gm) ?? []
    assert.isAbove(rows.length, 100)
    // Some files define the same step as Given and as When in a loop; none is left out.
    assert.isAtLeast(rows.length, defined.length)
  })

  it('says of every parameter type what the code of a step gets', () => {
    const text = readFileSync(join(root, 'src/steps/parameter-types.ts'), 'utf8')
    const defined = [...text.matchAll(/^ {2}name: '(\w+)'/gm)].map(([, name]) => name)
    const rows = [...document.matchAll(/^\| `\{(\w+)\}` \| `.+` \| `.+`: \S/gm)].map(
      ([, name]) => name,
    )
    assert.deepEqual(rows, defined)
  })
})
