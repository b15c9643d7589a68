import { generate } from './generated-document.ts'
import { orderPathsFeature } from './order-paths-feature.ts'

process.exitCode = await generate(
  {
    path: 'features/orders/order-paths.feature',
    script: 'paths-feature',
    make: orderPathsFeature,
  },
  process.argv.slice(2),
)
