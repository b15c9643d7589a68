import { extname, join } from 'node:path'
import { type IRunOptions, loadSupport } from '@cucumber/cucumber/api'
import { z } from 'zod'
import type { Capability } from '../../backends/backend.ts'
import { isStaging, needsOf } from '../../backends/needs.ts'
import { type Roles, rolesOf } from '../../backends/playing/roles.ts'

type Code = (this: unknown, ...args: unknown[]) => unknown
type Match = (text: string) => readonly Argument[] | null

interface Argument {
  getValue(world: unknown): unknown
  getParameterType(): { readonly name?: string | undefined }
}

/** What is read of Cucumber's library of step definitions; the rest of it is its own business. */
const librarySchema = z.looseObject({
  stepDefinitions: z.array(
    z.looseObject({
      id: z.string(),
      keyword: z.string(),
      pattern: z.union([z.string(), z.instanceof(RegExp)]),
      options: z.looseObject({ wrapperOptions: z.unknown().optional() }),
      code: z.custom<Code>((value) => typeof value === 'function'),
      expression: z.custom<{ match: Match }>((value) => typeof Object(value).match === 'function'),
    }),
  ),
})

/** A step of the vocabulary: what it is to somebody who acts a scenario out. */
export interface StepMeaning {
  readonly id: string
  readonly pattern: string
  /** Whether it asserts something. */
  readonly isThen: boolean
  /** What it stages; nothing where the trader does something, or something should have come of it. */
  readonly stages: readonly Capability[]
  readonly roles: Roles
  readonly code: Code
  readonly matches: (text: string) => boolean
  /** The parsed parameters of a step, and who it says does it. */
  readonly read: (text: string) => { readonly args: readonly unknown[]; readonly trader?: string }
}

export interface Vocabulary {
  readonly library: NonNullable<IRunOptions['support']>
  readonly meanings: ReadonlyMap<string, StepMeaning>
}

/** Of the project, where the step definitions stand below `src/steps`, or below `dist/steps`. */
const ROOM = join(import.meta.dirname, '..', '..')

/** What a simulation has without being told: a step that needs no more than this stages nothing. */
const ALWAYS_THERE: readonly Capability[] = ['trade any pair', 'publish market data sets']

let loaded: Promise<Vocabulary> | undefined

/**
 * The step definitions that `verify` runs, by id. They are loaded once in a process: a module that was
 * imported before defines nothing when it is imported again.
 */
export function vocabulary(): Promise<Vocabulary> {
  loaded ??= load()
  return loaded
}

async function load(): Promise<Vocabulary> {
  const importPaths = [`steps/**/*${extname(import.meta.filename)}`]
  const sources = { paths: ['none'], defaultDialect: 'en', names: [], tagExpression: '' }
  const library = await loadSupport(
    {
      sources: { ...sources, order: 'defined', shard: '' },
      support: { requireModules: [], requirePaths: [], loaders: [], importPaths },
    },
    { cwd: ROOM },
  )
  const { stepDefinitions } = librarySchema.parse(library)
  const meanings = stepDefinitions.map(
    ({ id, keyword, pattern, options, code, expression }): [string, StepMeaning] => [
      id,
      {
        ...{ id, code, pattern: String(pattern), isThen: keyword === 'Then' },
        stages: needsOf(options).filter((each) => isStaging(each) && !ALWAYS_THERE.includes(each)),
        roles: rolesOf(options),
        matches: (text) => expression.match(text) !== null,
        read: (text) => readWith(expression.match(text) ?? []),
      },
    ],
  )
  return { library, meanings: new Map(meanings) }
}

function readWith(found: readonly Argument[]): ReturnType<StepMeaning['read']> {
  const named = found.find((each) => each.getParameterType().name === 'trader')
  const args = found.map((each) => each.getValue(undefined))
  return { args, ...(named && { trader: String(named.getValue(undefined)) }) }
}
