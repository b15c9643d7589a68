import type { LinePlace } from '../../evidence/bundle/chain-writer.ts'
import type { Finding } from '../../evidence/finding.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { ScenarioEvidence } from '../../evidence/scenario-evidence.ts'
import type { ReportFiles } from '../report-files.ts'
import type { RunOptions } from '../run-mark.ts'

/** The pages of a run that are to be made: of its evidence, and of Cucumber's messages, as both grow on disk. */
export interface PageJob {
  /** Where the run writes, e.g. `reports/uat`. */
  readonly out: string
  readonly files: ReportFiles
  /** As far as it is known when the run begins. */
  readonly run: RunFacts
  /** How many scenarios are to run. */
  readonly planned: number
  /** Whether they end in the order of the feature files. */
  readonly isInOrder: boolean
  /** What Cucumber's page says of the run. */
  readonly mark: RunOptions
}

/** What is known of a run once it has ended. */
export interface PageEnding {
  readonly run: RunFacts
  /** What it did of itself; absent on a simulation. */
  readonly own?: ScenarioEvidence | undefined
  /** Findings that no scenario made. */
  readonly findings: readonly Finding[]
  /** Whether there are messages of Cucumber's, and pages of them. */
  readonly hasMessages: boolean
}

/** How far a run has come. */
export interface PageProgress {
  /** Where scenarios that have ended since stand in the evidence. */
  readonly scenarios: readonly LinePlace[]
  /** The messages are whole up to there, in bytes. */
  readonly messagesUpTo: number
}

/** What who makes the pages is told, in turn; an ending is answered with why a page could not be made, if so. */
export type PageNews = PageProgress | PageEnding

/** What the thread begins with. */
export interface PagesData {
  readonly job: PageJob
  /** What its gate shares with that of who tells it. */
  readonly gate: SharedArrayBuffer
}
