import type { Measure } from '../report/results.ts'
import { measureAgeing } from './ageing.ts'
import { measureColdStarts } from './cold-start.ts'
import type { Setting } from './setting.ts'
import { measureSpeed } from './speed.ts'

/** What a suite of measures yields. */
export interface SuiteResult {
  readonly measures: readonly Measure[]
  readonly notes: readonly string[]
}

/** The served simulation against a bare `node:http` server, and against itself in process. */
export async function serveSuite(setting: Setting): Promise<SuiteResult> {
  const coldStarts = await measureColdStarts(setting)
  const speed = await measureSpeed(setting)
  const ageing = await measureAgeing(setting)
  return {
    measures: [...speed.measures, ...coldStarts, ...ageing.measures],
    notes: [...speed.notes, ...ageing.notes],
  }
}
