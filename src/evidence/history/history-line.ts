import { z } from 'zod'

/** Scenarios as `[name, words]`; the words are told by a short digest, see `wordsOf`. */
const scenariosSchema = z.array(z.tuple([z.string(), z.string()]).readonly()).readonly()

/** The scenarios of one feature file, by what became of them. */
const featureResultsSchema = z
  .object({
    uri: z.string(),
    passed: scenariosSchema,
    failed: scenariosSchema,
    notVerified: scenariosSchema,
  })
  .readonly()
export type FeatureResults = z.infer<typeof featureResultsSchema>

/** A finding without what differs from run to run: ids, details, exchanges, lines. */
const pastFindingSchema = z
  .object({
    code: z.string(),
    rule: z.string(),
    /** Of the feature file; empty for the run itself. */
    uri: z.string(),
    name: z.string(),
  })
  .readonly()
export type PastFinding = z.infer<typeof pastFindingSchema>

const idsSchema = z.array(z.string()).readonly()
const countSchema = z.int().nonnegative()

/** What is kept of one run, on one line of `history/<target>.ndjson`. */
export const historyLineSchema = z
  .object({
    /** Version of this form. */
    history: z.literal(1),
    /** The run's id. */
    run: z.string(),
    target: z.string(),
    /** Where it ran; absent where that never came to be known. */
    baseUrl: z.string().optional(),
    /** As whose organisation it traded; absent on a simulation. */
    org: z.string().optional(),
    /** ISO 8601, UTC. */
    startedAt: z.iso.datetime(),
    /** Milliseconds from its start to this line. */
    tookMs: z.number().nonnegative(),
    seed: z.string(),
    /** What chose the scenarios; empty where all were to run. */
    selection: z.array(z.string()).readonly(),
    /** Assumptions that differ from the defaults. */
    settings: z.record(z.string(), z.unknown()).readonly(),
    /** Version of the harness. */
    software: z.string(),
    exitCode: z.int().nonnegative(),
    /** Why the run could not be judged, or what broke it off. */
    notJudged: z.string().optional(),
    counts: z
      .object({ passed: countSchema, failed: countSchema, notVerified: countSchema })
      .readonly(),
    rules: z.object({ held: idsSchema, broken: idsSchema, 'not-verified': idsSchema }).readonly(),
    /** Each once for a scenario, however often it was made there. */
    findings: z.array(pastFindingSchema).readonly(),
    /** By feature file, in the order of their names. */
    scenarios: z.array(featureResultsSchema).readonly(),
    /** SHA-256 of the evidence manifest, in hex; absent where the run left none. */
    manifest: z.string().optional(),
  })
  .readonly()
export type HistoryLine = z.infer<typeof historyLineSchema>
