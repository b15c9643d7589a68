import type { OrderLeftWorking, RunReport } from '../evidence/run-report.ts'

/**
 * Why a run on an endpoint cannot be judged as a whole, by what it reports; the first is told.
 *
 * @param cut - What left scenarios out that could have run.
 */
export function problemsOf(
  { interrupted, leftWorking = [], inDoubt = [] }: RunReport,
  cut: readonly string[] = [],
): string[] {
  const unknown = inDoubt.filter(({ result }) => result === 'unknown')
  return [
    ...(interrupted === undefined ? [] : [String(interrupted)]),
    ...cut,
    ...(leftWorking.length === 0
      ? []
      : [`orders may be working still: ${leftWorking.map(nameOf).join(', ')}`]),
    ...(unknown.length === 0
      ? []
      : [
          `of some placings nobody knows what became: ${unknown.map(({ coId }) => coId).join(', ')}`,
        ]),
  ]
}

/** Of an order in doubt nobody knows the server's id. */
function nameOf({ orderId, coId }: OrderLeftWorking): string {
  return orderId === 'unknown' ? `client id ${coId}` : orderId
}
