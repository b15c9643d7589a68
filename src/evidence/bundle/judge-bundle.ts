import { isUtf8 } from 'node:buffer'
import type { KeyObject } from 'node:crypto'
import { type RunFacts, runFactsSchema } from '../record/run-facts.ts'
import { BUNDLE_FILES } from './bundle-files.ts'
import { readChain } from './chain.ts'
import { chainFlaws } from './check-chain.ts'
import { citationFlaws } from './check-citations.ts'
import { fileFlaws } from './check-files.ts'
import { type ReadManifest, readManifest } from './check-manifest.ts'
import { runFlaws } from './check-run.ts'
import { verdictFlaws } from './check-verdict.ts'
import { digestsOf } from './digests.ts'
import type { Flaw } from './flaw.ts'
import { jsonIn } from './json-in.ts'
import { readScenarios } from './read-scenarios.ts'
import { type BundleContent, statementOf } from './statement.ts'

/** A bundle as it lies there. */
export interface BundleFiles {
  /** All but the manifest. */
  readonly files: BundleContent
  /** Absent where there is none. */
  readonly manifest?: string | undefined
  /** The verdict that lies beside the folder, for scripts; absent where there is none. */
  readonly verdictBeside?: string | undefined
  /** SHA-256, in hex, of Cucumber's messages that lie beside the folder; absent where there are none. */
  readonly messagesBeside?: string | undefined
}

/** What a bundle was found to be. */
export interface BundleJudgement {
  /** Absent where `run.json` does not tell. */
  readonly run?: RunFacts | undefined
  readonly flaws: readonly Flaw[]
  /** Whether there is a manifest that can be read. */
  readonly hasManifest: boolean
  /** Whose signature it bears, in the manifest's own words; absent where nobody signed. */
  readonly keyid?: string | undefined
  /** Whether the run was broken off: there is no manifest yet, and no chain was closed. */
  readonly isUnfinished: boolean
  /** How many records of each chain there are. */
  readonly records: Readonly<Record<string, number>>
  /** Why the verdict could not be computed again, if so. */
  readonly notRecomputed?: string | undefined
  /** SHA-256, in hex, of Cucumber's messages as the run left them; absent where it says nothing of them. */
  readonly messages?: string | undefined
}

const { run: RUN, transcript: TRANSCRIPT, scenarios: SCENARIOS, verdict: VERDICT } = BUNDLE_FILES

/**
 * Computes again all that a bundle says of itself: the signature, lengths and digests, both chains, what
 * the scenarios cite, and the verdict.
 *
 * @param key - Whose signature it must bear; without it, no signature is checked.
 */
export function judgeBundle(
  { files, manifest, verdictBeside, messagesBeside }: BundleFiles,
  key: KeyObject | undefined,
): BundleJudgement {
  const text = (name: string) => Buffer.from(files.get(name) ?? '').toString()
  const sealed: ReadManifest = manifest === undefined ? { flaws: [] } : readManifest(manifest, key)
  const run = runFactsSchema.safeParse(jsonIn(text(RUN))).data
  const chains = {
    [TRANSCRIPT]: readChain(text(TRANSCRIPT)),
    [SCENARIOS]: readChain(text(SCENARIOS)),
  }
  const closed = Object.values(chains).filter(({ end }) => end)
  const isUnfinished = manifest === undefined && closed.length === 0 && !files.has(VERDICT)
  const scenarios = readScenarios(chains[SCENARIOS] ?? readChain(''))
  const ofChains = [TRANSCRIPT, SCENARIOS]
    .filter((name) => files.has(name))
    .flatMap((name) => {
      const annotations = sealed.subjects?.find((each) => each.name === name)?.annotations
      return [
        ...foreignBytes(name, files.get(name)),
        ...chainFlaws(text(name), { name, run: run?.id, annotations }),
      ]
    })
  const ofFiles = sealed.subjects ? fileFlaws(files, sealed.subjects) : []
  const absent = isUnfinished ? [] : absentFiles(files, manifest)
  const notRecomputed = run && whyNotRecomputed(run)
  const canRecompute = run && !isUnfinished && files.has(VERDICT) && notRecomputed === undefined
  const flaws = [
    ...sealed.flaws,
    ...absent.filter(({ file }) => !ofFiles.some((each) => each.file === file)),
    ...ofFiles,
    ...ofChains,
    ...(run ? runFlaws(files, run) : [unreadable(RUN)]),
    ...(isUnfinished ? [] : citationFlaws(scenarios, chains[TRANSCRIPT] ?? readChain(''))),
    ...(canRecompute ? verdictFlaws(text(VERDICT), run, scenarios) : []),
  ]
  const made = statementOf(
    files,
    scenarios.scenarios.map(({ scenario }) => scenario),
    scenarios.run?.notJudged !== undefined,
  )
  const isOther = sealed.envelope && sealed.envelope.payload.toString() !== made
  return {
    run,
    flaws: [
      ...(flaws.length === 0 && isOther ? [otherStatement()] : flaws),
      ...besideFlaws(files, verdictBeside),
      ...messageFlaws(scenarios.run?.messages, messagesBeside),
    ],
    hasManifest: sealed.envelope !== undefined,
    keyid: sealed.envelope?.signature?.keyid,
    isUnfinished,
    records: Object.fromEntries(
      Object.entries(chains).map(([name, { lines }]) => [name, lines.length]),
    ),
    notRecomputed,
    messages: scenarios.run?.messages,
  }
}

/** Chains are read as text, in which bytes that are no UTF-8 all look the same. */
function foreignBytes(file: string, bytes: Uint8Array = new Uint8Array()): Flaw[] {
  return isUtf8(bytes) ? [] : [{ kind: 'altered', file, detail: 'it is not UTF-8' }]
}

/** Files that every run writes. */
function absentFiles(files: BundleContent, manifest: string | undefined): Flaw[] {
  return Object.values(BUNDLE_FILES)
    .filter(
      (name) => !files.has(name) && (name !== BUNDLE_FILES.manifest || manifest === undefined),
    )
    .map((file) => ({ kind: 'missing', file, detail: 'every run that has ended has one' }))
}

/** The verdict beside the folder is what people and scripts read: it is to be the bundle's. */
function besideFlaws(files: BundleContent, beside: string | undefined): Flaw[] {
  const verdict = files.get(VERDICT)
  if (beside === undefined || verdict === undefined || beside === Buffer.from(verdict).toString()) {
    return []
  }
  return [
    { kind: 'altered', file: `../${VERDICT}`, detail: `it is not the ${VERDICT} of the bundle` },
  ]
}

/** Pages for build servers are made of the messages beside the folder; nobody needs to keep them. */
function messageFlaws(digest: string | undefined, beside: string | undefined): Flaw[] {
  if (digest === undefined || beside === undefined || digest === beside) return []
  const detail = 'its SHA-256 is not the one that the evidence tells'
  return [{ kind: 'altered', file: '../messages.ndjson', detail }]
}

function unreadable(file: string): Flaw {
  return { kind: 'altered', file, detail: 'it does not tell what was run' }
}

function otherStatement(): Flaw {
  const detail = 'it states something else than these files give'
  return { kind: 'altered', file: BUNDLE_FILES.manifest, detail }
}

/** Whoever judges by other rules comes to another verdict. */
function whyNotRecomputed({ digests, software }: RunFacts): string | undefined {
  const own = digestsOf([])
  if (own.rules === digests.rules && own.model === digests.model) return undefined
  return `version ${software['integral-harness'] ?? 'unknown'} made it, which judges by other rules or models than this one: verify it with that version too`
}
