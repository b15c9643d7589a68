import type { ScenarioRecord } from './scenario-record.ts'

/**
 * A scenario without what it saw, which is read when it is asked for: of very many scenarios, all that they
 * saw would not fit into memory.
 */
export interface ScenarioHead extends Omit<ScenarioRecord, 'evidence'> {
  /** The scenario with what it saw, read back from where it was written. */
  whole(): ScenarioRecord
}
