import { existsSync, mkdirSync, renameSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { placedIn } from '../../backends/endpoint/journal.ts'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import type { FeatureText } from '../../evidence/bundle/digests.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { countOf } from '../../evidence/summary.ts'
import { labelOf } from '../../evidence/verdict.ts'
import type { Outcome } from '../exit-code.ts'
import { differenceOf } from '../merge/check-parts.ts'
import { featuresIn, featuresOf, fileDifferences } from '../merge/file-differences.ts'
import type { Part } from '../merge/part.ts'
import { writeMerged } from '../merge/write-merged.ts'
import { parseOut } from '../parse-out.ts'
import { reportFiles } from '../report-files.ts'
import { UsageError } from '../usage-error.ts'
import { type CommandEnvironment, verify } from '../verify.ts'
import { partFolder, partsIn, readAnyPart } from './read-parts.ts'
import { resumedOptions, type TypedOptions } from './resumed-options.ts'

/**
 * Goes on with a run that was interrupted: the scenarios that had not ended are run as another part, and
 * the parts merged. Nothing that was written of the interrupted part is rewritten.
 *
 * @param whole - Where it is a round of many: the directory of all, in which the journal lies.
 * @returns What the run would have come to that had not been interrupted.
 * @throws {UsageError} There is nothing to resume, or it would not be the same run.
 */
export async function resume(
  typed: TypedOptions,
  environment: CommandEnvironment,
  whole?: string,
): Promise<Outcome> {
  const { cwd, stdout } = environment
  const out = parseOut(typed.raw.out ?? `reports/${typed.raw.target}`)
  if (typed.raw.repeat !== undefined) {
    throw new UsageError(
      `There are no rounds in ${out} to resume: leave out --repeat, or run "verify" without --resume.`,
    )
  }
  const parts = await interruptedParts(out, cwd)
  const [first] = parts
  const options = resumedOptions(first.run, out, typed)
  const planned = first.run.plan?.scenarios ?? 0
  const ended = parts.flatMap(({ scenarios }) => scenarios.map(labelOf))
  const rest = planned - ended.length
  stdout.write(
    `Resuming ${first.run.id}: of ${countOf(planned, 'scenario')}, ${ended.length} had ended\n`,
  )
  const next = partsIn(resolve(cwd, out)) + (isApart(first, out, cwd) ? 1 : 2)
  const begin = (facts: RunFacts, features: readonly FeatureText[] = []) => {
    refuseOther(first, facts, features, out)
    if (!isApart(first, out, cwd)) moveAway(resolve(cwd, out))
  }
  let goOn: string | undefined
  // On an endpoint also to cancel what the last part may have left working.
  if (rest > 0 || options.target === 'uat') {
    const { journal } = reportFiles(resolve(cwd, whole ?? out))
    const placed = placedIn(journal, new Set(parts.map(({ run }) => run.id)))
    const part = { ended, placed, whole: whole ?? out, begin }
    goOn = (await verify({ ...options, out: partFolder(out, next) }, environment, part)).goOn
  } else begin(first.run)
  const all = await partsOf(out, cwd)
  const outcome = await writeMerged({ parts: all, planned, areInTurn: true, out }, environment)
  return { ...outcome, ...(goOn !== undefined && { goOn }) }
}

/**
 * The parts of the run in a directory, so far.
 *
 * @throws {UsageError} There is none, or it was not interrupted.
 */
async function interruptedParts(out: string, cwd: string): Promise<readonly [Part, ...Part[]]> {
  const dir = resolve(cwd, out)
  const facts = join(dir, 'evidence', BUNDLE_FILES.run)
  const count = partsIn(dir)
  if (!existsSync(facts) && count === 0) {
    throw new UsageError(`There is no run in ${out} to resume: run "verify" without --resume.`)
  }
  if (existsSync(facts)) {
    const isWhole = existsSync(join(dir, 'evidence', BUNDLE_FILES.manifest))
    const part = isWhole || count === 0 ? await readAnyPart(out, cwd) : undefined
    const isComplete = part && isWhole && part.scenarios.length >= (part.run.plan?.scenarios ?? 0)
    if (isComplete && part.verdict?.interrupted === undefined) {
      throw new UsageError(
        `Nothing to resume: the run ${part.run.id} in ${out} came to its end; run "verify" without --resume.`,
      )
    }
    if (part && part.run.parts === undefined) return [part]
  }
  return partsOf(out, cwd)
}

/** @throws {UsageError} One is not as it was written. */
async function partsOf(out: string, cwd: string): Promise<readonly [Part, ...Part[]]> {
  const count = partsIn(resolve(cwd, out))
  const first = await readAnyPart(partFolder(out, 1), cwd)
  const others: Part[] = []
  for (let number = 2; number <= count; number += 1) {
    others.push(await readAnyPart(partFolder(out, number), cwd))
  }
  return [first, ...others]
}

/** Whether a part lies below the directory of the whole, and not in it. */
function isApart({ folder }: Part, out: string, cwd: string): boolean {
  return relative(resolve(cwd, out), folder) !== 'evidence'
}

/** What was written until the interruption becomes the first part, as it is. */
function moveAway(dir: string): void {
  const part = partFolder(dir, 1)
  mkdirSync(part, { recursive: true })
  for (const name of ['messages.ndjson', 'verdict.json', 'evidence']) {
    if (existsSync(join(dir, name))) renameSync(join(dir, name), join(part, name))
  }
}

function refuseOther(
  { run, folder }: Part,
  now: RunFacts,
  features: readonly FeatureText[],
  out: string,
): void {
  const changed = () => fileDifferences(featuresIn(folder), featuresOf(features))
  const difference = differenceOf(run, now, changed)
  if (difference === undefined) return
  throw new UsageError(
    `The run in ${out} cannot be resumed, since its ${difference}: run "verify" anew.`,
  )
}
