import { z } from 'zod'
import { byText } from '../by-text.ts'
import type { ScenarioRecord } from '../record/scenario-record.ts'
import { inFileOrder, labelOf } from '../verdict.ts'
import { BUNDLE_FILES, FEATURES_FOLDER } from './bundle-files.ts'
import { readChain } from './chain.ts'
import { jsonIn } from './json-in.ts'
import { sha256 } from './sha256.ts'

/** Files of a bundle by their names in it, with `/` between folders. */
export type BundleContent = ReadonlyMap<string, Uint8Array>

/** A file as the statement describes it. */
const subjectSchema = z.object({
  name: z.string(),
  digest: z.object({ sha256: z.string() }),
  annotations: z.object({
    /** In bytes. */
    length: z.int().nonnegative(),
    /** Of a chain: its lines, the first and the last included, and the SHA-256 of the last. */
    records: z.int().optional(),
    last: z.string().optional(),
  }),
})
export type Subject = z.infer<typeof subjectSchema>

/** The parts of a statement that say what files there were. */
export const statementSchema = z.object({ subject: z.array(subjectSchema) })

const CHAINS: readonly string[] = [BUNDLE_FILES.transcript, BUNDLE_FILES.scenarios]

/** What a statement is made of. */
export interface Stated {
  /** Its id; absent where the bundle says none. */
  readonly run: string | undefined
  /** All of the bundle but the manifest. */
  readonly subjects: readonly Subject[]
  readonly scenarios: readonly Pick<ScenarioRecord, 'uri' | 'line' | 'name' | 'status'>[]
  readonly notJudged: boolean
}

/**
 * The statement on a run, as it is signed: an in-toto Statement with a test result.
 *
 * - `run`: the run's id. The predicate has no field for it, and whoever reads one passes over others.
 * - `subject`: every file but the manifest itself, with length and SHA-256.
 * - `result`: `PASSED` where all was verified and held, `WARNED` where all that was verified held and
 *   something was not, or nothing was verified, `FAILED` at a finding, a failure, or where the run could not be judged.
 * - What was not verified is in none of the lists: it has neither passed nor failed.
 *
 * @param notJudged - Whether the run could not be judged.
 * @see https://in-toto.io/attestation/test-result/v0.1
 */
export function statementOn({ run, subjects, scenarios, notJudged }: Stated): string {
  const subject = subjects.toSorted((one, other) => byText(one.name, other.name))
  const ordered = inFileOrder(scenarios)
  const named = (status: ScenarioRecord['status']) =>
    ordered.filter((each) => each.status === status).map(labelOf)
  const [passedTests, failedTests] = [named('passed'), named('failed')]
  const isPartly = named('notVerified').length > 0 || passedTests.length === 0
  const hasFailed = failedTests.length > 0 || notJudged
  return JSON.stringify(
    {
      _type: 'https://in-toto.io/Statement/v1',
      subject,
      predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
      predicate: {
        run,
        result: hasFailed ? 'FAILED' : isPartly ? 'WARNED' : 'PASSED',
        configuration: subject
          .filter(({ name }) => isConfiguration(name))
          .map(({ name, digest }) => ({ name, digest })),
        passedTests,
        warnedTests: [],
        failedTests,
      },
    },
    null,
    1,
  )
}

/** The statement on a bundle that is at hand. @param files - All of it but the manifest. */
export function statementOf(
  files: BundleContent,
  scenarios: Stated['scenarios'],
  notJudged: boolean,
): string {
  const subjects = [...files].map(([name, bytes]) => subjectOf(name, bytes))
  return statementOn({ run: runIn(files), subjects, scenarios, notJudged })
}

const namedSchema = z.object({ id: z.string() })

/** The run's id, as the bundle has it; absent where it says none. */
function runIn(files: BundleContent): string | undefined {
  return namedSchema.safeParse(jsonIn(Buffer.from(files.get(BUNDLE_FILES.run) ?? []).toString()))
    .data?.id
}

/** What decided how the run was made and judged. */
function isConfiguration(name: string): boolean {
  const { run, rules } = BUNDLE_FILES
  return name === run || name === rules || name.startsWith(`${FEATURES_FOLDER}/`)
}

/** A file as a statement describes it. */
export function subjectOf(name: string, bytes: Uint8Array): Subject {
  const digest = { sha256: sha256(bytes) }
  if (!CHAINS.includes(name)) return { name, digest, annotations: { length: bytes.length } }
  const { lines } = readChain(Buffer.from(bytes).toString())
  const last = sha256(lines.at(-1)?.text ?? '')
  return { name, digest, annotations: { length: bytes.length, records: lines.length, last } }
}
