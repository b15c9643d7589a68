import type { RecordOf } from '../bundle/exchange-records.ts'
import type { RunFacts } from '../record/run-facts.ts'
import type { Waiver } from '../waivers/waiver.ts'
import type { EvidenceCheck } from './evidence-check.ts'

/** What a run is certified by, besides its own record. */
export interface CertificateTerms {
  /** Whose software was tested, as the tester says. */
  readonly provider: string
  readonly waivers: readonly Waiver[]
  readonly issuedAt: Date
  readonly evidence: EvidenceCheck
  /** What is to be known before the certificate is believed, and stands against none; sentences. */
  readonly cautions: readonly string[]
  /** Where in the evidence an exchange is. */
  readonly recordOf: RecordOf
  /** Of what this version judges by: the run must have been judged by the same. */
  readonly digests: Pick<RunFacts['digests'], 'model' | 'rules' | 'api'>
  /** Changed settings that make the judge milder than it is by default, e.g. `trade.withinMs=60000`. */
  readonly milder: readonly string[]
}
