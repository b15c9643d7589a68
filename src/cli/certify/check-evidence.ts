import type { KeyObject } from 'node:crypto'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { exchangeRecords } from '../../evidence/bundle/exchange-records.ts'
import type { Flaw } from '../../evidence/bundle/flaw.ts'
import type { BundleJudgement } from '../../evidence/bundle/judge-bundle.ts'
import { sha256 } from '../../evidence/bundle/sha256.ts'
import type { CertificateTerms } from '../../evidence/certificate/certificate-terms.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { judgeEvidence } from '../record/judge-evidence.ts'
import { cautionsOf } from './cautions.ts'

/**
 * Computes again all that the evidence of a run says of itself, as `evidence verify` does.
 *
 * @param key - Whose signature it must bear; without it, no signature is checked.
 */
export async function checkEvidence(
  dir: string,
  key: KeyObject | undefined,
  run: RunFacts,
): Promise<Pick<CertificateTerms, 'evidence' | 'cautions' | 'recordOf'>> {
  const { files, manifest, judged } = await judgeEvidence(dir, key)
  const { flaws, notRecomputed } = judged
  const transcript = Buffer.from(files.get(BUNDLE_FILES.transcript) ?? '').toString()
  const evidence = {
    problems: [
      ...flaws.map(sentenceOf),
      ...(notRecomputed === undefined
        ? []
        : [`its verdict was not computed again: ${notRecomputed}`]),
    ],
    ...(manifest !== undefined && { manifestSha256: sha256(manifest) }),
    signature: signatureOf(judged, key !== undefined),
  }
  const cautions = cautionsOf(run, judged, key !== undefined)
  return { evidence, cautions, recordOf: exchangeRecords(transcript) }
}

/** e.g. `altered scenarios.ndjson, record 8: …`. */
function sentenceOf({ kind, file, record, detail }: Flaw): string {
  return `${kind} ${file}${record === undefined ? '' : `, record ${record}`}: ${detail}`
}

function signatureOf({ keyid, flaws }: BundleJudgement, isKeyGiven: boolean): string {
  if (keyid === undefined) return 'none: nobody has signed the evidence'
  if (!isKeyGiven) return `Ed25519, by the key ${keyid}; not checked, as no key was given`
  const isBad = flaws.some(({ file }) => file === BUNDLE_FILES.manifest)
  return isBad ? 'bad: not by the key that was given' : `good: Ed25519, by the key ${keyid}`
}
