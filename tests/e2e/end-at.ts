/*
 * Loaded into a run by `NODE_OPTIONS=--import …`: ends it when it writes down a scenario, the one that
 * `END_AT` counts to. With `END_TORN` only a part of that line is written; else all of it.
 */
import fs from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import { isMainThread } from 'node:worker_threads'

const { END_AT, END_TORN, END_WITH = 'SIGKILL' } = process.env
const isScenario = /^\{"record":\d+,"previous":"[0-9a-f]+","scenario":\{"uri"/
let left = Number(END_AT)

if (isMainThread && END_AT !== undefined) {
  const { writeSync } = fs
  const ending = (file: number, bytes: Buffer | string): number => {
    // Journals are written as text.
    if (typeof bytes === 'string') return writeSync(file, bytes)
    if (!isScenario.test(bytes.subarray(0, 200).toString())) return writeSync(file, bytes)
    left -= 1
    if (left !== 0) return writeSync(file, bytes)
    const written = writeSync(file, END_TORN ? bytes.subarray(0, bytes.length >> 1) : bytes)
    process.kill(process.pid, END_WITH)
    return written
  }
  Object.assign(fs, { writeSync: ending })
  syncBuiltinESMExports()
}
