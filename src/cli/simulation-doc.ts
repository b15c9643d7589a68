import { withTables } from './document-tables.ts'
import { generate } from './generated-document.ts'
import { simulationTables } from './simulation-tables.ts'

process.exitCode = await generate(
  {
    path: 'docs/simulation.md',
    script: 'simulation-doc',
    make: (document) => withTables(document, simulationTables),
  },
  process.argv.slice(2),
)
