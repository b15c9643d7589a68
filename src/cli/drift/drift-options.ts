import { parseOut } from '../parse-out.ts'
import { UsageError } from '../usage-error.ts'

/** The options of `drift` as commander hands them over. */
export interface RawDriftOptions {
  readonly simulation?: string
  readonly endpoint?: string
  readonly waivers?: string
  readonly out?: string
  readonly calibrate?: boolean
}

/** The options of `drift`, checked. */
export interface DriftOptions {
  /** Where the run on the simulation wrote. */
  readonly simulation: string
  /** Where the run on the endpoint wrote. */
  readonly endpoint: string
  /** A waiver file; absent where nothing is waived. */
  readonly waivers: string | undefined
  readonly out: string
  readonly calibrate: boolean
}

/** @throws {UsageError} A directory has no name. */
export function parseDriftOptions(raw: RawDriftOptions): DriftOptions {
  return {
    simulation: directory('--simulation', raw.simulation ?? 'reports/simulation'),
    endpoint: directory('--endpoint', raw.endpoint ?? 'reports/uat'),
    waivers: raw.waivers,
    out: parseOut(raw.out ?? 'reports/drift'),
    calibrate: raw.calibrate ?? false,
  }
}

/** An empty one, as of a variable that is not set, would mean the current directory. */
function directory(option: string, given: string): string {
  if (given.trim() !== '') return given
  throw new UsageError(
    `Malformed ${option} ${JSON.stringify(given)}: name the directory that a run wrote to.`,
  )
}
