import type { DriftReport } from '../../evidence/drift/drift-report.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'

/** What the two sides are called: by their targets, and apart where both have the same. */
export function namesOf({
  simulation,
  endpoint,
}: Pick<DriftReport, 'simulation' | 'endpoint'>): Readonly<
  Record<'simulation' | 'endpoint', string>
> {
  if (simulation.target !== endpoint.target) {
    return { simulation: simulation.target, endpoint: endpoint.target }
  }
  const { target } = simulation
  return { simulation: `${target} (first)`, endpoint: `${target} (second)` }
}

/** e.g. `uat, run uat-20261126T081502Z-9f3c1a, 2026-11-26T08:15:02Z, seed 1, settings {…}`. */
export function runLine(
  name: string,
  { id, startedAt, baseUrl, seed, settings }: RunFacts,
): string {
  return [
    name,
    `run ${id}`,
    ...(baseUrl === undefined ? [] : [baseUrl]),
    startedAt,
    `seed ${seed}`,
    ...(Object.keys(settings).length > 0 ? [`settings ${JSON.stringify(settings)}`] : []),
  ].join(', ')
}
