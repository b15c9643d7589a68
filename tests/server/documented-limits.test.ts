import { readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { limitsSchema } from '../../src/mocks/server/limits.ts'

const whole = readFileSync(new URL('../../docs/server.md', import.meta.url), 'utf8')
const [, document = ''] = whole.split('## How much is kept')

describe('docs/server.md', () => {
  it('has every limit, with the default that it has', () => {
    const rows = [...document.matchAll(/^\| `(\w+)`[^|]*\| ([\d,]+)( Mi?B)?\b/gm)]
    const told = rows.map(([, name = '', figure = '', unit]): [string, number] => [
      name,
      Number(figure.replaceAll(',', '')) * (unit === undefined ? 1 : 1024 * 1024),
    ])
    assert.deepEqual(Object.fromEntries(told), { ...limitsSchema.parse({}) })
  })
})
