import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { endpoints } from '../../src/api/contract/endpoints.ts'
import { withTables } from '../../src/cli/document-tables.ts'
import { simulationTables } from '../../src/cli/simulation-tables.ts'
import { settingNames } from '../../src/mocks/exchange/settings/settings.ts'

const document = await readFile(new URL('../../docs/simulation.md', import.meta.url), 'utf8')

describe('docs/simulation.md', () => {
  it('has the tables of the simulation as it is', () => {
    const stale = 'docs/simulation.md is stale. Run: npm run simulation-doc'
    assert.isTrue(withTables(document, simulationTables) === document, stale)
  })

  it('lists every setting', () => {
    const missing = settingNames.filter((name) => !document.includes(`| \`${name}\` | `))
    assert.isEmpty(missing)
  })

  it('lists every operation that a fault can hit', () => {
    const [, faults = ''] = document.split('\n## Faults\n')
    const [section = ''] = faults.split('\n## ')
    const rows = section.split('\n').filter((line) => line.startsWith('| `'))
    const listed = rows.flatMap((row) => row.split(' | ')[0]?.match(/\w+/g) ?? [])
    assert.sameMembers(listed, Object.keys(endpoints))
  })

  it('cannot lose a table unnoticed', () => {
    assert.throws(
      () => withTables(document.replace('<!-- end: settings -->', ''), simulationTables),
      'the marker <!-- end: settings --> is missing',
    )
  })
})
