import type { Account } from './account.ts'
import type { Covered } from './coverage.ts'
import { few } from './few.ts'
import { catalogue } from './rules/catalogue.ts'
import { align } from './timeline-text.ts'
import type { Verdict } from './verdict.ts'

/** One line for each lifecycle and each family of rules: what was observed, broken, or neither. */
export function ruleLines(verdict: Verdict): string[] {
  const families = Map.groupBy(catalogue, ({ family }) => family)
  return align([...families].map(([family, own]) => ruleLine(family, own, verdict)))
}

function ruleLine(
  title: string,
  own: readonly { readonly id: string }[],
  { rules: judged }: Verdict,
): [string, string] {
  const having = (result: Verdict['rules'][number]['result']) =>
    own
      .map(({ id }) => id)
      .filter((id) => judged.some((rule) => rule.id === id && rule.result === result))
  const list = (what: string, ids: readonly string[]) =>
    ids.length === 0 ? '' : `; ${what}: ${few(ids)}`
  const observed = `${having('held').length} of ${own.length} rules observed`
  return [
    title,
    observed + list('broken', having('broken')) + list('not observed', having('not-verified')),
  ]
}

/** One line for each lifecycle: how much of it was observed, and what was not. */
export function coverageLines({ coverage }: Verdict): string[] {
  return align(
    coverage.map(({ lifecycle, states, transitions, pairs }) => {
      const share = ({ observed, of }: Covered, what: string) => `${observed} of ${of} ${what}`
      const shares = [
        share(states, 'states'),
        share(transitions, 'transitions'),
        share(pairs, 'transition pairs'),
      ]
      const missing = [states, transitions, pairs].flatMap((part) => part.missing)
      const not = missing.length === 0 ? '' : `; not observed: ${few(missing)}`
      return [lifecycle, shares.join(', ') + not]
    }),
  )
}

/** e.g. `query.shape  "array" (23 scenarios), "object" (1 scenario, first in a.feature:3 One)`. */
export function variantLines({ variants }: Verdict): string[] {
  return align(
    variants.map(({ setting, values }) => [
      setting,
      values
        .map(({ value, scenarios, first }) => {
          const where = `first in ${first.scenario}, exchange ${first.exchange}`
          const count = scenarios === 1 ? '1 scenario' : `${scenarios} scenarios`
          // What is the same everywhere needs no place.
          return `${JSON.stringify(value)} (${count}${values.length > 1 ? `, ${where}` : ''})`
        })
        .join(', '),
    ]),
  )
}

/** What became of the orders of the run, in one line. */
export function orderLine({ caps, leftWorking = [], dealt = {} }: Verdict): string[] {
  if (caps === undefined) return []
  const left =
    leftWorking.length === 0 ? 'none is left working' : `${leftWorking.length} may be working still`
  const amounts = Object.entries(dealt).map(([currency, amount]) => `${currency} ${amount}`)
  const net =
    amounts.length === 0 ? '' : `; filled, bought less sold, as dealt: ${amounts.join(', ')}`
  return [`Orders: ${caps.placed} of ${caps.maxOrders} allowed were placed; ${left}${net}`]
}

export function leftWorkingLines({ leftWorking = [] }: Verdict): string[] {
  return leftWorking.map(
    ({ orderId, coId, status, why, account }) =>
      `order ${orderId}${ofAccount(account)}, client id ${coId}, last seen ${status}: ${why}`,
  )
}

export function inDoubtLines({ inDoubt = [] }: Verdict): string[] {
  return inDoubt.map(({ coId, result }) => `client id ${coId}: ${result}`)
}

export function foreignTradeLines({ foreignTrades = [] }: Verdict): string[] {
  return foreignTrades.map(
    ({ tradeId, orderId, coId, account }) =>
      `trade ${tradeId}${ofAccount(account)} of order ${orderId}, client id ${coId}`,
  )
}

/** Whose something is, where a run traded as several users. */
function ofAccount(account: Account | undefined): string {
  return account === undefined ? '' : ` (${account.user} of ${account.org})`
}
