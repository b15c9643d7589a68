import { isDeepStrictEqual } from 'node:util'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { UsageError } from '../usage-error.ts'
import { parseVerifyOptions, type RawVerifyOptions, type VerifyOptions } from '../verify-options.ts'

/** What was typed: options that stand there by default are none. */
export interface TypedOptions {
  readonly raw: RawVerifyOptions
  readonly paths: readonly string[]
  /** Names of options, e.g. `seed`. */
  readonly typed: ReadonlySet<string>
}

/**
 * The options of a run that was interrupted: with any others, the rest of it would not be its rest.
 *
 * @param dir - As readers are to be told.
 * @throws {UsageError} What was typed contradicts them, or the run does not tell them.
 */
export function resumedOptions(
  { selection, seed, settings, plan, target }: RunFacts,
  dir: string,
  { raw, paths, typed }: TypedOptions,
): VerifyOptions {
  if (!plan) {
    throw new UsageError(
      `The run in ${dir} does not tell how it was made, as another version wrote it: run "verify" anew.`,
    )
  }
  if (raw.target !== target) {
    throw new UsageError(
      `The run in ${dir} was made on ${target}, and not on ${raw.target}: resume it with --target ${target}.`,
    )
  }
  const { parallel, order, requireCoverage } = plan
  const chosen = chosenBy(selection)
  const known = parseVerifyOptions({ ...raw, order, out: dir }, chosen.paths)
  const options: VerifyOptions = {
    ...known,
    ...chosen,
    ...{ seed, settings, requireCoverage },
    parallel: typed.has('parallel') ? known.parallel : parallel,
  }
  const given = parseVerifyOptions(raw, paths)
  for (const [name, flag, read] of COMPARED) {
    if (typed.has(name) && !isDeepStrictEqual(read(given), read(options))) {
      throw contradiction(flag, dir)
    }
  }
  if (paths.length > 0 && !isDeepStrictEqual(paths, options.paths)) {
    throw contradiction(paths.join(' '), dir)
  }
  return options
}

/** Options that make another run: their names, as typed, and what they mean. */
const COMPARED: readonly (readonly [string, string, (options: VerifyOptions) => unknown])[] = [
  ['seed', '--seed', ({ seed }) => seed],
  ['tags', '--tags', ({ tags }) => tags],
  ['name', '--name', ({ names }) => names],
  ['shard', '--shard', ({ shard }) => shard],
  ['order', '--order', ({ order }) => order],
  ['config', '--config', ({ settings }) => settings],
  ['requireCoverage', '--require-coverage', ({ requireCoverage }) => requireCoverage],
]

/** What chose the scenarios, as `selectionOf` writes it. */
function chosenBy(
  selection: RunFacts['selection'],
): Pick<VerifyOptions, 'tags' | 'names' | 'shard' | 'paths'> {
  const having = (option: string) =>
    selection
      .filter((each) => each.startsWith(`${option} `))
      .map((each) => each.slice(option.length + 1))
  const [tags = ''] = having('--tags').map((text) => String(JSON.parse(text)))
  const [shard = ''] = having('--shard')
  const names = having('--name').map((text) => String(JSON.parse(text)))
  const paths = selection.filter((each) => !/^--(?:tags|name|shard) /.test(each))
  return { tags, names, shard, paths }
}

function contradiction(what: string, dir: string): UsageError {
  return new UsageError(
    `${what} is not what the run in ${dir} was made with: leave it out to resume that run, or run "verify" anew.`,
  )
}
