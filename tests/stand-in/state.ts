import { type Behaviour, change, defaultBehaviour } from './behaviour.ts'
import type { Quote } from './market.ts'
import { createMeasures, type Measures } from './measures.ts'
import type { Order } from './orders.ts'
import type { Credentials } from './permitted.ts'
import type { Session } from './sessions.ts'
import type { Trade } from './trades.ts'

/** An API request as it came, unfiltered: the tests look for secrets elsewhere, not here. */
export interface LoggedRequest {
  /** Epoch milliseconds. */
  readonly at: number
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  body: string
  /** `user@org` of whoever asked, as far as it shows. */
  user: string | null
  coId: string | null
  /** HTTP status of the answer; null while, or if never, answered. */
  status: number | null
}

/** Everything the stand-in knows. Behaviour may change while it runs, so ask it anew each time. */
export interface State {
  readonly flags: Behaviour
  readonly orders: Order[]
  readonly sessions: Session[]
  readonly quotes: Map<string, Quote>
  readonly trades: Trade[]
  readonly requests: LoggedRequest[]
  readonly measures: Measures
  /** How often a thing has happened since the behaviour last changed, by its name. */
  readonly counts: Map<string, number>
  /** The same for each further organisation; what they are asked is logged with the first. */
  readonly further: readonly State[]
  /** How far each market has moved, in tenths of a pip, and in how many steps. */
  readonly walks: Map<string, { readonly moved: number; readonly steps: number }>
}

export function createState(behaviour: unknown): State {
  const flags = defaultBehaviour()
  change(flags, behaviour)
  return { ...emptyState(flags), further: flags.further.map((each) => furtherState(flags, each)) }
}

/** Behaves as the first does, also where that changes while it runs, but for who its user is, and what it signs with. */
function furtherState(flags: Behaviour, credentials: Credentials): State {
  const { hmacSecret: secret } = credentials
  const own = {
    credentials: { value: credentials },
    ...(secret !== undefined && {
      hmac: { get: () => flags.hmac && { ...flags.hmac, secret } },
    }),
  }
  return emptyState(Object.create(flags, own))
}

function emptyState(flags: Behaviour): State {
  return {
    flags,
    further: [],
    orders: [],
    sessions: [],
    quotes: new Map(),
    trades: [],
    requests: [],
    measures: createMeasures(),
    counts: new Map(),
    walks: new Map(),
  }
}

/** Counts one more of `what` and says the how many-th it is, from 1. */
export function nth(state: State, what: string): number {
  const count = (state.counts.get(what) ?? 0) + 1
  state.counts.set(what, count)
  return count
}

/** Whether `what` may happen again, having happened less than `most` times; counts it if so. */
export function upTo(state: State, what: string, most: number): boolean {
  if ((state.counts.get(what) ?? 0) >= most) return false
  nth(state, what)
  return true
}

/** Changes the behaviour of a running stand-in; counts of the so many-th begin afresh. */
export function changeBehaviour(state: State, changes: unknown): void {
  change(state.flags, changes)
  state.counts.clear()
}
