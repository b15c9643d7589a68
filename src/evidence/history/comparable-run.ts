import { isSimulated } from '../simulated.ts'
import type { History } from './history-file.ts'
import type { HistoryLine } from './history-line.ts'
import { resultsOf } from './past-results.ts'

/**
 * The run to compare one with: the last on the same target that was made with the same selection, else
 * the last of all scenarios, else any. Only where the base URL is the same; the port of a simulation is
 * a new one every time, and says nothing.
 *
 * @returns Nothing where no earlier run has a scenario in common.
 */
export function comparableRun({ runs }: History, current: HistoryLine): HistoryLine | undefined {
  const own = resultsOf(current)
  const selection = JSON.stringify(current.selection)
  const isSamePlace = (run: HistoryLine) =>
    run.run !== current.run &&
    run.target === current.target &&
    (isSimulated(run.target) || run.baseUrl === current.baseUrl)
  const last = (isChosen: (run: HistoryLine) => boolean) =>
    runs.findLast(
      (run) =>
        isSamePlace(run) && isChosen(run) && [...resultsOf(run).keys()].some((key) => own.has(key)),
    )
  return (
    last((run) => JSON.stringify(run.selection) === selection) ??
    last((run) => run.selection.length === 0) ??
    last(() => true)
  )
}
