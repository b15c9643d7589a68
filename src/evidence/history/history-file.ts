import { closeSync, fstatSync, mkdirSync, openSync, readSync, writeSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type HistoryLine, historyLineSchema } from './history-line.ts'

/** The runs on one target, the first that ended first. */
export interface History {
  readonly runs: readonly HistoryLine[]
  /** Lines that tell of no run, one sentence for each: torn ones, and such as others wrote. */
  readonly notes: readonly string[]
}

export const NO_HISTORY: History = { runs: [], notes: [] }

/**
 * Reads `history/<target>.ndjson`.
 *
 * @returns An empty history where there is no such file yet.
 * @throws {Error} There is something, and it cannot be read.
 */
export async function readHistory(file: string): Promise<History> {
  try {
    return historyIn(await readFile(file, 'utf8'))
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return NO_HISTORY
    throw error
  }
}

function historyIn(text: string): History {
  const runs: HistoryLine[] = []
  const notes: string[] = []
  for (const [at, line] of text.split('\n').entries()) {
    if (line.trim() === '') continue
    const run = runIn(line)
    if (run) runs.push(run)
    else notes.push(`line ${at + 1} of the history tells of no run, and was passed over`)
  }
  return { runs, notes }
}

function runIn(line: string): HistoryLine | undefined {
  try {
    return historyLineSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}

/**
 * Adds a line for a run. Several runs may do so at once: the line goes to the end of the file in one piece.
 *
 * Returns only when it is written, so that it can be the last thing that a process does.
 *
 * @throws {Error} It could not be written, or not whole.
 */
export function appendHistory(file: string, line: HistoryLine): void {
  mkdirSync(dirname(file), { recursive: true })
  const descriptor = openSync(file, 'a+')
  try {
    const text = Buffer.from(`${endsTorn(descriptor) ? '\n' : ''}${JSON.stringify(line)}\n`)
    const written = writeSync(descriptor, text)
    if (written !== text.length) {
      throw new Error(`only ${written} of ${text.length} bytes went into ${file}`)
    }
  } finally {
    closeSync(descriptor)
  }
}

/** Whether somebody left off in the middle of a line: the next one must not become a part of it. */
function endsTorn(descriptor: number): boolean {
  const { size } = fstatSync(descriptor)
  if (size === 0) return false
  const last = Buffer.alloc(1)
  readSync(descriptor, last, 0, 1, size - 1)
  return last.toString() !== '\n'
}
