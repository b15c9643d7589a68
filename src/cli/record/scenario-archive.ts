import { closeSync, openSync, readSync } from 'node:fs'
import type { LinePlace } from '../../evidence/bundle/chain-writer.ts'
import type { ScenarioHead } from '../../evidence/record/scenario-head.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import { inFileOrder } from '../../evidence/verdict.ts'

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
    this.#heads.push({ ...head, whole: () => this.#read(place) })
  }

  /** In the order of the feature files. */
  get heads(): readonly ScenarioHead[] {
    return inFileOrder(this.#heads)
  }

  /** This process wrote it, in the form of its own types: it is not looked through again. */
  #read({ offset, length }: LinePlace): ScenarioRecord {
    const file = openSync(this.#file, 'r')
    try {
      const bytes = Buffer.allocUnsafe(length)
      let read = 0
      while (read < length) {
        const more = readSync(file, bytes, read, length - read, offset + read)
        if (more === 0) throw new Error(`${this.#file} was cut off while the run was under way`)
        read += more
      }
      return JSON.parse(bytes.toString()).scenario as ScenarioRecord
    } finally {
      closeSync(file)
    }
  }
}
