import { changesSince } from '../../evidence/history/changes.ts'
import { changesText } from '../../evidence/history/changes-text.ts'
import { comparableRun } from '../../evidence/history/comparable-run.ts'
import { appendHistory, readHistory } from '../../evidence/history/history-file.ts'
import { type EndedRun, historyLineOf } from '../../evidence/history/history-line-of.ts'
import { messageOf } from '../usage-error.ts'

/** What there is to say about a run and those before it. */
export interface Remembered {
  /** For the summary: what changed since the last run; empty for the first one. */
  readonly lines: readonly string[]
  /** Why the run could not be remembered, if so. */
  readonly problems: readonly string[]
}

/** Adds a run to the history of its target, and compares it with the last that it can be compared with. */
export async function rememberRun(file: string, ended: EndedRun): Promise<Remembered> {
  try {
    const history = await readHistory(file)
    const line = historyLineOf(ended)
    appendHistory(file, line)
    const earlier = comparableRun(history, line)
    const changes = earlier ? changesText(changesSince(earlier, line, ended.verdict.rules)) : []
    return { lines: [...changes, ...notesOf(history.notes, file)], problems: [] }
  } catch (error) {
    return { lines: [], problems: [`the history could not be kept, because ${messageOf(error)}`] }
  }
}

function notesOf(notes: readonly string[], file: string): string[] {
  const [first] = notes
  if (first === undefined) return []
  const more = notes.length === 1 ? '' : `; and ${notes.length - 1} more`
  return [`In ${file}: ${first}${more}`]
}
