import type { Measure } from '../report/results.ts'
import { measureAgeing } from './ageing.ts'
import { measureColdStart } from './cold-start.ts'
import type { Setting } from './setting.ts'
import { measureSpeed } from './speed.ts'

/** What a suite of measures yields. */
export interface SuiteResult {
  readonly measures: readonly Measure[]
  readonly notes: readonly string[]
}

/** The served simulation against a bare `node:http` server, and against itself in process. */
export async function serveSuite(setting: Setting): Promise<SuiteResult> {
  const coldStart = await measureColdStart(setting)
  const speed = await measureSpeed(setting)
  const ageing = await measureAgeing(setting)
  return {
    measures: [...speed.measures, coldStart, ...ageing.measures],
    notes: [...speed.notes, ...ageing.notes],
  }
}
