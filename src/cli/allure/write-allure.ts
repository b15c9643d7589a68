import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { RunStory } from '../../evidence/record/run-story.ts'
import { writeAtomically } from '../write-atomically.ts'
import type { AllureFile } from './attachments.ts'
import { appendHistory, historyFile, readHistory } from './history.ts'
import { allurePage } from './page.ts'
import { ResultsWriter } from './results-writer.ts'
import { runResults } from './run-results.ts'
import { runVariables } from './run-variables.ts'

export interface AllureDestination {
  /** Where the run writes, e.g. `reports/uat`. */
  readonly out: string
  readonly html: string
  /** The folder of Allure's standard results, for whoever makes other pages of them. */
  readonly results: string
  /** A folder for what is gone afterwards. */
  readonly scratch: string
  /** Gives back memory that nobody needs any more, before the page takes most of it; absent where there is enough. */
  readonly collect?: (() => void) | undefined
}

/** Writes a run's results and its page, and adds it to the history of its target. */
export async function writeAllure(
  story: RunStory,
  { out, html, results: folder, scratch, collect }: AllureDestination,
): Promise<void> {
  const { run } = story
  const writer = new ResultsWriter(folder)
  try {
    const results = await runResults(story, { write: (files) => writer.write(files) })
    await writer.write([environmentOf(run)])
    collect?.()
    const history = historyFile(out, run.target)
    const page = await allurePage([{ run, results }], {
      name: pageName(run.target),
      history: await readHistory(history),
      scratch,
    })
    await writer.written()
    await writeAtomically(html, page.html)
    await appendHistory(history, page.point)
  } finally {
    await writer.close()
  }
}

export function pageName(...targets: readonly string[]): string {
  return `Integral FX REST API on ${targets.join(' and ')}`
}

/** In the form of Java's properties, as Allure reads it. */
function environmentOf(run: RunFacts): AllureFile {
  const lines = Object.entries(runVariables(run)).map(
    ([name, value]) => `${name.replaceAll(/[\s:=]/g, '\\$&')} = ${value.replaceAll('\\', '\\\\')}`,
  )
  return { name: 'environment.properties', content: `${lines.join('\n')}\n` }
}
