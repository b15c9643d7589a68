import { readFileSync } from 'node:fs'
import type { Target } from '../backends/backend.ts'
import { parseEndpointSettings } from '../backends/endpoint/endpoint-settings.ts'
import { checkSettings, targetList, targets } from '../backends/open-backend.ts'
import { isSimulated } from '../evidence/simulated.ts'
import { parseOut } from './parse-out.ts'
import { messageOf, UsageError } from './usage-error.ts'

/** The options of `verify` as commander hands them over. */
export interface RawVerifyOptions {
  readonly target: string
  readonly tags?: string
  readonly name?: readonly string[]
  readonly parallel?: string
  readonly shard?: string
  readonly seed: string
  readonly order: string
  readonly config?: string
  readonly out?: string
  readonly requireCoverage?: boolean
  readonly resume?: boolean
  readonly repeat?: string
}

/** The options of `verify`, checked. */
export interface VerifyOptions {
  readonly target: Target
  readonly tags: string
  readonly names: readonly string[]
  /** Worker threads; 0 runs in this one. */
  readonly parallel: number
  readonly shard: string
  readonly seed: string
  readonly order: 'defined' | `random:${string}`
  /** Settings of the simulated exchange, or of the run on an endpoint, as JSON. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly out: string
  /** Whether a full run on a simulation must have observed the whole of the order models. */
  readonly requireCoverage: boolean
  /** Feature files, directories or `file:line`; empty for those of the configuration. */
  readonly paths: readonly string[]
}

/** @throws {UsageError} The first option that cannot be used. */
export function parseVerifyOptions(raw: RawVerifyOptions, paths: readonly string[]): VerifyOptions {
  const target = parseTarget(raw.target)
  refusePartialCoverage(raw, paths)
  return {
    target,
    tags: raw.tags ?? '',
    names: (raw.name ?? []).map(parseName),
    parallel: parseParallel(raw.parallel),
    shard: parseShard(raw.shard),
    seed: parseSeed(raw.seed),
    order: parseOrder(raw.order),
    settings: raw.config === undefined ? {} : readSettings(raw.config, target),
    out: parseOut(raw.out ?? `reports/${target}`),
    requireCoverage: raw.requireCoverage ?? false,
    paths,
  }
}

/** Shards are parts of a run of all scenarios, and judged when they are merged. */
function refusePartialCoverage(
  { requireCoverage, tags, name }: RawVerifyOptions,
  paths: readonly string[],
): void {
  const chosen = [
    ...(tags === undefined ? [] : ['--tags']),
    ...(name === undefined ? [] : ['--name']),
    ...paths,
  ]
  const [first] = chosen
  if (requireCoverage !== true || first === undefined) return
  throw new UsageError(
    `--require-coverage is of all scenarios, and ${first} chooses some: leave out one of them.`,
  )
}

/** Whether every scenario is meant to run: then it must also have traded. */
export function isFullRun(options: VerifyOptions): boolean {
  return selectionOf(options).length === 0
}

/** Whether less than the whole of the order models is too little: no endpoint shows all of them. */
export function isCoverageDue({ requireCoverage, target }: VerifyOptions): boolean {
  return requireCoverage && isSimulated(target)
}

/** What chooses among the scenarios, as it would be typed; empty where all are to run. */
export function selectionOf({ tags, names, shard, paths }: VerifyOptions): string[] {
  return [
    ...(tags === '' ? [] : [`--tags ${JSON.stringify(tags)}`]),
    ...names.map((name) => `--name ${JSON.stringify(name)}`),
    ...(shard === '' ? [] : [`--shard ${shard}`]),
    ...paths,
  ]
}

function parseTarget(target: string): Target {
  const known = targets.find((name) => name === target)
  if (known) return known
  throw new UsageError(`Unknown target "${target}": use --target ${targetList}.`)
}

function parseSeed(seed: string): string {
  if (/^[A-Za-z0-9._-]{1,64}$/.test(seed)) return seed
  throw new UsageError(
    `Malformed --seed ${JSON.stringify(seed)}: use 1 to 64 letters, digits, dots, underscores or hyphens.`,
  )
}

function parseName(name: string): string {
  try {
    new RegExp(name)
    return name
  } catch (error) {
    throw new UsageError(
      `Malformed --name ${JSON.stringify(name)}: it is read as a regular expression, and ${messageOf(error)}.`,
    )
  }
}

function parseParallel(parallel: string | undefined): number {
  if (parallel === undefined) return 0
  if (/^[1-9]\d?$/.test(parallel)) return Number(parallel)
  throw new UsageError(
    `Malformed --parallel ${JSON.stringify(parallel)}: use a whole number from 1 to 99.`,
  )
}

function parseShard(shard: string | undefined): string {
  if (shard === undefined) return ''
  const [, index = '', total = ''] = /^(\d{1,4})\/(\d{1,4})$/.exec(shard) ?? []
  if (Number(index) >= 1 && Number(index) <= Number(total)) return shard
  throw new UsageError(
    `Malformed --shard ${JSON.stringify(shard)}: use I/N with I from 1 to N, for example 1/3.`,
  )
}

function parseOrder(order: string): VerifyOptions['order'] {
  if (order === 'defined') return order
  const [, seed] = /^random(?::([A-Za-z0-9._-]{1,64}))?$/.exec(order) ?? ['', undefined]
  if (seed !== undefined) return `random:${seed}`
  if (order === 'random') return `random:${Math.floor(Math.random() * 1_000_000)}`
  throw new UsageError(
    `Malformed --order ${JSON.stringify(order)}: use defined, random or random:SEED.`,
  )
}

export function readSettings(file: string, target: Target): Readonly<Record<string, unknown>> {
  const settings = readJson(file)
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new UsageError(
      `Failed to use ${file}: it is not a JSON object of setting names and values.`,
    )
  }
  try {
    if (isSimulated(target)) checkSettings(settings)
    else parseEndpointSettings(settings)
  } catch (error) {
    throw new UsageError(`Failed to use ${file}: ${messageOf(error)}`)
  }
  return settings as Readonly<Record<string, unknown>>
}

function readJson(file: string): unknown {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const isMissing = Object(error).code === 'ENOENT'
    const why = isMissing ? 'there is no such file' : messageOf(error)
    throw new UsageError(`Failed to read the settings of --config ${file}: ${why}.`)
  }
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new UsageError(`Failed to use ${file}: it is not JSON, because ${messageOf(error)}.`)
  }
}
