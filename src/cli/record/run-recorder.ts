import type { KeyObject } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { copyFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { BUNDLE_FILES, BUNDLE_FORMAT, featureFile } from '../../evidence/bundle/bundle-files.ts'
import { ChainWriter, type LinePlace } from '../../evidence/bundle/chain-writer.ts'
import { type FeatureText, rulesText } from '../../evidence/bundle/digests.ts'
import { sealed } from '../../evidence/bundle/envelope.ts'
import { statementOn } from '../../evidence/bundle/statement.ts'
import { FullRunTally } from '../../evidence/completeness.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { ScenarioHead } from '../../evidence/record/scenario-head.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import type { RunReport } from '../../evidence/run-report.ts'
import type { ScenarioEvidence } from '../../evidence/scenario-evidence.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { labelOf } from '../../evidence/verdict.ts'
import { VerdictTally } from '../../evidence/verdict-tally.ts'
import { writeAtomically } from '../write-atomically.ts'
import { bundleSubjects } from './bundle-content.ts'
import { ScenarioArchive } from './scenario-archive.ts'
import type { WrittenVerdict } from './write-verdict.ts'

/** What a run comes to, besides its scenarios. */
export interface RunEnd {
  /** What the run did of itself. */
  readonly own?: ScenarioEvidence | undefined
  readonly report: RunReport
  /** Where a served simulation was. */
  readonly baseUrl?: string | undefined
  /** Why it could not be judged, if so. */
  readonly notJudged?: string | undefined
  /** SHA-256, in hex, of Cucumber's messages, which lie beside the evidence; absent where there are none. */
  readonly messages?: string | undefined
  /** `verdict.json`, of which the evidence holds a copy. */
  readonly verdict: WrittenVerdict
}

/**
 * Writes a run's evidence while it is run, so that a crash keeps what happened. All of it is written
 * by this process, in whatever threads scenarios run. Of each scenario it keeps in memory what the verdict
 * says, and its head.
 */
export class RunRecorder {
  /** On an endpoint, the run itself writes there: every exchange as it happens. */
  readonly transcript: ChainWriter
  readonly #scenarios: ChainWriter
  readonly #folder: string
  readonly #facts: RunFacts
  readonly #archive: ScenarioArchive
  readonly #noted: (place: LinePlace) => void
  /** What the scenarios come to so far. */
  readonly tally = new VerdictTally()
  readonly fullRun = new FullRunTally()

  /**
   * @param folder - Exists, and is empty.
   * @param noted - Told where each scenario stands.
   */
  constructor(
    folder: string,
    facts: RunFacts,
    features: readonly FeatureText[],
    noted: (place: LinePlace) => void = () => {},
  ) {
    this.#folder = folder
    this.#noted = noted
    this.#facts = facts
    const write = (name: string, text: string) => {
      const file = join(folder, name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, text)
    }
    write(BUNDLE_FILES.run, factsText(facts))
    write(BUNDLE_FILES.rules, rulesText())
    for (const { uri, text } of features) write(featureFile(uri), text)
    this.transcript = new ChainWriter(join(folder, BUNDLE_FILES.transcript), facts.id)
    const scenarios = join(folder, BUNDLE_FILES.scenarios)
    this.#scenarios = new ChainWriter(scenarios, facts.id)
    this.#archive = new ScenarioArchive(scenarios)
  }

  /** Notes a scenario that has ended, and on a simulation its exchanges. */
  note(scenario: ScenarioRecord): void {
    if (isSimulated(this.#facts.target)) {
      const label = labelOf(scenario)
      const exchanges = scenario.evidence?.exchanges ?? []
      this.transcript.appendAll(
        exchanges.map((exchange) => ({ phase: 'ended', scenario: label, ...exchange })),
      )
    }
    const place = this.#scenarios.append({ scenario })
    if (place === undefined) return
    this.#archive.add(scenario, place)
    this.tally.add(scenario)
    if (scenario.evidence) this.fullRun.add(scenario.evidence)
    this.#noted(place)
  }

  /** The scenarios that were noted, in the order of the feature files. */
  get heads(): readonly ScenarioHead[] {
    return this.#archive.heads
  }

  /**
   * Closes what was written as the run went, adds what it came to, and seals all of it.
   *
   * @param key - Signs it, if there is one.
   */
  async finish(
    { own, report, baseUrl, notJudged, messages, verdict }: RunEnd,
    key: KeyObject | undefined,
  ): Promise<void> {
    const { run, verdict: verdictFile, manifest } = BUNDLE_FILES
    this.transcript.close()
    this.#scenarios.append({
      run: {
        ...(own && { own }),
        report,
        ...(notJudged !== undefined && { notJudged }),
        ...(messages !== undefined && { messages }),
      },
    })
    this.#scenarios.close()
    if (baseUrl !== undefined) {
      await writeAtomically(join(this.#folder, run), factsText({ ...this.#facts, baseUrl }))
    }
    await copyFile(verdict.file, join(this.#folder, verdictFile))
    const known = [
      this.transcript.subject(),
      this.#scenarios.subject(),
      {
        name: verdictFile,
        digest: { sha256: verdict.sha256 },
        annotations: { length: verdict.length },
      },
    ]
    const statement = statementOn({
      run: this.#facts.id,
      subjects: await bundleSubjects(this.#folder, known),
      scenarios: this.heads,
      notJudged: notJudged !== undefined,
    })
    await writeAtomically(join(this.#folder, manifest), sealed(statement, key))
  }
}

function factsText(facts: RunFacts): string {
  return `${JSON.stringify({ format: BUNDLE_FORMAT, ...facts }, null, 2)}\n`
}
