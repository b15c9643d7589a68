import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { runVerify } from './run-verify.ts'

const folder = mkdtempSync(join(tmpdir(), 'harness-bad-input-'))

function file(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const feature = (tag: string, step: string) =>
  `Feature: Any\n\n  ${tag}\n  Scenario: One\n    Given ${step}\n`

after(() => rmSync(folder, { recursive: true }))

describe('bad input', () => {
  const cases: readonly (readonly [title: string, sentence: RegExp, ...args: string[]])[] = [
    [
      'an unknown target',
      /^Unknown target "moon": use --target simulation, served or uat\.$/,
      ...['--target', 'moon'],
    ],
    ['a malformed seed', /seed.*a b/, '--seed', 'a b'],
    ['an unknown option', /unknown option '--sed'/, '--sed', 'x'],
    [
      'an unknown setting',
      /unknown\.json: Unknown setting "query\.shap": did you mean "query\.shape"\?$/,
      '--config',
      file('unknown.json', '{"query.shap": "array"}'),
    ],
    [
      'a setting that cannot be',
      /value\.json: Setting "tokenTtlMs" cannot be -1: .+\.$/,
      '--config',
      file('value.json', '{"tokenTtlMs": -1}'),
    ],
    [
      'settings that do not go together',
      /pair\.json: Setting "renew\.oldTokenGraceMs" cannot be used so: .*"renew\.live".*\.$/,
      '--config',
      file('pair.json', '{"renew.oldTokenGraceMs": 5}'),
    ],
    ['a config that is no JSON', /torn\.json/, '--config', file('torn.json', '{"tokenTtlMs"')],
    [
      'an undefined step',
      /undefined\.feature:5: step "Ada whistles" is not defined/,
      file('undefined.feature', feature('', 'Ada whistles')),
    ],
    [
      'a staging scenario without its tag',
      /untagged\.feature:4: scenario "One" needs a backend that can move the market .*tag it @simulation-only\.$/,
      file('untagged.feature', feature('', 'the market stands still')),
    ],
    [
      'a scenario that assumes an unknown setting',
      /assuming\.feature:4: scenario "One": Unknown setting "query\.shap": did you mean/,
      file(
        'assuming.feature',
        feature('@simulation-only', 'the simulation assumes "query.shap" is 1'),
      ),
    ],
    ['a feature that is not there', /^There is no nowhere\.feature: name a/, 'nowhere.feature'],
    [
      'a tag without a staging step',
      /tagged\.feature:4: scenario "One" is tagged @simulation-only, but an endpoint could run it/,
      file('tagged.feature', feature('@simulation-only', 'Ada is signed in')),
    ],
  ]

  for (const [title, sentence, ...args] of cases) {
    it(`answers ${title} with one sentence and exit code 2, and runs nothing`, async () => {
      const run = await runVerify(...args)
      const lines = run.stderr.trim().split('\n')
      assert.equal(run.code, 2, run.stdout + run.stderr)
      assert.lengthOf(lines, 1, run.stderr)
      assert.match(lines[0] ?? '', sentence)
      assert.isFalse(existsSync(join(run.out, 'verdict.json')), 'There is no verdict on nothing.')
      rmSync(run.out, { recursive: true })
    })
  }
})

describe('a scenario that fails', () => {
  it('makes exit code 1, and the summary says what was expected and what was seen', async () => {
    const failing = [
      'Feature: A wrong expectation',
      '  @simulation-only',
      '  Scenario: Expecting a fill of a rejected order',
      '    Given Ada is signed in',
      '    And the provider will reject the next order after NEW',
      '    When Ada places a limit order to buy a small amount at the market, immediate or cancel',
      '    Then the order should be FILLED',
    ]
    const run = await runVerify(file('failing.feature', failing.join('\n')))
    assert.equal(run.code, 1, run.stderr)
    assert.match(run.stdout, /Expecting a fill of a rejected order/)
    assert.match(run.stdout, /should have become FILLED; seen was RECEIVED → NEW → REJECTED/)
    rmSync(run.out, { recursive: true })
  })
})
