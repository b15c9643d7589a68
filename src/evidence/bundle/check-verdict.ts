import { isDeepStrictEqual } from 'node:util'
import type { RunFacts } from '../record/run-facts.ts'
import { verdictOf } from '../verdict-tally.ts'
import { BUNDLE_FILES } from './bundle-files.ts'
import type { Flaw } from './flaw.ts'
import { jsonIn } from './json-in.ts'
import type { ReadScenarios } from './read-scenarios.ts'

/** What a verdict says that does not follow from the scenarios. */
export function verdictFlaws(
  text: string,
  run: RunFacts,
  { scenarios, run: end }: ReadScenarios,
): readonly Flaw[] {
  const file = BUNDLE_FILES.verdict
  const verdict = jsonIn(text)
  if (verdict === undefined) return [{ kind: 'altered', file, detail: 'it is not JSON' }]
  const follows = jsonIn(
    JSON.stringify({
      ...verdictOf(
        { ...run, ...end?.report },
        scenarios.map(({ scenario }) => scenario),
        end?.own,
      ),
      ...(end?.notJudged !== undefined && { notJudged: end.notJudged }),
    }),
  )
  const names = new Set([...Object.keys(Object(verdict)), ...Object.keys(Object(follows))])
  return [...names]
    .filter((name) => !isDeepStrictEqual(Object(verdict)[name], Object(follows)[name]))
    .map((name) => ({
      kind: 'altered',
      file,
      detail: `its "${name}" does not follow from the records of ${BUNDLE_FILES.scenarios}`,
    }))
}
