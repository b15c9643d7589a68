import { basename, extname, join } from 'node:path'
import { loadSupport } from '@cucumber/cucumber/api'
import { z } from 'zod'
import type { Capability } from '../backends/backend.ts'
import { needsOf } from '../backends/needs.ts'

/** What is read of Cucumber's library of step definitions; the rest of it is its own business. */
const librarySchema = z.looseObject({
  stepDefinitions: z.array(
    z.looseObject({
      keyword: z.string(),
      pattern: z.union([z.string(), z.instanceof(RegExp)]),
      uri: z.string(),
      line: z.number(),
      options: z.looseObject({ wrapperOptions: z.unknown().optional() }),
    }),
  ),
  parameterTypeRegistry: z.looseObject({
    parameterTypes: z.custom<Iterable<ParameterType>>(
      (value) => typeof Object(value)[Symbol.iterator] === 'function',
    ),
  }),
})

/** A parameter type of Cucumber's, its own ones included. */
interface ParameterType {
  readonly name?: string | undefined
  readonly regexpStrings: readonly string[]
}

/** A step as a feature writes it. */
export interface ShippedStep {
  readonly keyword: string
  readonly pattern: string
  /** What it is about: the name of the file that defines it. */
  readonly subject: string
  readonly needs: readonly Capability[]
}

export interface ShippedSteps {
  /** By subject, then as they stand in the file. */
  readonly steps: readonly ShippedStep[]
  /** The words that a parameter stands for, by its name. */
  readonly words: ReadonlyMap<string, string>
}

/** The step definitions that the package ships. */
export async function shippedSteps(): Promise<ShippedSteps> {
  const sources = { paths: ['none'], defaultDialect: 'en', names: [], tagExpression: '' }
  const importPaths = [`steps/**/!(*.test)${extname(import.meta.filename)}`]
  const library = await loadSupport(
    {
      sources: { ...sources, order: 'defined', shard: '' },
      support: { requireModules: [], requirePaths: [], loaders: [], importPaths },
    },
    { cwd: join(import.meta.dirname, '..') },
  )
  const { stepDefinitions, parameterTypeRegistry } = librarySchema.parse(library)
  const subjectOf = (uri: string) => basename(uri).replace(/\.steps\.[jt]s$/, '')
  const steps = stepDefinitions
    .map(({ keyword, pattern, uri, line, options }) => ({
      ...{ keyword, pattern: String(pattern), subject: subjectOf(uri), line },
      needs: needsOf(options),
    }))
    .sort((a, b) => (a.subject < b.subject ? -1 : a.subject > b.subject ? 1 : a.line - b.line))
  const words = [...parameterTypeRegistry.parameterTypes].map(
    ({ name = '', regexpStrings }): [string, string] => [name, regexpStrings.join('|')],
  )
  return { steps, words: new Map(words) }
}
