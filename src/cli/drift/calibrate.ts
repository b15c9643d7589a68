import { dirname, join } from 'node:path'
import { calibrationOf } from '../../evidence/drift/calibration/calibration.ts'
import type { DriftReport } from '../../evidence/drift/drift-report.ts'
import type { RunRecord } from '../../evidence/record/run-record.ts'
import { writeAtomically } from '../write-atomically.ts'
import { type CheckedCalibration, checkedCalibration } from './checked-calibration.ts'

export interface CalibrateFacts {
  readonly simulation: RunRecord
  readonly endpoint: RunRecord
  readonly report: DriftReport
  /** Where the settings go; what they rest on goes beside them. */
  readonly file: string
  readonly writtenAt: Date
}

/** What was proposed, and where it was written. */
export interface Calibrated {
  readonly calibration: CheckedCalibration
  readonly files: readonly string[]
}

/**
 * Proposes settings of the exchange that make the simulation behave as the endpoint did: `settings.json`,
 * for `verify --config` and `serve --config`, and `calibration.json` with what speaks for each.
 */
export async function calibrate(facts: CalibrateFacts): Promise<Calibrated> {
  const { simulation, endpoint, report, file, writtenAt } = facts
  const calibration = checkedCalibration(calibrationOf(endpoint, report), simulation.run.settings)
  const rests = join(dirname(file), 'calibration.json')
  const whole = {
    writtenAt: writtenAt.toISOString(),
    simulation: simulation.run.id,
    endpoint: endpoint.run.id,
    ...calibration,
  }
  await writeAtomically(file, `${JSON.stringify(calibration.settings, null, 2)}\n`)
  await writeAtomically(rests, `${JSON.stringify(whole, null, 2)}\n`)
  return { calibration, files: [file, rests] }
}
