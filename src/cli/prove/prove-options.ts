import { availableParallelism } from 'node:os'
import { closest } from 'fastest-levenshtein'
import { catalogue } from '../../evidence/rules/catalogue.ts'
import { parseOut } from '../parse-out.ts'
import { UsageError } from '../usage-error.ts'
import { isDeviation, quickSubset, type Trial } from './trial.ts'

/** More would take longer to load than they save, and half a gigabyte each. */
const MOST_WORKERS = 16

/** The options of `prove` as commander hands them over. */
export interface RawProveOptions {
  readonly only?: readonly string[]
  readonly rule?: readonly string[]
  readonly without?: readonly string[]
  readonly quick?: boolean
  readonly list?: boolean
  readonly parallel?: string
  readonly out?: string
}

/** The options of `prove`, checked. */
export interface ProveOptions {
  /** What to run, in the order of the list. */
  readonly trials: readonly Trial[]
  /** What chose them; `all` alone says anything about the rules as a whole. */
  readonly scope: 'all' | 'quick' | 'selected'
  /** Rules that the judge is to do without. */
  readonly without: readonly string[]
  /** Whether to list what there is, and run nothing. */
  readonly isList: boolean
  readonly parallel: number
  readonly out: string
}

/** @throws {UsageError} The first option that cannot be used. */
export function parseProveOptions(raw: RawProveOptions, all: readonly Trial[]): ProveOptions {
  const { only = [], rule = [], without = [], quick = false, list = false } = raw
  const isSelected = only.length + rule.length > 0
  if (quick && isSelected) {
    throw new UsageError('--quick chooses by itself: leave out --only and --rule.')
  }
  refuseUnknown(
    '--only',
    only,
    all.map(({ id }) => id),
  )
  refuseUnknownRules('--rule', rule)
  refuseUnknownRules('--without', without)
  const chosen = isSelected ? all.filter((trial) => isChosen(trial, only, rule)) : all
  const found = quick ? quickSubset(all) : chosen
  if (found.length === 0) {
    throw new UsageError(`No deviation breaks ${rule.join(' or ')}: --list tells what there is.`)
  }
  // That a judge with fewer rules alarms less shows nothing.
  const trials = without.length > 0 ? found.filter(isDeviation) : found
  if (trials.length === 0) {
    throw new UsageError('--without tries deviations alone: choose one with --only or --rule.')
  }
  return {
    trials,
    scope: quick ? 'quick' : isSelected ? 'selected' : 'all',
    without,
    isList: list,
    parallel: parseParallel(raw.parallel),
    out: parseOut(raw.out ?? 'reports/prove'),
  }
}

function isChosen(trial: Trial, only: readonly string[], rules: readonly string[]): boolean {
  return only.includes(trial.id) || (isDeviation(trial) && rules.includes(trial.breaks))
}

function refuseUnknownRules(option: string, given: readonly string[]): void {
  refuseUnknown(
    option,
    given,
    catalogue.map(({ id }) => id),
  )
}

function refuseUnknown(option: string, given: readonly string[], known: readonly string[]): void {
  const unknown = given.find((id) => !known.includes(id))
  if (unknown === undefined) return
  throw new UsageError(
    `There is no "${unknown}" for ${option}: did you mean "${closest(unknown, known)}"?`,
  )
}

function parseParallel(parallel: string | undefined): number {
  if (parallel === undefined) return Math.min(availableParallelism(), MOST_WORKERS)
  if (/^[1-9]\d?$/.test(parallel)) return Number(parallel)
  throw new UsageError(
    `Malformed --parallel ${JSON.stringify(parallel)}: use a whole number from 1 to 99.`,
  )
}
