import type { Answer } from '../../api/client/answer.ts'
import { isErrorObject } from '../../api/client/error-object.ts'
import { type LooseOrder, looseOrders } from '../../api/client/loose-orders.ts'
import { canonicalStatus } from '../../api/contract/canonical-status.ts'
import { lifecycles } from '../../machines/lifecycle.ts'
import type { Journal, JournalAccount, OpenEntry } from './journal.ts'

/** Where an order of ours stands, as far as we know. */
export type Standing =
  /** Sent; no answer yet, or none came: it may be working. */
  | 'in doubt'
  | 'working'
  | 'ended'
  /** Refused, or never found: there is no such order. */
  | 'absent'

/** One order that this run, or one before it, sent. */
export interface LedgerEntry {
  readonly order: number
  /** Key of the scenario that placed it. */
  readonly scenario: string
  /** The number of the login that it was placed with: only that one can cancel it. */
  readonly login: number
  readonly coId?: string
  readonly sent: Readonly<Record<string, unknown>>
  orderId?: string
  standing: Standing
  /** The last status seen; empty before any. */
  status: string
  /** Since when it is known to have ended, or not to be there, in epoch milliseconds; absent before. */
  overAt?: number
  /** Whether its placing is on its way: nobody can say by then that there is no such order. */
  isOnItsWay?: boolean
}

/** Who places an order: a scenario, with the login it has. */
interface Placer {
  readonly key: string
  readonly login: { readonly number: number }
}

/** The fields that tell an order without a client id from others. */
const TELLING = [
  'coId',
  'type',
  'timeInForce',
  'side',
  'symbol',
  'currency',
  'size',
  'price',
] as const

const finals: ReadonlySet<string> = new Set(
  lifecycles.flatMap((lifecycle) => lifecycle.statuses.filter((each) => lifecycle.isFinal(each))),
)

/** Whether an order in this status can no longer change. */
function isFinalStatus(status: string): boolean {
  return finals.has(status)
}

/** Every order of a run, from before it is sent until it is known to have ended. */
export class OrderLedger {
  readonly #journal: Journal
  readonly #entries: LedgerEntry[] = []
  readonly #found: number
  readonly #accounts: readonly JournalAccount[]
  readonly #now: () => number
  #last: number

