import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { readHistory } from '../../src/evidence/history/history-file.ts'

const root = join(import.meta.dirname, '..', '..')

describe('a run against the simulation that is interrupted', () => {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    it(`by ${signal} leaves no half-written report`, async () => {
      const out = mkdtempSync(join(tmpdir(), 'harness-interrupted-'))
      const child = spawn(process.execPath, ['src/cli/main.ts', 'verify', '--out', out], {
        cwd: root,
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      let said = ''
      child.stderr.on('data', (text) => {
        said += String(text)
      })
      // The first marks come while scenarios are running.
      child.stdout.on('data', (text) => {
        if (String(text).includes('.')) child.kill(signal)
      })
      const ended = await new Promise((resolve) => child.on('close', resolve))
      assert.equal(ended, code)
      assert.isTrue(existsSync(out))
      const [, count] =
        /^It was interrupted by SIG\w+ after (\d+) of \d+ scenarios; go on with: (?:.*)$/m.exec(
          said,
        ) ?? []
      assert.include(said, `It was interrupted by ${signal} after `)
      assert.include(said, `go on with: npm run -s verify -- --resume --out ${out}\n`)
      assert.deepEqual(readdirSync(out), [
        'allure-results',
        'evidence',
        'history',
        'messages.ndjson',
      ])
      assert.deepEqual(readdirSync(join(out, 'allure-results')), [])
      const [line, ...more] = (await readHistory(join(out, 'history', 'simulation.ndjson'))).runs
      assert.isEmpty(more)
      assert.include(line, { exitCode: code, notJudged: `it was interrupted by ${signal}` })
      assert.isAtLeast(line?.counts.passed ?? 0, 1)
      const { passed = 0, failed = 0, notVerified = 0 } = line?.counts ?? {}
      assert.equal(Number(count), passed + failed + notVerified)
      assert.isAtLeast(line?.scenarios.length ?? 0, 1)
      rmSync(out, { recursive: true })
    })
  }
})
