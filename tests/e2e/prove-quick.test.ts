import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { it } from 'node:test'
import { assert } from 'chai'
import { allTrials, quickSubset } from '../../src/cli/prove/trial.ts'
import { runCommand } from './run-verify.ts'

/*
 * All scenarios against one deviation of each family of rules, and against permitted values in
 * combination. `npm run -s prove` tries them all, in minutes.
 */
it('the judge is proved, as far as a quick look goes', async () => {
  const out = mkdtempSync(join(tmpdir(), 'prove-quick-'))
  const { code, stdout, stderr } = await runCommand(['prove', '--quick', '--out', out])
  const { summary, scenarios } = JSON.parse(readFileSync(join(out, 'prove.json'), 'utf8'))
  rmSync(out, { recursive: true })
  assert.equal(code, 0, stdout + stderr)
  assert.isAbove(scenarios, 100)
  assert.equal(summary.deviations + summary.variations, quickSubset(allTrials).length)
  assert.isAbove(summary.variations, 4)
})
