import { openApiText } from '../api/openapi.ts'
import { generate } from './generated-document.ts'

process.exitCode = await generate(
  { path: 'docs/openapi.json', script: 'openapi', make: openApiText },
  process.argv.slice(2),
)
