import { Big } from 'big.js'
import type { CapsKept, RunReport } from '../run-report.ts'

/**
 * What the parts of a run report, taken together.
 *
 * @param reports - In the order of the parts.
 * @param areInTurn - Whether each part began where the one before was broken off, and cleaned up after it:
 * then the last one says what broke the run off, and what is left working.
 */
export function mergedReport(reports: readonly RunReport[], areInTurn: boolean): RunReport {
  const said = areInTurn ? reports.slice(-1) : reports
  const listed = <K extends 'leftWorking' | 'inDoubt' | 'foreignTrades'>(
    name: K,
    from: readonly RunReport[],
  ) => {
    const lists = from.map((report) => report[name]).filter((list) => list !== undefined)
    return lists.length === 0 ? {} : { [name]: lists.flat() }
  }
  const account = reports.find((report) => report.account)?.account
  const accounts = reports.find((report) => report.accounts)?.accounts
  const caps = capsOf(reports.map((report) => report.caps).filter((each) => each !== undefined))
  const interrupted = said.find((report) => report.interrupted !== undefined)?.interrupted
  const dealt = reports.map((report) => report.dealt).filter((each) => each !== undefined)
  return {
    ...listed('leftWorking', said),
    ...listed('inDoubt', reports),
    ...listed('foreignTrades', reports),
    ...(account && { account }),
    ...(accounts && { accounts }),
    ...(dealt.length > 0 && { dealt: sumOf(dealt) }),
    ...(caps && { caps }),
    ...(interrupted !== undefined && { interrupted }),
  }
}

function capsOf(all: readonly CapsKept[]): CapsKept | undefined {
  const [first] = all
  return first && { ...first, placed: all.reduce((sum, { placed }) => sum + placed, 0) }
}

/** As decimals: binary fractions would drift. */
function sumOf(all: readonly Readonly<Record<string, number>>[]): Readonly<Record<string, number>> {
  const sums = new Map<string, Big>()
  for (const [currency, amount] of all.flatMap((each) => Object.entries(each))) {
    sums.set(currency, (sums.get(currency) ?? new Big(0)).plus(amount))
  }
  return Object.fromEntries([...sums].map(([currency, sum]) => [currency, sum.toNumber()]))
}