  /**
   * @param found - What an earlier run left in the journal.
   * @param accounts - Of the run's logins, by their numbers. Without any, there is one login.
   * @param now - Epoch milliseconds by the run's clock. Default: this machine's.
   */
  constructor(
    journal: Journal,
    found: readonly OpenEntry[],
    last: number,
    accounts: readonly JournalAccount[] = [],
    now: () => number = Date.now,
  ) {
    this.#journal = journal
    this.#accounts = accounts
    this.#now = now
    this.#last = last
    this.#found = found.length
    for (const entry of found) {
      const { order, scenario, sent, orderId, coId, owner } = entry
      this.#entries.push({
        ...{ order, scenario, sent, login: this.#loginOf(owner) },
        ...(coId !== undefined && { coId }),
        ...(orderId !== undefined && { orderId }),
        standing: orderId === undefined ? 'in doubt' : 'working',
        status: '',
      })
    }
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries
  }

  /** How many this run has placed, those of an earlier one left out. */
  get placed(): number {
    return this.#entries.length - this.#found
  }

  /** Those that may be working, of one scenario or of all. */
  open(scenario?: string): readonly LedgerEntry[] {
    return this.#entries.filter(
      (entry) =>
        (entry.standing === 'working' || entry.standing === 'in doubt') &&
        (scenario === undefined || entry.scenario === scenario),
    )
  }

  /** Writes an order down that is about to be sent. */
  placing({ key, login }: Placer, body: unknown): LedgerEntry {
    const fields = new Map(Object.entries(Object(body) as Record<string, unknown>))
    const coId = fields.get('coId')
    this.#last += 1
    const entry: LedgerEntry = {
      order: this.#last,
      scenario: key,
      login: login.number,
      ...(typeof coId === 'string' && coId !== '' && { coId }),
      sent: Object.fromEntries(TELLING.flatMap((name) => pick(fields, name))),
      standing: 'in doubt',
      status: '',
    }
    this.#write(entry)
    this.#entries.push(entry)
    return entry
  }

  /** Notes the answer to a placing. Without an error object a server error leaves it in doubt. */
  answered(entry: LedgerEntry, answer: Answer<unknown>): void {
    if (answer.operation !== 'placeOrder') {
      // What was answered is the login that the placing needed.
      this.end(entry, 'absent', 'not sent')
    } else if (answer.kind === 'refusal') {
      if (answer.httpStatus < 500 || isErrorObject(answer.raw)) this.end(entry, 'absent', 'refused')
    } else if (answer.kind === 'success') {
      this.see(entry, answer.value as LooseOrder)
    } else {
      const [order] = looseOrders(answer.raw)
      if (order) this.see(entry, order)
    }
  }

  /** Notes an order that an answer to a login reported, if it is one of ours. */
  observe(order: LooseOrder, login: number): void {
    const entry = this.find(order, login)
    if (entry) this.see(entry, order)
  }

  /** An order of a login. Those of another may bear the same id: it need be unique for one only. */
  find(
    { orderId, coId }: Pick<LooseOrder, 'orderId' | 'coId'>,
    login: number,
  ): LedgerEntry | undefined {
    const own = this.#entries.filter((entry) => entry.login === login)
    return (
      own.findLast((entry) => entry.orderId === orderId) ??
      own.findLast((entry) => entry.orderId === undefined && entry.coId === coId)
    )
  }

  /** An order of whichever login, by its client id, which no two orders of a run have in common. */
  findAnywhere({ orderId, coId }: Pick<LooseOrder, 'orderId' | 'coId'>): LedgerEntry | undefined {
    if (coId === undefined || coId === '') return undefined
    return this.#entries.findLast(
      (entry) => entry.coId === coId && (entry.orderId ?? orderId) === orderId,
    )
  }

  see(entry: LedgerEntry, { orderId, status }: Pick<LooseOrder, 'orderId' | 'status'>): void {
    if (entry.orderId === undefined) {
      entry.orderId = orderId
      this.#journal.write({ kind: 'placed', order: entry.order, orderId })
    }
    entry.status = canonicalStatus({ status })
    if (isFinalStatus(entry.status)) this.end(entry, 'ended', status)
    else this.#goesOn(entry)
  }

  /** Also an order that was said to have ended: whatever the rules say, it may be working. */
  #goesOn(entry: LedgerEntry): void {
    const wasOver = entry.standing === 'ended' || entry.standing === 'absent'
    entry.standing = 'working'
    if (!wasOver || entry.orderId === undefined) return
    this.#write(entry)
    this.#journal.write({ kind: 'placed', order: entry.order, orderId: entry.orderId })
  }

  #write({ order, scenario, sent, coId, login }: LedgerEntry): void {
    const at = new Date().toISOString()
    const account = this.#accounts.length > 1 ? this.#accounts[login - 1] : undefined
    this.#journal.write({
      ...{ kind: 'placing', order, at, scenario, sent },
      ...(coId !== undefined && { coId }),
      ...(account && { account }),
    })
  }

  /** Whose an order of an earlier run is; a run begins only where each is some login's. */
  #loginOf(owner: JournalAccount | undefined): number {
    const at = this.#accounts.findIndex(
      ({ user, org }) => user === owner?.user && org === owner.org,
    )
    return Math.max(0, at) + 1
  }

  end(entry: LedgerEntry, standing: 'ended' | 'absent', how: string): void {
    const isNews = entry.standing !== standing
    entry.standing = standing
    if (!isNews) return
    entry.overAt = this.#now()
    this.#journal.write({ kind: 'ended', order: entry.order, how })
  }
}

function pick(fields: ReadonlyMap<string, unknown>, name: string): [string, unknown][] {
  return fields.has(name) ? [[name, fields.get(name)]] : []
}
