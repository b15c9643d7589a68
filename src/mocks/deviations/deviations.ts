import { cancelDeviations } from './cancel-deviations.ts'
import type { Deviation } from './deviation.ts'
import { echoDeviations } from './echo-deviations.ts'
import { httpDeviations } from './http-deviations.ts'
import { identityDeviations } from './identity-deviations.ts'
import { lifecycleDeviations } from './lifecycle-deviations.ts'
import { placingDeviations } from './placing-deviations.ts'
import { priceDeviations } from './price-deviations.ts'
import { rateDeviations } from './rate-deviations.ts'
import { sessionDeviations } from './session-deviations.ts'
import { shapeDeviations } from './shape-deviations.ts'
import { sizeDeviations } from './size-deviations.ts'
import { tradeDeviations } from './trade-deviations.ts'
import { waitingDeviations } from './waiting-deviations.ts'

/** All that the judge is proved on, in the order of the catalogue of rules. */
export const deviations: readonly Deviation[] = [
  ...lifecycleDeviations,
  ...httpDeviations,
  ...shapeDeviations,
  ...sessionDeviations,
  ...rateDeviations,
  ...placingDeviations,
  ...echoDeviations,
  ...identityDeviations,
  ...priceDeviations,
  ...sizeDeviations,
  ...cancelDeviations,
  ...tradeDeviations,
  ...waitingDeviations,
]

/** @throws {TypeError} There is none of this name. */
export function deviationNamed(id: string): Deviation {
  const found = deviations.find((deviation) => deviation.id === id)
  if (found) return found
  throw new TypeError(`Unknown deviation "${id}": prove --list lists them.`)
}
