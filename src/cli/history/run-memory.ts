import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import { sha256 } from '../../evidence/bundle/sha256.ts'
import { changesSince } from '../../evidence/history/changes.ts'
import { changesText } from '../../evidence/history/changes-text.ts'
import { comparableRun } from '../../evidence/history/comparable-run.ts'
import { appendHistory, readHistory } from '../../evidence/history/history-file.ts'
import { type EndedRun, historyLineOf } from '../../evidence/history/history-line-of.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { messageOf } from '../usage-error.ts'

/** How a run ended. */
export interface RunEnding extends Pick<EndedRun, 'verdict' | 'scenarios' | 'exitCode'> {
  readonly notJudged?: string | undefined
}

/** What there is to say about a run and those before it. */
export interface Remembered {
  /** For the summary: what changed since the last run; empty for the first one. */
  readonly lines: readonly string[]
  /** Why the run could not be remembered, if so. */
  readonly problems: readonly string[]
}

/** Keeps a line of the run in the history of its target, however it ends. */
export class RunMemory {
  readonly #file: string
  readonly #evidence: string
  readonly #facts: RunFacts
  readonly #own: ReadonlySet<string>

  /**
   * @param file - Of the history; made where there is none.
   * @param evidence - The folder of the run's evidence.
   * @param own - Ids of runs that it is made of: with its own parts it is not compared.
   */
  constructor(file: string, evidence: string, facts: RunFacts, own: readonly string[] = []) {
    this.#file = file
    this.#evidence = evidence
    this.#facts = facts
    this.#own = new Set(own)
  }

  /** Adds the run, and compares it with the last that it can be compared with. */
  async remember(ending: RunEnding): Promise<Remembered> {
    try {
      const history = await readHistory(this.#file)
      const line = this.#add(ending)
      const others = history.runs.filter(({ run }) => !this.#own.has(run))
      const earlier = comparableRun({ ...history, runs: others }, line)
      const changes = earlier ? changesText(changesSince(earlier, line, ending.verdict.rules)) : []
      return { lines: [...changes, ...notesOf(history.notes, this.#file)], problems: [] }
    } catch (error) {
      return { lines: [], problems: [`its history could not be kept, because ${messageOf(error)}`] }
    }
  }

  /** Adds the run at once, because the process is about to end. */
  breakOff(ending: RunEnding): void {
    try {
      this.#add(ending)
    } catch {
      // Whoever interrupts a run waits for nothing, and its evidence says the same.
    }
  }

  #add(ending: RunEnding) {
    const { startedAt, software } = this.#facts
    const manifest = join(this.#evidence, BUNDLE_FILES.manifest)
    const line = historyLineOf({
      ...ending,
      run: this.#facts,
      tookMs: Date.now() - Date.parse(startedAt),
      software: software['integral-harness'] ?? 'unknown',
      ...(existsSync(manifest) && { manifest: sha256(readFileSync(manifest)) }),
    })
    appendHistory(this.#file, line)
    return line
  }
}

function notesOf(notes: readonly string[], file: string): string[] {
  const [first] = notes
  if (first === undefined) return []
  const more = notes.length === 1 ? '' : `; and ${notes.length - 1} more`
  return [`In ${file}: ${first}${more}`]
}
