import { mkdir, rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { align } from '../../evidence/timeline-text.ts'
import { DEFAULT_SEED } from '../default-seed.ts'
import { exitCodeOf, onInterruption } from '../interruption.ts'
import { runId } from '../record/run-id.ts'
import { messageOf, UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { writeAtomically } from '../write-atomically.ts'
import { Crew } from './crew.ts'
import { Progress } from './progress.ts'
import { deviationProof, heard, type Proof, proofOf } from './proof.ts'
import { type ProofPageFacts, proofPage } from './proof-page.ts'
import { isClean, summaryOf } from './proof-summary.ts'
import { proofText } from './proof-text.ts'
import type { ProveOptions } from './prove-options.ts'
import { isDeviation, type Trial } from './trial.ts'
import type { TrialResult } from './trial-result.ts'

/**
 * Proves the judge: runs the scenarios on simulations that behave wrongly, each of which it must
 * convict, and on such as it must leave in peace.
 *
 * @returns Exit code: 0 proved, 1 not.
 * @throws {UsageError} Nothing could be run, or written.
 */
export async function prove(
  options: ProveOptions,
  { cwd, stdout, stderr, env }: CommandEnvironment,
): Promise<number> {
  const { trials, parallel, out, isList } = options
  if (isList) {
    stdout.write(`${align(trials.map(listRow)).join('\n')}\n`)
    return 0
  }
  const files = await prepare(resolve(cwd, out))
  const startedAt = new Date()
  const crew = new Crew(Math.min(parallel, trials.length), { cwd, seed: DEFAULT_SEED })
  const progress = new Progress(stderr, trials.length, env)
  const release = onInterruption((signal) => process.exit(exitCodeOf(signal)))
  try {
    const proof = await tried(crew, options, progress)
    progress.end()
    const run = runId('prove', startedAt)
    const facts = { run, startedAt, tookMs: Date.now() - startedAt.getTime(), seed: DEFAULT_SEED }
    await writeAtomically(files.json, jsonOf(proof, facts))
    await writeAtomically(files.html, proofPage(proof, facts))
    const reports = Object.values(files).map((path) => relative(cwd, path))
    stdout.write(`${proofText(proof)}\n\nRun ${run}\n\nReports\n  ${reports.join('\n  ')}\n`)
    return summaryOf(proof).isProved ? 0 : 1
  } finally {
    progress.end()
    release()
    await crew.close()
  }
}

/** Where the simulation as it is is not clean, nothing else would mean anything. */
async function tried(crew: Crew, options: ProveOptions, progress: Progress): Promise<Proof> {
  const { trials } = options
  progress.begin()
  const [ordinary] = await crew.run([{}])
  if (!ordinary) throw new Error('The simulation as it is has no result.')
  const clean = proofOf({ ...options, trials: [] }, ordinary, [])
  if (!isClean(clean)) return clean
  progress.start()
  const results = await crew.run(
    trials.map(({ behaviour }) => behaviour),
    (at, result) => progress.note(outcomeOf(trials[at], heard(result, options.without))),
  )
  for (const [at, trial] of trials.entries()) refuseSilence(trial, results[at])
  return proofOf(options, ordinary, results)
}

/** Where nothing was judged, nothing can have been found: that is no escape. The proof tells it of a variation. */
function refuseSilence(trial: Trial, result: TrialResult | undefined): void {
  const { silent = 0, scenarios = 0 } = result ?? {}
  if (silent === 0 || !isDeviation(trial)) return
  throw new Error(`With ${trial.id}, ${silent} of ${scenarios} scenarios left no evidence.`)
}

function outcomeOf(trial: Trial | undefined, result: TrialResult) {
  const isWrong = trial !== undefined && isDeviation(trial)
  return {
    escaped: isWrong && deviationProof(trial, result).verdict !== 'caught',
    falseAlarm: !isWrong && result.notices.length > 0,
  }
}

function listRow(trial: Trial): string[] {
  return isDeviation(trial)
    ? ['deviation', trial.id, `breaks ${trial.breaks}`, trial.sentence]
    : ['variation', trial.id, 'breaks nothing', JSON.stringify(trial.behaviour.settings)]
}

function jsonOf(proof: Proof, { run, startedAt, ...facts }: ProofPageFacts): string {
  const whole = {
    run,
    startedAt: startedAt.toISOString(),
    ...facts,
    summary: summaryOf(proof),
    ...proof,
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}

/** What an earlier run left is not to be taken for this one's. */
async function prepare(out: string) {
  const files = { html: join(out, 'prove.html'), json: join(out, 'prove.json') }
  try {
    await mkdir(out, { recursive: true })
    for (const file of Object.values(files)) await rm(file, { force: true })
    return files
  } catch (error) {
    throw new UsageError(`Failed to write reports to ${out}: ${messageOf(error)}.`)
  }
}
