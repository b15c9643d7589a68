import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { sha256 } from '../../evidence/bundle/sha256.ts'
import type { EvidenceCheck } from '../../evidence/certificate/evidence-check.ts'

/** Whether the evidence of a run is what it was when the run ended. */
export async function checkEvidence(dir: string): Promise<EvidenceCheck> {
  const manifest = await readFile(join(dir, 'evidence', BUNDLE_FILES.manifest)).catch(
    () => undefined,
  )
  if (!manifest) return { problems: ['it has no manifest'], signature: 'none' }
  return {
    problems: ['its files were not compared with its manifest'],
    manifestSha256: sha256(manifest),
    signature: 'none',
  }
}
