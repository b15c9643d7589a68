import { readFile } from 'node:fs/promises'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { endpointVariables } from '../../src/backends/endpoint/endpoint-config-variables.ts'
import { endpointSettingNames } from '../../src/backends/endpoint/endpoint-settings.ts'
import { withTables } from '../../src/cli/document-tables.ts'
import { endpointTables } from '../../src/cli/endpoint-tables.ts'

const read = (path: string) => readFile(new URL(`../../${path}`, import.meta.url), 'utf8')
const document = await read('docs/endpoint.md')
const example = await read('.env.example')

describe('docs/endpoint.md', () => {
  it('has the table of settings as it is', () => {
    const stale = 'docs/endpoint.md is stale. Run: npm run endpoint-doc'
    assert.isTrue(withTables(document, endpointTables) === document, stale)
  })

  it('lists every setting and every variable', () => {
    const names = [...endpointSettingNames, ...endpointVariables]
    assert.isEmpty(names.filter((name) => !document.includes(`| \`${name}\` | `)))
  })
})

describe('.env.example', () => {
  it('has every variable of a run, with what it is for', () => {
    assert.isEmpty(
      endpointVariables.filter((name) => !new RegExp(`^# .+\n${name}=`, 'm').test(example)),
    )
  })
})
