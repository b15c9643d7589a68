import type { Account } from './account.ts'

/** An order that could not be brought to an end. */
export interface OrderLeftWorking {
  readonly orderId: string
  readonly coId: string
  /** The last status seen. */
  readonly status: string
  readonly why: string
  /** Whose it is, where the run traded as several users. */
  readonly account?: Account
}

/** A placing without an answer, and what looking for its order came to, e.g. `unknown`. */
export interface OrderInDoubt {
  readonly coId: string
  readonly result: string
}

/** A trade of somebody else that a download of this run consumed. */
export interface ForeignTrade {
  readonly tradeId: string
  readonly orderId: string
  readonly coId: string
  /** Whose download consumed it, where the run traded as several users. */
  readonly account?: Account
}

/** The limits that a run kept, and how many orders it placed under them. */
export interface CapsKept {
  /** Size of one order, in units of the base currency. */
  readonly maxSize: number
  readonly maxOrders: number
  readonly maxOpenOrders: number
  readonly maxRequestsPerSecond: number
  readonly placed: number
}

/** What a run on an endpoint reports besides its scenarios; absent where there is nothing to say. */
export interface RunReport {
  readonly leftWorking?: readonly OrderLeftWorking[]
  readonly inDoubt?: readonly OrderInDoubt[]
  readonly foreignTrades?: readonly ForeignTrade[]
  /** As whom the run traded. */
  readonly account?: Account | undefined
  /** The same where it traded as several users, the first one included; absent where it did not. */
  readonly accounts?: readonly Account[] | undefined
  /** What its FILLED orders bought less what they sold, by dealt currency. */
  readonly dealt?: Readonly<Record<string, number>>
  readonly caps?: CapsKept
  /** What broke the run off, e.g. a signal. */
  readonly interrupted?: string | Readonly<Record<string, unknown>>
}

/** The report alone, in the order of its fields; which scenario traded as whom, it does not know. */
export function runReportOf(run: RunReport): Omit<RunReport, 'accounts'> {
  const { leftWorking, inDoubt, foreignTrades, account, dealt, caps, interrupted } = run
  return {
    ...(leftWorking && { leftWorking }),
    ...(inDoubt && { inDoubt }),
    ...(foreignTrades && { foreignTrades }),
    ...(account && { account }),
    ...(dealt && { dealt }),
    ...(caps && { caps }),
    ...(interrupted !== undefined && { interrupted }),
  }
}
