import { z } from 'zod'
import { accountSchema } from '../account.ts'

/** What was run, with what, and when: the head of a run's record. */
export const runFactsSchema = z
  .object({
    /** Names this run and no other, e.g. `uat-20261126T081502Z-9f3c1a`. Everything it writes carries it. */
    id: z.string(),
    target: z.string(),
    /** The endpoint's, or the served simulation's; absent in process. */
    baseUrl: z.string().optional(),
    /** ISO 8601, UTC. */
    startedAt: z.string(),
    seed: z.string(),
    /** What chose the scenarios; empty where all were to run. */
    selection: z.array(z.string()).readonly(),
    /** Assumptions that differ from the defaults. */
    settings: z.record(z.string(), z.unknown()),
    /** As whom the run traded; absent on a simulation. */
    account: accountSchema.optional(),
    /** The same where it traded as several users, the first one included; absent where it did not. */
    accounts: z.array(accountSchema).readonly().optional(),
    /** Versions of what judged, by name: `integral-harness`, `node`, `@cucumber/cucumber`, … */
    software: z.record(z.string(), z.string()),
    /** e.g. `linux x64`. */
    platform: z.string(),
    /** SHA-256, in hex, of what was judged by: a certificate ends where one of them changes. */
    digests: z
      .object({
        /** Of the order models, as tables. */
        model: z.string(),
        /** Of the rule catalogue: ids, sentences, sources, codes. */
        rules: z.string(),
        /** Of the contract, as OpenAPI. */
        api: z.string(),
        /** Of the features, as run. */
        features: z.string(),
      })
      .readonly(),
  })
  .readonly()
export type RunFacts = z.infer<typeof runFactsSchema>
