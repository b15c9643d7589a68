import { resolve } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { exchangeRecords, type RecordOf } from '../../evidence/bundle/exchange-records.ts'
import type { RunRecord } from '../../evidence/record/run-record.ts'
import { countOf } from '../../evidence/summary.ts'
import { UsageError } from '../usage-error.ts'
import { judgeEvidence } from './judge-evidence.ts'
import { readRun } from './read-run.ts'

/** A run as it was written, and what its evidence says of itself. */
export interface IntactRun {
  readonly dir: string
  readonly record: RunRecord
  /** In one sentence, for readers. */
  readonly evidence: string
  readonly recordOf: RecordOf
  /** SHA-256, in hex, of Cucumber's messages; absent where the evidence says nothing of them. */
  readonly messages?: string | undefined
}

/**
 * Reads a run, and computes again all that its evidence says of itself: no page is made of what
 * somebody has changed. Signatures are not checked: that takes a key, and `evidence verify`.
 *
 * @param dir - As readers are to be told.
 * @throws {UsageError} There is no run, it was broken off, or it is not as it was written.
 */
export async function readIntactRun(dir: string, cwd: string): Promise<IntactRun> {
  const record = await readRun(resolve(cwd, dir))
  const { files, judged } = await judgeEvidence(resolve(cwd, dir), undefined)
  const [flaw, ...more] = judged.flaws
  if (flaw) {
    const place = flaw.record === undefined ? '' : `, record ${flaw.record}`
    const others = more.length === 0 ? '' : `, and ${countOf(more.length, 'more flaw')}`
    throw new UsageError(
      `The evidence of ${record.run.id} in ${dir} is not as it was written: ${flaw.kind}: ${flaw.file}${place}: ${flaw.detail}${others}; "evidence verify ${dir}" says all of it.`,
    )
  }
  const again = judged.notRecomputed
  const whole = `Its evidence is whole${again === undefined ? '' : `, but the verdict was not computed again: ${again}`}`
  const signed =
    judged.keyid === undefined
      ? 'nobody signed it'
      : `the signature of key ${judged.keyid} was not checked here`
  const transcript = Buffer.from(files.get(BUNDLE_FILES.transcript) ?? '').toString()
  return {
    ...{ dir, record, evidence: `${whole}; ${signed}.` },
    recordOf: exchangeRecords(transcript),
    messages: judged.messages,
  }
}
