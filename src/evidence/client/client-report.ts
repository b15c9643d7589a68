import { z } from 'zod'
import { titleOf } from '../exchange.ts'
import { type ClientBounds, clientBoundsSchema } from './client-bounds.ts'
import { CLIENT_FAMILIES, type ClientRule, judge } from './client-rule.ts'
import { clientRules } from './client-rules.ts'
import { type ClientMatter, clientMatterOf } from './reading/client-matter.ts'
import type { ClientFacts, WatchedExchange } from './watched-exchange.ts'

/** Most exchanges that a finding names: a loop may have run for hours. */
const MOST_NAMED = 20

const weightSchema = z.enum(['must', 'should'])

const ruleSchema = z
  .object({
    id: z.string().meta({ example: 'client.poll-pace' }),
    family: z.enum(CLIENT_FAMILIES),
    sentence: z.string().meta({ description: 'what a client does' }),
    source: z.object({
      section: z.string().optional().meta({ description: 'section of the fact sheet' }),
      mark: z
        .enum(['seed', 'reference', 'inferred', 'unseen', 'own'])
        .meta({ description: 'how sure it is; own: advice of this project' }),
    }),
    weight: weightSchema.meta({
      description: 'must: has to be seen kept for the certificate; should: only must not be broken',
    }),
    result: z.enum(['held', 'broken', 'not verified', 'not applicable']),
    why: z.string().optional().meta({ description: 'why it was not verified' }),
    toSee: z.string().optional().meta({ description: 'what to do for it to be verified' }),
  })
  .readonly()

const clientFindingSchema = z
  .object({
    rule: z.string(),
    weight: weightSchema,
    detail: z.string().meta({ description: 'what was seen, with its figures' }),
    exchanges: z
      .array(z.int().positive())
      .readonly()
      .meta({ description: `numbers of the exchanges that show it, the first ${MOST_NAMED}` }),
    user: z.string().meta({ description: 'who asked; empty where nobody can tell' }),
    orderId: z.string().optional(),
    coId: z.string().optional(),
  })
  .readonly()
export type ClientFinding = z.infer<typeof clientFindingSchema>

/** How a client behaved, as the server saw it. Field names are stable. */
export const clientReportSchema = z
  .object({
    /**
     * `not certified`: there is a finding. `certified`: there is none, every *must* was seen to hold, and
     * nothing has been dropped from the journal. Else `incomplete`.
     */
    verdict: z.enum(['certified', 'not certified', 'incomplete']),
    exchanges: z.int().nonnegative().meta({ description: 'exchanges that were judged' }),
    evicted: z.int().nonnegative().meta({ description: 'exchanges that are no longer kept' }),
    users: z.array(z.string()).readonly(),
    findings: z.array(clientFindingSchema).readonly(),
    rules: z.array(ruleSchema).readonly(),
    staged: z
      .array(
        z
          .object({
            exchange: z.int().nonnegative().meta({ description: 'it was staged on, or before' }),
            what: z.string(),
          })
          .readonly(),
      )
      .readonly()
      .meta({ description: 'what was staged: the client is not blamed for it' }),
    bounds: clientBoundsSchema,
  })
  .readonly()
  .meta({ id: 'ClientReport' })
export type ClientReport = z.infer<typeof clientReportSchema>

/**
 * Judges how the clients of one organisation behaved. Ask when they are done: an order that is still followed,
 * or a trade that is yet to be downloaded, counts as left behind.
 *
 * @param exchanges - In the order of arrival, numbered upwards; redacted, with their bodies whole.
 * @param bounds - Bounds that differ from the defaults.
 */
export function clientReport(
  exchanges: readonly WatchedExchange[],
  facts: ClientFacts,
  bounds: Partial<ClientBounds> = {},
): ClientReport {
  const matter = clientMatterOf(exchanges, facts, bounds)
  const judged = clientRules.map((rule) => judgedRule(rule, matter))
  const rules = judged.map(({ rule }) => rule)
  const findings = judged.flatMap((each) => each.findings)
  const evicted = facts.evicted ?? 0
  const isSeen = rules.every(
    ({ weight, result }) => weight === 'should' || result === 'held' || result === 'not applicable',
  )
  const isComplete = isSeen && evicted === 0
  return {
    verdict: findings.length > 0 ? 'not certified' : isComplete ? 'certified' : 'incomplete',
    exchanges: matter.calls.length,
    evicted,
    users: [...new Set(matter.calls.map(({ user }) => user))].filter((user) => user !== ''),
    ...{ findings, rules, staged: stagedIn(matter), bounds: matter.bounds },
  }
}

function judgedRule(rule: ClientRule, matter: ClientMatter) {
  const { id, family, sentence, source, weight, unseen, toSee } = rule
  const { held, breaches, why, isNeedless } = judge(rule, matter)
  const entry = { id, family, sentence, source, weight }
  const findings = breaches.map(
    ({ detail, exchanges, ...about }): ClientFinding => ({
      ...{ rule: id, weight, detail, exchanges: exchanges.slice(0, MOST_NAMED) },
      ...about,
    }),
  )
  if (findings.length > 0) return { rule: { ...entry, result: 'broken' as const }, findings }
  if (held) return { rule: { ...entry, result: 'held' as const }, findings }
  if (isNeedless) return { rule: { ...entry, result: 'not applicable' as const, why }, findings }
  return {
    rule: { ...entry, result: 'not verified' as const, why: why ?? unseen, toSee },
    findings,
  }
}

function stagedIn({ calls, facts }: ClientMatter): ClientReport['staged'] {
  const faults = calls.flatMap(({ exchange }) =>
    exchange.fault === undefined
      ? []
      : [{ exchange: exchange.number, what: `${exchange.fault} on ${titleOf(exchange)}` }],
  )
  const actions = (facts.staged ?? []).map(({ before, what }) => ({ exchange: before, what }))
  return [...faults, ...actions].toSorted((one, other) => one.exchange - other.exchange)
}
