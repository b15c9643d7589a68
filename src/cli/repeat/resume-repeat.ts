import { resolve } from 'node:path'
import type { Outcome } from '../exit-code.ts'
import { resumedOptions, type TypedOptions } from '../resume/resumed-options.ts'
import { UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import type { RepeatProgress } from './overview.ts'
import { repeat } from './repeat.ts'
import { isFull, parseRepeat } from './repeat-limit.ts'
import { roundFolder, roundsBegun, sealedVerdict } from './round-folders.ts'

/**
 * Goes on with rounds that were interrupted: with what is left of the one that was under way, and then until
 * their time or number is full.
 *
 * @param out - As readers are to be told.
 * @throws {UsageError} They came to their end, or would not be the same.
 */
export async function resumeRepeat(
  out: string,
  { limit: text, activeMs, of }: RepeatProgress,
  typed: TypedOptions,
  environment: CommandEnvironment,
): Promise<Outcome> {
  if (typed.raw.repeat !== undefined && typed.raw.repeat !== text) {
    throw new UsageError(
      `--repeat ${typed.raw.repeat} is not what the rounds in ${out} were made with, which is ${text}: leave it out to resume them, or run "verify" anew.`,
    )
  }
  const options = resumedOptions(of, out, typed)
  const limit = parseRepeat(text)
  const dir = resolve(environment.cwd, out)
  const ended = await endedRounds(dir)
  // One that was broken off is brought to its end, though the time is full.
  const isBroken = ended < roundsBegun(dir)
  if (!isBroken && isFull(limit, { ended, activeMs })) {
    throw new UsageError(
      `Nothing to resume: the ${ended} rounds in ${out} came to their end; run "verify" without --resume.`,
    )
  }
  environment.stdout.write(`Resuming ${of.id}: ${ended} rounds had ended, of ${text}\n`)
  return repeat(options, limit, environment, { of, activeMs, ended, isBroken })
}

/** How many rounds came to their end before the one that did not. */
async function endedRounds(dir: string): Promise<number> {
  const begun = roundsBegun(dir)
  for (let round = 1; round <= begun; round += 1) {
    const verdict = await sealedVerdict(roundFolder(dir, round))
    if (!verdict || verdict.interrupted !== undefined) return round - 1
  }
  return begun
}
