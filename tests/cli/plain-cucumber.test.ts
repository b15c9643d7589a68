import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { it } from 'node:test'
import { assert } from 'chai'

const root = join(import.meta.dirname, '../..')
const cucumber = dirname(createRequire(import.meta.url).resolve('@cucumber/cucumber/package.json'))

it('npx cucumber-js runs scenarios without verify, and leaves results for Allure', () => {
  const resultsDir = mkdtempSync(join(tmpdir(), 'harness-plain-'))
  try {
    const options = [
      '--name',
      'fill or kill, to buy far',
      '--format-options',
      JSON.stringify({ resultsDir }),
    ]
    const script = join(cucumber, 'bin/cucumber.js')
    const run = spawnSync(process.execPath, [script, ...options], { cwd: root, encoding: 'utf8' })
    assert.equal(run.status, 0, run.stdout + run.stderr)
    const [result = ''] = readdirSync(resultsDir).filter((name) => name.endsWith('-result.json'))
    const { name, status } = JSON.parse(readFileSync(join(resultsDir, result), 'utf8'))
    assert.deepEqual([name, status], ['fill or kill, to buy far from the market', 'passed'])
  } finally {
    rmSync(resultsDir, { recursive: true })
  }
})
