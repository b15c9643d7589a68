import { catalogue } from '../rules/catalogue.ts'

/** Ids of all that a waiver can be about. */
export const waivableRules: readonly string[] = catalogue.map(({ id }) => id)
