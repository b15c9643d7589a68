import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { after, it } from 'node:test'
import { assert } from 'chai'
import { runCommand } from './run-verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'no-repository-'))
after(() => rmSync(folder, { recursive: true }))

/** Answers whatever it is asked with the address of an origin, and notes that it was. */
const asked = join(folder, 'asked')
const git = join(folder, 'git')
const ORIGIN = 'https://me:token-of-the-origin@git.invalid/acme/app.git'
writeFileSync(git, `#!/bin/sh\necho "$@" >> ${asked}\necho ${ORIGIN}\n`)
chmodSync(git, 0o755)

const env = {
  PATH: `${folder}${delimiter}${process.env.PATH ?? ''}`,
  // As if no build server ran this test.
  ...Object.fromEntries(
    ['CI', 'GITHUB_ACTIONS', 'GITLAB_CI', 'JENKINS_URL'].map((name) => [name, '']),
  ),
}

it('no page tells, or asks, in which repository a run was made', async () => {
  const out = join(folder, 'out')
  const verified = await runCommand(
    ['verify', '--out', out, 'features/model/order-model.feature'],
    env,
  )
  assert.equal(verified.code, 0, verified.stderr)
  const reported = await runCommand(['report', out, '--out', join(folder, 'report')], env)
  assert.equal(reported.code, 0, reported.stderr)
  const pages = [join(out, 'allure.html'), join(folder, 'report', 'allure.html')]
  for (const page of pages) assert.notMatch(readFileSync(page, 'utf8'), /"ci":|origin@|acme/, page)
  assert.isFalse(existsSync(asked), 'git was started')
})
