export interface Peak {
  /** Most orders that had not ended, at once. */
  readonly workingOrders: number
  /** Most requests that came within any one second. */
  readonly requestsPerSecond: number
  readonly concurrentRequests: number
  /** Most queries of one same order that were under way at once. */
  readonly concurrentQueriesPerOrder: number
}

/** Counts how hard the stand-in is used. */
export interface Measures {
  /** A request came; call the result when it is answered or given up. */
  request(): () => void
  /** A query of the order `orderId` came; call the result when it is answered or given up. */
  query(orderId: string): () => void
  working(orders: number): void
  peak(): Peak
}

const WINDOW_MS = 1_000

/** Counts what is under way by key, and remembers the most of one key. */
function createGauge() {
  const under = new Map<string, number>()
  let most = 0
  return {
    enter(key: string): () => void {
      const now = (under.get(key) ?? 0) + 1
      under.set(key, now)
      most = Math.max(most, now)
      return () => under.set(key, (under.get(key) ?? 1) - 1)
    },
    most: () => most,
  }
}

export function createMeasures(): Measures {
  const requests = createGauge()
  const queries = createGauge()
  let lately: number[] = []
  let requestsPerSecond = 0
  let workingOrders = 0
  return {
    request() {
      const now = performance.now()
      lately = [...lately.filter((at) => at > now - WINDOW_MS), now]
      requestsPerSecond = Math.max(requestsPerSecond, lately.length)
      return requests.enter('')
    },
    query: (orderId) => queries.enter(orderId),
    working(orders) {
      workingOrders = Math.max(workingOrders, orders)
    },
    peak: () => ({
      workingOrders,
      requestsPerSecond,
      concurrentRequests: requests.most(),
      concurrentQueriesPerOrder: queries.most(),
    }),
  }
}
