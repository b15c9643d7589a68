import { few } from '../few.ts'
import { align } from '../timeline-text.ts'
import { type Changes, isUnchanged } from './changes.ts'
import type { PastFinding } from './history-line.ts'
import type { PastPlace } from './past-results.ts'

/** Most lines of one kind; the verdict has them all. */
const MOST = 5

/**
 * What changed since an earlier run, for people: `Since the last run (…): no change`, or that heading and a
 * line for each change.
 */
export function changesText(changes: Changes): string[] {
  const { broken, held, unverified, findings, scenarios } = changes
  const heading = `Since the last run (${factsOf(changes)})`
  if (isUnchanged(changes)) return [`${heading}: no change`]
  const rules = [
    ['newly broken', broken],
    ['newly held', held],
    ['newly unverified', unverified],
  ] as const
  return [
    heading,
    ...align(
      rules.flatMap(([what, ids]): [string, string][] =>
        ids.length === 0 ? [] : [[`  ${what}`, few(ids)]],
      ),
    ),
    ...listed('new findings', findings.new.map(findingText)),
    ...listed('findings gone', findings.gone.map(findingText)),
    ...listed('scenarios newly failing', scenarios.failing.map(placeText)),
    ...listed('scenarios newly passing', scenarios.passing.map(placeText)),
    ...listed('scenarios newly unverified', scenarios.unverified.map(placeText)),
  ]
}

function factsOf({ since, common, others, circumstances }: Changes): string {
  const at = since.startedAt.replace(/^(.{10})T(.{5}).*$/, '$1 $2 UTC')
  const scope = others === 0 ? [] : [`on the ${countOf(common)} that both ran`]
  return [`${since.run}, ${at}`, ...scope, ...circumstances].join('; ')
}

function countOf(count: number): string {
  return count === 1 ? 'one scenario' : `${count} scenarios`
}

function listed(what: string, all: readonly string[]): string[] {
  if (all.length === 0) return []
  const shown = all.slice(0, MOST).map((each) => `    ${each}`)
  const more = all.length - shown.length
  return [`  ${what}`, ...shown, ...(more === 0 ? [] : [`    … and ${more} more`])]
}

function findingText({ code, ...place }: PastFinding): string {
  return `${code} in ${placeText(place)}`
}

function placeText({ uri, name }: PastPlace): string {
  return uri === '' ? name : `${uri} ${name}`
}
