import { rmdir } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { Outcome } from '../exit-code.ts'
import { onInterruption, type Signal } from '../interruption.ts'
import { prepareReports, removeUnfinished } from '../report-files.ts'
import { resumingLine } from '../resume/how-to-go-on.ts'
import { removeParts } from '../resume/remove-parts.ts'
import type { CommandEnvironment } from '../verify.ts'
import type { VerifyOptions } from '../verify-options.ts'
import { overviewText } from './overview-text.ts'
import type { RepeatLimit } from './repeat-limit.ts'
import { removeRounds } from './round-folders.ts'
import { Rounds } from './rounds.ts'
import { RoundsAccount } from './rounds-account.ts'
import { RoundsProgress } from './rounds-progress.ts'

/** What was made of rounds before; nothing at the beginning. */
export interface EarlierRounds {
  readonly of: RunFacts
  readonly activeMs: number
  /** How many came to their end. */
  readonly ended: number
  /** Whether another one had begun, and had not. */
  readonly isBroken: boolean
}

/**
 * Runs the scenarios again and again, each round with evidence of its own, and writes after each what all of
 * them come to. What it keeps in memory does not grow with the rounds.
 *
 * @param earlier - Where it goes on with rounds that were interrupted.
 * @param now - Milliseconds that pass while the process is at work.
 * @throws {UsageError} A round cannot begin.
 */
export async function repeat(
  options: VerifyOptions,
  limit: RepeatLimit,
  environment: CommandEnvironment,
  earlier?: EarlierRounds,
  now: () => number = () => performance.now(),
): Promise<Outcome> {
  const { cwd, stdout, stderr, env } = environment
  const dir = resolve(cwd, options.out)
  const account = new RoundsAccount(dir, limit, earlier)
  if (earlier) await account.takeUp(earlier.ended)
  else await clear(dir)
  const progress = new RoundsProgress(stdout, env, limit, earlier)
  const beside = { ...environment, stderr: progress.beside(stderr) }
  const rounds = new Rounds(options, beside, earlier?.of, (of) => account.begin(of))
  let by: Signal | undefined
  const release = onInterruption((signal) => {
    by = signal
    account.interrupt(signal)
  })
  try {
    while (account.isOpen) {
      const round = account.ended + 1
      const begunAt = now()
      const verdict = await rounds.make(round)
      const tookMs = now() - begunAt
      await account.take(round, verdict, tookMs)
      if (verdict) progress.note(round, verdict, tookMs)
    }
  } finally {
    progress.end()
    release()
  }
  const { result, outcome } = account.close()
  const where = relative(cwd, dir).startsWith('..') ? dir : relative(cwd, dir)
  stdout.write(
    `\n${overviewText(result)}\n\nReports\n  ${where}/verdict.json  all rounds, for machines\n  ${where}/rounds        the evidence of each; with its pages where something was found\n`,
  )
  if (by === undefined || !account.isUnfinished) return outcome
  const goOn = `It was interrupted by ${by} in round ${account.ended + 1}; go on with: ${resumingLine(options.out)}`
  return { ...outcome, goOn }
}

/** Takes away what an earlier run left, whatever it was. */
async function clear(dir: string): Promise<void> {
  const files = await prepareReports(dir)
  await removeUnfinished(files)
  await removeParts(dir)
  await removeRounds(dir)
  for (const folder of [files.evidence, files.allureResults]) {
    // Where somebody else keeps something, it stays.
    await rmdir(folder).catch(() => {})
  }
}
