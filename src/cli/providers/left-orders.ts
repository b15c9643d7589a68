import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { readJournal } from '../../backends/endpoint/journal.ts'
import { countOf } from '../../evidence/summary.ts'
import { reportFiles } from '../report-files.ts'
import type { PlannedRun } from './planned-run.ts'

/**
 * Orders of an earlier run of one of the providers that none of the runs now will find: one symbol more or
 * less, and a provider's runs write elsewhere. One sentence for each journal that tells of some.
 */
export function leftOrders(runs: readonly PlannedRun[], out: string): string[] {
  const used = new Set(runs.map((run) => run.out))
  const providers = [...new Set(runs.map(({ provider }) => provider))]
  return providers
    .flatMap((provider) => [join(out, provider), ...foldersIn(join(out, provider))])
    .filter((folder) => !used.has(folder))
    .flatMap((folder) => {
      const { open } = readJournal(reportFiles(folder).journal)
      return open.length === 0
        ? []
        : [
            `An earlier run in ${folder} may have left ${countOf(open.length, 'order')} working, which no run of today would cancel: run "cleanup --out ${folder}" with that login first.`,
          ]
    })
}

function foldersIn(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => join(folder, name))
  } catch {
    return []
  }
}
