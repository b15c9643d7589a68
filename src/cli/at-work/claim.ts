import {
  closeSync,
  futimesSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { BEAT_MS, STALE_MS } from '../../backends/process-life.ts'
import { jsonIn } from '../../evidence/bundle/json-in.ts'
import { messageOf, UsageError } from '../usage-error.ts'
import { lives, ownIdentity, type ProcessIdentity } from './process-identity.ts'

const identitySchema = z.object({
  pid: z.int().positive(),
  host: z.string(),
  place: z.string(),
  began: z.string(),
})

/** Lies in a directory while a run is at work there. */
const NAME = '.at-work.json'

/**
 * Does the work of a run, or of another command that writes where runs do, in a directory in which nobody else is at
 * work meanwhile. What a killed one left there is taken over.
 *
 * @param dir - Absolute; made where there is none, and taken away again where nothing was written.
 * @param shown - As readers are to be told.
 * @throws {UsageError} Somebody else is at work there, or it cannot be written to.
 */
export async function aloneIn<T>(dir: string, shown: string, work: () => Promise<T>): Promise<T> {
  const release = claim(dir, shown)
  process.on('exit', release)
  try {
    return await work()
  } finally {
    process.off('exit', release)
    release()
  }
}

/** @returns Gives the directory free. */
function claim(dir: string, shown: string): () => void {
  const file = join(dir, NAME)
  const own = JSON.stringify(ownIdentity())
  let made: string | undefined
  let descriptor: number
  try {
    made = mkdirSync(dir, { recursive: true })
    descriptor = opened(file) ?? takenOver(file, shown)
    writeSync(descriptor, Buffer.from(own))
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`Failed to write reports to ${dir}: ${messageOf(error)}.`)
  }
  const beat = setInterval(() => {
    const now = new Date()
    futimesSync(descriptor, now, now)
  }, BEAT_MS).unref()
  return () => {
    clearInterval(beat)
    closeSync(descriptor)
    if (textOf(file) === own) rmSync(file, { force: true })
    if (made !== undefined) removeEmpty(dir, made)
  }
}

/** @returns Nothing where it is there already. */
function opened(file: string): number | undefined {
  try {
    return openSync(file, 'wx')
  } catch (error) {
    if (Object(error).code === 'EEXIST') return undefined
    throw error
  }
}

/** What a run left that is gone becomes ours; two that try at once never both succeed. */
function takenOver(file: string, shown: string): number {
  const text = textOf(file)
  refuseAtWork(file, text, shown)
  const aside = `${file}.${process.pid}`
  try {
    renameSync(file, aside)
  } catch (error) {
    if (Object(error).code !== 'ENOENT') throw error
  }
  const taken = textOf(aside)
  if (taken !== undefined && taken !== text) {
    // Another one was quicker, and that is its own.
    renameSync(aside, file)
    throw atWork(identityIn(taken), shown)
  }
  rmSync(aside, { force: true })
  const descriptor = opened(file)
  if (descriptor === undefined) throw atWork(identityIn(textOf(file)), shown)
  return descriptor
}

/** @throws {UsageError} Another run is at work there. */
function refuseAtWork(file: string, text: string | undefined, shown: string): void {
  const by = identityIn(text)
  const isLive = by && lives(by)
  // Of a process elsewhere, and of one that has just made the file, only its age is known.
  if (isLive ?? ageOf(file) < STALE_MS) throw atWork(by, shown)
}

function atWork(by: ProcessIdentity | undefined, shown: string): UsageError {
  const isElsewhere = by !== undefined && lives(by) === undefined
  const who = by ? ` (process ${by.pid}${isElsewhere ? ` on ${by.host}` : ''})` : ''
  const hint = isElsewhere ? `, or ${STALE_MS / 1_000} s if it was killed` : ''
  return new UsageError(
    `Another run${who} is at work in ${shown}: wait for it${hint}, or choose another directory with --out.`,
  )
}

function identityIn(text: string | undefined): ProcessIdentity | undefined {
  return text === undefined ? undefined : identitySchema.safeParse(jsonIn(text)).data
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    if (Object(error).code === 'ENOENT') return undefined
    throw error
  }
}

/** In milliseconds; endless where there is none. */
function ageOf(file: string): number {
  const at = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  return at === undefined ? Number.POSITIVE_INFINITY : Date.now() - at
}

/** Takes a directory away, and those above it that were made for it, as far as they are empty. */
function removeEmpty(dir: string, made: string): void {
  try {
    if (readdirSync(dir).length > 0) return
    rmdirSync(dir)
  } catch {
    return
  }
  if (dir !== made) removeEmpty(dirname(dir), made)
}
