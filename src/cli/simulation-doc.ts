import { generate } from './generated-document.ts'
import { withTables } from './simulation-tables.ts'

process.exitCode = await generate(
  { path: 'docs/simulation.md', script: 'simulation-doc', make: withTables },
  process.argv.slice(2),
)
