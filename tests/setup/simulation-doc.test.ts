import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { withTables } from '../../src/cli/simulation-tables.ts'
import { settingNames } from '../../src/mocks/exchange/settings/settings.ts'

const document = await readFile(new URL('../../docs/simulation.md', import.meta.url), 'utf8')

describe('docs/simulation.md', () => {
  it('has the tables of the simulation as it is', () => {
    const stale = 'docs/simulation.md is stale. Run: npm run simulation-doc'
    assert.isTrue(withTables(document) === document, stale)
  })

  it('lists every setting', () => {
    const missing = settingNames.filter((name) => !document.includes(`| \`${name}\` | `))
    assert.isEmpty(missing)
  })

  it('cannot lose a table unnoticed', () => {
    assert.throws(
      () => withTables(document.replace('<!-- end: settings -->', '')),
      'the marker <!-- end: settings --> is missing',
    )
  })
})
