import { readFileSync } from 'node:fs'
import { withTables } from './document-tables.ts'
import { generate } from './generated-document.ts'
import { packageTables } from './package-tables.ts'
import { shippedSteps } from './shipped-steps.ts'

const types = readFileSync(new URL('../steps/parameters.ts', import.meta.url), 'utf8')
const tables = packageTables(await shippedSteps(), types)

process.exitCode = await generate(
  {
    path: 'docs/package.md',
    script: 'package-doc',
    make: (document) => withTables(document, tables),
  },
  process.argv.slice(2),
)
