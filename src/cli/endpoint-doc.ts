import { withTables } from './document-tables.ts'
import { endpointTables } from './endpoint-tables.ts'
import { generate } from './generated-document.ts'

process.exitCode = await generate(
  {
    path: 'docs/endpoint.md',
    script: 'endpoint-doc',
    make: (document) => withTables(document, endpointTables),
  },
  process.argv.slice(2),
)
