import { controlOpenApiText } from '../mocks/server/control/control-openapi.ts'
import { generate } from './generated-document.ts'

process.exitCode = await generate(
  { path: 'docs/control-openapi.json', script: 'control-openapi', make: controlOpenApiText },
  process.argv.slice(2),
)
