import { appendFile, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { type AllureReport, createHistory } from '@allurereport/core'
import { z } from 'zod'
import { writeAtomically } from '../write-atomically.ts'
import type { PageRun } from './page.ts'

/** How many runs a history tells of; it is cut back to these when it has twice as many. */
export const MAX_RUNS = 20

/** One run in Allure 3's own history, as far as it is told apart here; the rest goes through unread. */
const pointSchema = z.looseObject({
  uuid: z.string(),
  name: z.string(),
  timestamp: z.number(),
  testResults: z.record(z.string(), z.unknown()),
})
export type HistoryPoint = z.infer<typeof pointSchema>

/**
 * Where the history of a target is kept: beside the reports of the default targets, in
 * `reports/history/`, and within any other directory, since nothing is written outside of that.
 */
export function historyFile(out: string, target: string): string {
  const isDefault = basename(out) === target && basename(dirname(out)) === 'reports'
  return join(isDefault ? dirname(out) : out, 'history', `allure-${target}.jsonl`)
}

/** The last runs of a history, the oldest first. Lines that are no run's are passed over. */
export async function readHistory(file: string): Promise<HistoryPoint[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return ''
    throw error
  })
  return pointsIn(text).slice(-MAX_RUNS)
}

/**
 * Adds a run to a history. One write appends it whole, on a line of its own whatever stands before it,
 * so that runs that end at the same time spoil neither each other's line nor what was there.
 */
export async function appendHistory(file: string, point: HistoryPoint): Promise<void> {
  await mkdir(dirname(file), { recursive: true })
  await appendFile(file, `\n${JSON.stringify(point)}\n`)
  const points = pointsIn(await readFile(file, 'utf8'))
  if (points.length < 2 * MAX_RUNS) return
  const kept = points.slice(-MAX_RUNS).map((each) => JSON.stringify(each))
  await writeAtomically(file, `${kept.join('\n')}\n`)
}

/** What a run adds to the history: what became of each scenario, without its labels. */
export function historyPointOf(
  runs: readonly Pick<PageRun, 'run'>[],
  results: Awaited<ReturnType<AllureReport['store']['allTestResults']>>,
): HistoryPoint {
  const run = runs[0]?.run
  const id = run?.id ?? ''
  const own = results.map((result) => ({ ...result, labels: [] }))
  const point = createHistory(id, id, [], own)
  return { ...point, timestamp: Date.parse(run?.startedAt ?? '') }
}

/** Lends a history to Allure, which reads it from a file and nowhere else. */
export async function withHistory<T>(
  points: readonly HistoryPoint[],
  folder: string,
  use: (file: string) => Promise<T>,
): Promise<T> {
  const file = join(folder, `.allure-history.${process.pid}.tmp`)
  try {
    await writeFile(file, points.map((point) => `${JSON.stringify(point)}\n`).join(''))
    return await use(file)
  } finally {
    await rm(file, { force: true })
  }
}

function pointsIn(text: string): HistoryPoint[] {
  return text.split('\n').flatMap((line) => {
    const point = line.trim() === '' ? undefined : parsed(line)
    return point === undefined ? [] : [point]
  })
}

function parsed(line: string): HistoryPoint | undefined {
  try {
    return pointSchema.safeParse(JSON.parse(line)).data
  } catch {
    return undefined
  }
}
