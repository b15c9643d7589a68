import { countUnlikeFirst, type DriftReport } from '../../evidence/drift/drift-report.ts'
import { driftSum } from './drift-sum.ts'

/**
 * What two runs came to, for machines: `summary`, `differences` by id with every scenario that shows
 * them, `waivers`, and every scenario with when it was last validated. Field names are stable.
 */
export function driftJson(report: DriftReport, writtenAt: Date): string {
  const { simulation, endpoint, groups, waivers, compared, notCompared } = report
  const { unseen, ...summary } = driftSum(report)
  const whole = {
    writtenAt: writtenAt.toISOString(),
    ...{ simulation, endpoint, summary },
    differences: groups.map(({ id, rule, subject, occurrences, open, waivers: about }) => ({
      ...{ id, rule, subject },
      isWaived: open.length === 0,
      // Scenarios that show other statuses on the way, or a field more or less often, than the first.
      unlikeFirst: countUnlikeFirst(occurrences),
      waivers: about,
      scenarios: occurrences.map((each) => ({
        scenario: each.scenario,
        isWaived: !open.includes(each),
        simulation: each.simulation,
        endpoint: each.endpoint,
      })),
    })),
    waivers: waivers.map(({ waiver, state, about }) => ({
      ...waiver,
      state,
      differences: [...new Set(about.map(({ id }) => id))],
    })),
    unseen,
    scenarios: compared.map(({ differences, ...scenario }) => ({
      ...scenario,
      differences: differences.length,
    })),
    notCompared,
  }
  return `${JSON.stringify(whole, null, 2)}\n`
}
