import type { Verdict } from '../verdict.ts'
import type { HistoryLine, PastFinding } from './history-line.ts'
import { keyOf, type PastPlace, type PastResult, placeOf, resultsOf } from './past-results.ts'

/** What is otherwise than in an earlier run, as far as both ran the same scenarios. */
export interface Changes {
  readonly since: HistoryLine
  /** How many scenarios both ran, and how many only one of them did. */
  readonly common: number
  readonly others: number
  /** What else was not the same, e.g. `another seed`. */
  readonly circumstances: readonly string[]
  /** Ids of rules. */
  readonly broken: readonly string[]
  readonly held: readonly string[]
  /** Held or broken then, without a chance to be checked now. */
  readonly unverified: readonly string[]
  readonly findings: { readonly new: readonly PastFinding[]; readonly gone: readonly PastFinding[] }
  readonly scenarios: {
    readonly failing: readonly PastPlace[]
    readonly passing: readonly PastPlace[]
    readonly unverified: readonly PastPlace[]
  }
}

/**
 * Compares a run with an earlier one, on what both ran.
 *
 * @param rules - Of the verdict on the current run. The history does not say which scenario showed that a
 * rule held, so that a rule which was held then counts as unverified only where all that ran then ran again.
 */
export function changesSince(
  earlier: HistoryLine,
  current: HistoryLine,
  rules: Verdict['rules'],
): Changes {
  const [then, now] = [resultsOf(earlier), resultsOf(current)]
  const common = [...now.keys()].filter((key) => then.has(key))
  const both = new Set(common)
  const allOfThen = common.length === then.size
  const allOfNow = common.length === now.size
  // What the run itself shows, it shows of all its scenarios together.
  const comparable = (findings: readonly PastFinding[], isWhole: boolean) =>
    findings.filter((each) => (each.uri === '' ? isWhole : both.has(keyOf(each))))
  const findingsThen = comparable(earlier.findings, allOfThen)
  const findingsNow = comparable(current.findings, allOfNow)
  const turned = (result: PastResult['result']) =>
    common
      .flatMap((key) => now.get(key) ?? [])
      .filter((each) => each.result === result && then.get(keyOf(each))?.result !== result)
      .map(({ uri, name }) => ({ uri, name }))
  return {
    since: earlier,
    common: common.length,
    others: then.size + now.size - 2 * common.length,
    circumstances: circumstancesOf(earlier, current),
    broken: without(rulesOf(findingsNow), earlier.rules.broken),
    held: heldNow(rules, both, allOfNow).filter(
      (id) => earlier.rules['not-verified'].includes(id) || rulesOf(findingsThen).includes(id),
    ),
    unverified: allOfThen
      ? without(current.rules['not-verified'], earlier.rules['not-verified'])
      : [],
    findings: {
      new: missingIn(findingsThen, findingsNow),
      gone: missingIn(findingsNow, findingsThen),
    },
    scenarios: {
      failing: turned('failed'),
      passing: turned('passed'),
      unverified: turned('notVerified'),
    },
  }
}

/** Whether anything is otherwise. */
export function isUnchanged({ broken, held, unverified, findings, scenarios }: Changes): boolean {
  const lists = [broken, held, unverified, ...Object.values(findings), ...Object.values(scenarios)]
  return lists.every((list) => list.length === 0)
}

/** The rules that hold, and were seen to in a scenario that both ran. */
function heldNow(rules: Verdict['rules'], both: ReadonlySet<string>, isAll: boolean): string[] {
  return rules
    .filter(({ result }) => result === 'held')
    .filter(({ scenarios }) => isAll || scenarios.some((label) => both.has(keyOf(placeOf(label)))))
    .map(({ id }) => id)
}

function circumstancesOf(earlier: HistoryLine, current: HistoryLine): string[] {
  const differs = (fact: 'seed' | 'settings' | 'org' | 'software') =>
    JSON.stringify(earlier[fact]) !== JSON.stringify(current[fact])
  return [
    ...(differs('seed') ? ['another seed'] : []),
    ...(differs('settings') ? ['other settings'] : []),
    ...(differs('org') ? ['another organisation'] : []),
    ...(differs('software') ? ['another version of the harness'] : []),
  ]
}

function rulesOf(findings: readonly PastFinding[]): string[] {
  return [...new Set(findings.map(({ rule }) => rule))]
}

function without(ids: readonly string[], others: readonly string[]): string[] {
  return ids.filter((id) => !others.includes(id))
}

function missingIn(findings: readonly PastFinding[], others: readonly PastFinding[]) {
  const known = new Set(findings.map((each) => JSON.stringify(each)))
  return others.filter((each) => !known.has(JSON.stringify(each)))
}
