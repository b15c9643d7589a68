import type { Mark } from '../../api/contract/common.ts'
import type { ClientMatter } from './reading/client-matter.ts'

/** Where a rule comes from: the fact sheet, or this project, whose advice it is then. */
export interface ClientSource {
  /** Section of the fact sheet. */
  readonly section?: string
  readonly mark: Mark | 'own'
}

/** What the rules of the client are about, in the order in which reports list them. */
export const CLIENT_FAMILIES = [
  'Sessions',
  'Rates',
  'Placing',
  'Querying',
  'Trades',
  'HTTP',
] as const

/** One place where the client broke a rule. */
export interface ClientBreach {
  readonly detail: string
  /** Numbers, in order. */
  readonly exchanges: readonly number[]
  readonly user: string
  readonly orderId?: string
  readonly coId?: string
}

/** What one place says of a rule: why it cannot be judged there, or nothing where it does not apply. */
export type ClientSight =
  | 'held'
  | ClientBreach
  | { readonly unjudged: string; readonly isNeedless?: boolean }
  | undefined

/** What a journal says of a rule. */
export interface ClientJudgement {
  /** Whether it was seen to hold somewhere. */
  readonly held: boolean
  readonly breaches: readonly ClientBreach[]
  /** Why it could not be judged where it applied. */
  readonly why: string | undefined
  /** Whether it is about something that this client does not use. */
  readonly isNeedless: boolean
}

/** A rule of the client, judged on what came in at the server. */
export interface ClientRule {
  /** e.g. `client.poll-pace`; stable, scripts rely on it. */
  readonly id: string
  readonly family: (typeof CLIENT_FAMILIES)[number]
  /** What a client does, for its developer. */
  readonly sentence: string
  readonly source: ClientSource
  /**
   * `must`: no client goes live before it was seen to keep it. `should`: a finding where it is broken, but it
   * need not have been seen.
   */
  readonly weight: 'must' | 'should'
  /** What was not seen where the rule was nowhere put to the test. */
  readonly unseen: string
  /** What to do for it to be seen. */
  readonly toSee: string
  check(matter: ClientMatter): readonly ClientSight[]
}

export function judge(rule: ClientRule, matter: ClientMatter): ClientJudgement {
  const sights = rule.check(matter).filter((sight) => sight !== undefined)
  const breaches = sights.flatMap((sight) => (sight !== 'held' && 'detail' in sight ? [sight] : []))
  const unjudged = sights.flatMap((sight) =>
    sight !== 'held' && 'unjudged' in sight ? [sight] : [],
  )
  return {
    held: sights.includes('held'),
    breaches: merged(breaches),
    why: unjudged[0]?.unjudged,
    isNeedless: sights.length > 0 && sights.every(isNeedless),
  }
}

/** The same breach in many exchanges is told once, with all of them. */
function merged(breaches: readonly ClientBreach[]): readonly ClientBreach[] {
  const alike = Map.groupBy(breaches, ({ exchanges: _, ...about }) => JSON.stringify(about))
  return [...alike.values()].flatMap((all) => {
    const [first] = all
    const exchanges = [...new Set(all.flatMap((each) => each.exchanges))]
    return first ? [{ ...first, exchanges: exchanges.toSorted((one, other) => one - other) }] : []
  })
}

const isNeedless = (sight: ClientSight) =>
  typeof sight === 'object' && 'unjudged' in sight && sight.isNeedless === true

/** Why nothing is said of speed. */
export const NO_CLOCK =
  'not judged: the clock stood still, or was moved, and no time on the wall was taken'
