import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'

const root = join(import.meta.dirname, '../..')
const program = join(root, 'bin/integral-harness.cjs')

/** Runs the program on this Node, which says that it is another. */
function runAs(version: string) {
  const code = `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '${version}' } })`
  const preload = `data:text/javascript,${encodeURIComponent(code)}`
  return spawnSync(process.execPath, ['--import', preload, program, 'verify'], { encoding: 'utf8' })
}

describe('the program', () => {
  for (const version of ['4.9.1', '20.20.2', '22.17.1'])
    it(`refuses Node ${version} in a sentence`, () => {
      const { status, stdout, stderr } = runAs(version)
      assert.deepEqual([status, stdout], [2, ''])
      assert.equal(
        stderr,
        `integral-harness needs Node 22.18 or later, and cannot run on ${version}: install a newer one, and put it first in the PATH.\n`,
      )
    })

  it('can be read by the oldest Node: it has no syntax of the last fifteen years', () => {
    const code = readFileSync(program, 'utf8').replaceAll(/^\s*\/\/.*$/gm, '')
    assert.match(code, /\bvar\b/)
    assert.notMatch(code, /\b(?:const|let|import|class|async|await)\b|=>|`|\.\.\.|\?\.|\?\?|,\s*\)/)
  })

  it('gives a server the heap that the npm script gives it', () => {
    const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
    const flags = /^node (--.*) src\//.exec(scripts.serve)?.[1]?.split(' ')
    const start = readFileSync(join(root, 'bin/start.cjs'), 'utf8')
    const [, own = ''] = /^const HEAP = \[(.*)\]$/m.exec(start) ?? []
    assert.deepEqual(own.replaceAll("'", '').split(', '), flags)
  })
})
