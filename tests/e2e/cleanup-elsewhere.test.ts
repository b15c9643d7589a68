import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { runCommand } from './run-verify.ts'

const VARIABLES = {
  INTEGRAL_BASE_URL: 'http://127.0.0.1:9',
  INTEGRAL_USER: 'Ada',
  INTEGRAL_PASSWORD: 'never sent',
  INTEGRAL_ORG: 'BankB',
}
const owner = { user: 'Ada', org: 'BankB', baseUrl: 'http://127.0.0.1:9' }
const at = '2026-01-01T00:00:00.000Z'
const RUN = { kind: 'run', run: 'uat-1', at, pid: 1, owner }
const PLACING = { kind: 'placing', order: 1, at, scenario: 'One', coId: 'a', sent: {} }

describe('cleanup that was told no directory', () => {
  it('says where another run may have left orders, and does not end with 0', async () => {
    const cwd = mkdtempSync(join(tmpdir(), 'harness-elsewhere-'))
    const write = (name: string, ...lines: readonly object[]) => {
      mkdirSync(join(cwd, 'reports', name), { recursive: true })
      const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
      writeFileSync(join(cwd, 'reports', name, 'journal.ndjson'), text)
    }
    write('over', RUN, PLACING, { kind: 'ended', order: 1, how: 'FILLED' })
    const clean = await runCommand(['cleanup'], VARIABLES, cwd)
    assert.equal(clean.code, 0, clean.stderr)
    assert.include(clean.stdout, 'Nothing to clean up')
    write('u2', RUN, PLACING)
    const { code, stderr } = await runCommand(['cleanup'], VARIABLES, cwd)
    assert.equal(
      stderr,
      'reports/u2/journal.ndjson tells of 1 order that may be working: npm run -s cleanup -- --out reports/u2\n',
    )
    assert.equal(code, 2)
    rmSync(cwd, { recursive: true })
  })
})
