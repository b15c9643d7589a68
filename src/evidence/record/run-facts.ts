import { z } from 'zod'
import { accountSchema } from '../account.ts'

/** What a run was told to do, besides the choice of its scenarios: who resumes it must do the same. */
const runPlanSchema = z
  .object({
    /** How many scenarios were to run. */
    scenarios: z.int().nonnegative(),
    /** `defined`, or `random:SEED`. */
    order: z.string(),
    /** Worker threads; 0 where there were none. */
    parallel: z.int().nonnegative(),
    /** Whether a full run had to observe the whole of the order models. */
    requireCoverage: z.boolean(),
    /** How requests were authenticated; absent on a simulation. */
    auth: z.enum(['token', 'hmac']).optional(),
  })
  .readonly()

/** A run that another one is made of, and what its evidence was then. */
const runPartSchema = z
  .object({
    /** The part's own run id. */
    run: z.string(),
    /** What chose its scenarios. */
    selection: z.array(z.string()).readonly(),
    /** ISO 8601, UTC. */
    startedAt: z.string(),
    /** SHA-256, in hex, of files of its evidence, by name: of its manifest; of its chains where it has none. */
    digests: z.record(z.string(), z.string()),
  })
  .readonly()
export type RunPart = z.infer<typeof runPartSchema>

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
    /** Absent in runs of versions before it was written down. */
    plan: runPlanSchema.optional(),
    /** The runs that this one is made of; absent where it was made in one piece. */
    parts: z.array(runPartSchema).readonly().optional(),
    /**
     * SHA-256, in hex, of the files that say what steps do, and of Cucumber's configuration, by name. Files of
     * installed packages are not among them. Absent in runs of versions before they were written down.
     */
    steps: z.record(z.string(), z.string()).optional(),
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
