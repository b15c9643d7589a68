import { globSync, readFileSync } from 'node:fs'
import { describe, it } from 'node:test'
import { assert } from 'chai'

/** What is only ever run in a checkout: it makes files of the repository anew. */
const OF_CHECKOUTS = ['src/cli/generated-document.ts', 'src/cli/order-paths-feature.ts']

describe('a line to type', () => {
  it('names npm run nowhere else: in an installed package there is no such script', () => {
    const naming = globSync(['src/**/*.ts', 'template/**/*', 'bin/*.cjs'])
      .filter((path) => /\.\w+$/.test(path))
      .filter((path) => /\bnpm (?:run|start)\b/.test(readFileSync(path, 'utf8')))
    assert.sameMembers(naming, [...OF_CHECKOUTS, 'src/cli/line-to-type.ts'])
  })
})
