import { closest } from 'fastest-levenshtein'
import { z } from 'zod'
import { isWaivable, waivableRules } from './waivable-rules.ts'
import { type Waiver, waiverSchema } from './waiver.ts'

/** What is wrong in a waiver file: one sentence without its full stop, first the path of the mistake. */
export class WaiverError extends Error {
  override readonly name = 'WaiverError'
}

/**
 * Checks the content of a waiver file.
 *
 * @param given - A list of waivers, as JSON or YAML has it.
 * @throws {WaiverError} The first mistake, e.g. `[1].expires: expected a day of the calendar, …`.
 */
export function parseWaivers(given: unknown): readonly Waiver[] {
  if (!Array.isArray(given)) {
    throw new WaiverError(
      'it is no list of waivers, each with rule, owner, reason, granted, expires',
    )
  }
  const parsed = z.array(waiverSchema).safeParse(given)
  if (!parsed.success) throw new WaiverError(sentenceOf(parsed.error.issues[0], given))
  for (const [at, waiver] of parsed.data.entries()) refuseImpossible(at, waiver)
  return parsed.data
}

function refuseImpossible(at: number, { rule, granted, expires }: Waiver): void {
  if (!isWaivable(rule)) {
    throw new WaiverError(
      `[${at}].rule: there is no rule "${rule}"; did you mean "${closest(rule, waivableRules)}"?`,
    )
  }
  if (expires < granted) {
    throw new WaiverError(
      `[${at}].expires: ${expires} is before the day it was granted, ${granted}`,
    )
  }
}

const NAMES = Object.keys(waiverSchema.shape)

function sentenceOf(issue: z.core.$ZodIssue | undefined, given: readonly unknown[]): string {
  const path = issue?.path ?? []
  if (issue?.code === 'unrecognized_keys') {
    const [key = ''] = issue.keys
    return `${pathOf([...path, key])}: there is no such name; did you mean "${closest(key, NAMES)}"?`
  }
  const [at, name] = path
  const isMissing = name !== undefined && !Object.hasOwn(Object(given[Number(at)]), name)
  const why = isMissing ? 'it is missing' : issue?.message.replace(/\.$/, '')
  return `${pathOf(path)}: ${why}`
}

/** `[1].owner`. */
function pathOf(path: readonly PropertyKey[]): string {
  return path.map((each) => (typeof each === 'number' ? `[${each}]` : `.${String(each)}`)).join('')
}
