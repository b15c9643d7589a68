import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { historyFile } from '../history/history-files.ts'
import type { RunOptions } from '../run-mark.ts'

/** What Cucumber's page of a run says of it. @param out - Where the run writes, as it was told. */
export function pageMark(
  { id, target, startedAt }: RunFacts,
  { cwd, out }: { readonly cwd: string; readonly out: string },
): RunOptions {
  const uatHistory = target === 'uat' ? undefined : historyFile(cwd, out, target, 'uat')
  return { id, target, startedAt, ...(uatHistory !== undefined && { uatHistory }) }
}
