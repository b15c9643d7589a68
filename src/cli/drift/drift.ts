import { mkdir, rm } from 'node:fs/promises'
import { join, relative, resolve } from 'node:path'
import { whyNotComparable } from '../../evidence/drift/comparable.ts'
import { driftOf } from '../../evidence/drift/drift.ts'
import { type DriftReport, driftReport, hasDrift } from '../../evidence/drift/drift-report.ts'
import type { RunRecord } from '../../evidence/record/run-record.ts'
import { countOf } from '../../evidence/summary.ts'
import { inSteps, type Steps } from '../progress/steps.ts'
import { readWaivers } from '../read-waivers.ts'
import { readIntactRun } from '../record/read-intact-run.ts'
import { messageOf, UsageError } from '../usage-error.ts'
import type { CommandEnvironment } from '../verify.ts'
import { writeAtomically } from '../write-atomically.ts'
import { calibrate } from './calibrate.ts'
import { calibrationText } from './calibration-text.ts'
import { driftJson } from './drift-json.ts'
import type { DriftOptions } from './drift-options.ts'
import { driftPage } from './drift-page.ts'
import { driftText } from './drift-text.ts'
import { validatedOn } from './validated-on.ts'

/**
 * Compares what the same scenarios did in a simulation and on an endpoint, and says where the simulation
 * is not like it; or proposes settings that would make it so.
 *
 * @returns Exit code: 0 nothing differs that is not waived, 1 something does.
 * @throws {UsageError} The two runs cannot be compared, one is not as it was written, or nothing can be written.
 */
export async function drift(
  options: DriftOptions,
  environment: CommandEnvironment,
): Promise<number> {
  return inSteps(environment, (steps) => compared(options, environment, steps))
}

async function compared(
  options: DriftOptions,
  { cwd, stdout }: CommandEnvironment,
  steps: Steps,
): Promise<number> {
  steps.say(`Reading the evidence in ${options.simulation} and ${options.endpoint}`)
  const [here, there] = await Promise.all([
    readIntactRun(options.simulation, cwd),
    readIntactRun(options.endpoint, cwd),
  ])
  const [simulation, endpoint] = [here.record, there.record]
  const why = whyNotComparable(simulation, endpoint)
  if (why !== undefined) throw new UsageError(`Failed to compare two runs, because ${why}.`)
  const waivers =
    options.waivers === undefined ? [] : await readWaivers(resolve(cwd, options.waivers))
  const writtenAt = new Date()
  const scenarios = simulation.scenarios.length + endpoint.scenarios.length
  steps.say(`Comparing ${countOf(scenarios, 'scenario')}`, scenarios)
  const report = driftReport(driftOf(simulation, endpoint), {
    waivers,
    day: writtenAt.toISOString().slice(0, 10),
    lastValidated: await validatedOn(endpoint, resolve(cwd, options.endpoint), cwd),
  })
  refuseNothing(report, simulation, endpoint)
  const files = await prepare(resolve(cwd, options.out))
  const calibrated = options.calibrate
    ? await calibrate({ simulation, endpoint, report, file: files.settings, writtenAt })
    : undefined
  await writeAtomically(files.json, driftJson(report, writtenAt))
  const page = driftPage(report, {
    writtenAt,
    evidence: { simulation: here.evidence, endpoint: there.evidence },
    calibration: calibrated?.calibration,
  })
  await writeAtomically(files.html, page)
  steps.end()
  const written = [files.html, files.json, ...(calibrated?.files ?? [])]
  stdout.write(
    [
      driftText(report),
      ...(calibrated ? [calibrationText(calibrated.calibration)] : []),
      `Reports\n${written.map((path) => `  ${shortest(cwd, path)}\n`).join('')}`,
    ].join('\n\n'),
  )
  return hasDrift(report) ? 1 : 0
}

/** Where nothing was compared, nothing can be the same. */
function refuseNothing(report: DriftReport, { run }: RunRecord, endpoint: RunRecord): void {
  if (report.compared.length > 0) return
  const [first] = report.notCompared
  const why = first ? `, e.g. ${first.scenario}: ${first.why}` : ''
  throw new UsageError(
    `Failed to compare the runs ${run.id} and ${endpoint.run.id}: they verified no scenario in common${why}.`,
  )
}

/** What an earlier comparison left is not to be taken for this one's. */
async function prepare(out: string) {
  const files = {
    html: join(out, 'drift.html'),
    json: join(out, 'drift.json'),
    settings: join(out, 'settings.json'),
    calibration: join(out, 'calibration.json'),
  }
  try {
    await mkdir(out, { recursive: true })
    for (const file of Object.values(files)) await rm(file, { force: true })
    return files
  } catch (error) {
    throw new UsageError(`Failed to write reports to ${out}: ${messageOf(error)}.`)
  }
}

function shortest(cwd: string, path: string): string {
  const below = relative(cwd, path)
  return below.startsWith('..') ? path : below
}
