import type { LinePlace } from '../../evidence/bundle/chain-writer.ts'
import type { ScenarioHead } from '../../evidence/record/scenario-head.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import { inFileOrder } from '../../evidence/verdict.ts'
import { bytesAt } from './bytes-at.ts'

/** The scenarios of a run that this process has written: what they saw stands on disk alone. */
export class ScenarioArchive {
  readonly #file: string
  readonly #heads: ScenarioHead[] = []

  /** @param file - The chain of scenarios. */
  constructor(file: string) {
    this.#file = file
  }

  /** @param place - Where its line stands. */
  add({ evidence: _, ...head }: ScenarioRecord, place: LinePlace): void {
    this.#heads.push({ ...head, whole: () => scenarioAt(this.#file, place) })
  }

  /** In the order of the feature files. */
  get heads(): readonly ScenarioHead[] {
    return inFileOrder(this.#heads)
  }
}

/** A scenario that this process has written, in the form of its own types: it is not looked through again. */
export function scenarioAt(file: string, place: LinePlace): ScenarioRecord {
  return JSON.parse(bytesAt(file, place).toString()).scenario as ScenarioRecord
}
