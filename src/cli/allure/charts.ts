import { ChartType } from '@allurereport/charts-api'

/** What a page draws: how it stands, how that has changed from run to run, and where the problems are. */
export function chartsOf(environments: number) {
  return [
    { type: ChartType.CurrentStatus as const, title: 'This run' },
    { type: ChartType.StatusDynamics as const, title: 'From run to run', limit: 20 },
    {
      type: ChartType.StatusTransitions as const,
      title: 'What changed from run to run',
      limit: 20,
    },
    ...(environments > 1
      ? [
          {
            type: ChartType.ProblemsDistribution as const,
            by: 'environment' as const,
            title: 'Problems by target',
          },
        ]
      : []),
  ]
}
