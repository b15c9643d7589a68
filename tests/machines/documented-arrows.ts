/** One arrow: from a status, to a status, by its cause. */
export type Arrow = readonly [from: string, to: string, event: string]

/**
 * The fact sheet's table of transitions (4.1), copied by hand; CANCELED and the part dealt are from
 * its section 4.2. The causes are this project's own words for the arrows.
 */
export const documentedArrows: Readonly<Record<'PQ' | 'Limit', readonly Arrow[]>> = {
  PQ: [
    ['RECEIVED', 'NEW', 'desk.accepted'],
    ['RECEIVED', 'REJECTED', 'desk.rejected'],
    ['NEW', 'FILLED', 'market.dealtWhole'],
    ['NEW', 'REJECTED', 'desk.rejected'],
  ],
  Limit: [
    ['RECEIVED', 'NEW', 'desk.accepted'],
    ['RECEIVED', 'REJECTED', 'desk.rejected'],
    ['NEW', 'NEW', 'market.dealtPart'],
    ['NEW', 'FILLED', 'market.dealtWhole'],
    ['NEW', 'REJECTED', 'desk.rejected'],
    ['NEW', 'EXPIRED', 'timeInForce.ended'],
    ['NEW', 'CANCELED', 'cancel.confirmed'],
  ],
}

/** The final statuses of each diagram. */
export const documentedEnds: Readonly<Record<'PQ' | 'Limit', readonly string[]>> = {
  PQ: ['FILLED', 'REJECTED'],
  Limit: ['FILLED', 'REJECTED', 'EXPIRED', 'CANCELED'],
}

export const documentedStatuses: Readonly<Record<'PQ' | 'Limit', readonly string[]>> = {
  PQ: ['RECEIVED', 'NEW', ...documentedEnds.PQ],
  Limit: ['RECEIVED', 'NEW', ...documentedEnds.Limit],
}

/** Whether a poller that sees only some statuses may see these two after each other. */
export function mayFollow(name: 'PQ' | 'Limit', earlier: string, later: string): boolean {
  if (earlier === later) return true
  return documentedArrows[name].some(
    ([from, to]) => from === earlier && to !== earlier && mayFollow(name, to, later),
  )
}
