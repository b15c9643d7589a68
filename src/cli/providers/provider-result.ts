import { type Standing, standingOf } from '../../evidence/matrix/standing.ts'
import type { VerdictFinding } from '../../evidence/verdict.ts'
import { type Applied, applyWaivers } from '../../evidence/waivers/apply-waivers.ts'
import type { ExitCode } from '../exit-code.ts'
import type { IntactRun } from '../record/read-intact-run.ts'
import type { ChildEnd } from './child-run.ts'
import { type Expectation, expectationsOf } from './expectations.ts'
import type { PlannedRun } from './planned-run.ts'
import { inFields } from './provider-variables.ts'

/** What one provider's run came to. */
export interface ProviderResult {
  readonly planned: PlannedRun
  /** As readers are to be told where it wrote. */
  readonly dir: string
  readonly code: ExitCode
  readonly standing: Standing
  /** Absent where it left nothing that can be read. */
  readonly read?: IntactRun
  readonly expectations: readonly Expectation[]
  readonly waivers: readonly Applied<VerdictFinding>[]
  /** The findings that no waiver in force is about. */
  readonly open: readonly VerdictFinding[]
}

/** How a run ended, and what it left. */
export interface Ended {
  readonly end: ChildEnd | undefined
  readonly read?: IntactRun
  /** Why nothing could be read, or why it was not begun. */
  readonly why?: string
}

/** @param day - On which waivers must count: `YYYY-MM-DD`, in UTC. */
export function providerResult(
  planned: PlannedRun,
  dir: string,
  ended: Ended,
  day: string,
): ProviderResult {
  const { read } = ended
  const findings = read?.record.verdict.findings ?? []
  const { applied, open } = applyWaivers(findings, planned.waivers, { target: 'uat', day })
  const expectations = expectationsOf(planned.capabilities, read?.record)
  const standing = standingWith(ended, expectations, findings.length - open.length)
  return {
    ...{ planned, dir, standing, expectations, open, waivers: applied },
    ...(read && { read }),
    code: codeOf(standing),
  }
}

/** Nothing is held unless the process and what it wrote down say so alike. */
function standingWith(
  { end, read, why }: Ended,
  expectations: readonly Expectation[],
  waived: number,
): Standing {
  if (read === undefined) return notJudged(why ?? reasonOf(end))
  const { word, sentence } = standingOf(read.record)
  const missed = missedOf(expectations)
  if (word === 'held') {
    if (end?.code !== 0) return notJudged(reasonOf(end))
    return missed === '' ? { word, sentence } : notJudged(missed)
  }
  const more = [...(waived === 0 ? [] : [`${waived} of them waived`]), ...(missed ? [missed] : [])]
  return {
    word,
    sentence: [inFields(sentence), ...more.map((each) => `${capital(each)}.`)].join(' '),
  }
}

/** What the run does not show, or shows, against what was expected; empty where nothing. */
function missedOf(expectations: readonly Expectation[]): string {
  const named = (result: Expectation['result']) =>
    expectations.filter((each) => each.result === result).map(({ capability }) => capability)
  const [unseen, contradicted] = [named('not seen'), named('contradicted')]
  return [
    ...(unseen.length === 0 ? [] : [`promised, and not seen: ${unseen.join(', ')}`]),
    ...(contradicted.length === 0 ? [] : [`not expected, and seen: ${contradicted.join(', ')}`]),
  ].join('; ')
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function codeOf({ word }: Standing): ExitCode {
  if (word === 'held') return 0
  return word === 'not judged' ? 2 : 1
}

/** The run told of its variables; the reader has the fields of a file. */
function notJudged(why: string): Standing {
  return { word: 'not judged', sentence: `${inFields(why).replace(/\.$/, '')}.` }
}

/** Why a process that left nothing ended: its own last word, where it had one. */
function reasonOf(end: ChildEnd | undefined): string {
  if (end === undefined) return 'it was not begun'
  if (end.broke !== undefined) return end.broke
  const said = end.lastWord.replace(/^It could not be judged: /, '')
  return said === '' ? `it ended with exit code ${end.code} and said nothing` : said
}
