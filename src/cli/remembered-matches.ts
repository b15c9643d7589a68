import type { loadSupport } from '@cucumber/cucumber/api'
import { z } from 'zod'
import { remembering } from '../evidence/remembering.ts'

type Library = Awaited<ReturnType<typeof loadSupport>>
type Match = (text: string) => unknown

/** What is read of Cucumber's library of step definitions; the rest of it is its own business. */
const librarySchema = z.looseObject({
  stepDefinitions: z.array(
    z.looseObject({ expression: z.custom<{ match: Match }>((value) => isMatcher(value)) }),
  ),
})

/** So many wordings of steps are remembered: of each, an entry for every step definition. */
const WORDINGS_KEPT = 1_000

/**
 * Lets every step definition of a library remember what it made of the words of a step. Cucumber matches each step with
 * all of them, when it checks the steps and again when it runs them, and most words of a long run stand in many of
 * its scenarios.
 */
export function rememberMatches(library: Library): Library {
  const { stepDefinitions } = librarySchema.parse(library)
  const remembered = remembering<unknown[]>(WORDINGS_KEPT)
  // All definitions are asked for the same words one after the other.
  let words: string | undefined
  let matches: unknown[] = []
  const matchesOf = (text: string): unknown[] => {
    if (text === words) return matches
    matches = remembered(text, () => [])
    words = text
    return matches
  }
  for (const [index, { expression }] of stepDefinitions.entries()) {
    const match = expression.match.bind(expression)
    expression.match = (text) => {
      const found = matchesOf(text)
      if (found[index] === undefined) found[index] = match(text)
      return found[index]
    }
  }
  return library
}

function isMatcher(value: unknown): boolean {
  return typeof Object(value).match === 'function'
}
