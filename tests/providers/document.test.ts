import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { PROVIDER_CAPABILITIES } from '../../src/cli/providers/capabilities.ts'
import { planRuns } from '../../src/cli/providers/plan-runs.ts'
import { FIELDS } from '../../src/cli/providers/providers-schema.ts'
import { readProviders } from '../../src/cli/providers/read-providers.ts'

const document = await readFile(new URL('../../docs/providers.md', import.meta.url), 'utf8')

describe('docs/providers.md', () => {
  it('has examples that can be used as they stand', async () => {
    const examples = [...document.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, text = '']) => text)
    assert.lengthOf(examples, 2)
    const folder = await mkdtemp(join(tmpdir(), 'harness-document-'))
    try {
      for (const text of examples) {
        const file = join(folder, 'providers.yaml')
        await writeFile(file, text)
        const providers = await readProviders(file)
        const names = providers.providers.flatMap(({ credentials }) => Object.values(credentials))
        const env = Object.fromEntries(names.map((name) => [name, `value-of-${name}`]))
        const runs = await planRuns(providers, {
          cwd: folder,
          file,
          env,
          settings: {},
          out: folder,
        })
        assert.isAbove(runs.length, 1)
      }
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('names every field and every capability', () => {
    for (const name of [
      ...(FIELDS.providers ?? []),
      ...(FIELDS[''] ?? []),
      ...PROVIDER_CAPABILITIES,
    ])
      assert.match(document, new RegExp(`\`(?:credentials\\.)?${name}\``), name)
  })
})
