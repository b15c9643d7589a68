import type { Deviation } from './deviation.ts'
import { loginDeviations } from './login-deviations.ts'
import { tokenDeviations } from './token-deviations.ts'

/** Ways to get sessions wrong. */
export const sessionDeviations: readonly Deviation[] = [...loginDeviations, ...tokenDeviations]
