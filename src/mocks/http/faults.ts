import type { Operation } from '../../api/contract/endpoints.ts'
import { type Fault, type ReadFault, readFault } from './fault.ts'

interface Staged {
  readonly fault: ReadFault
  toSkip: number
  left: number
}

/** Faults staged and not yet spent, first staged first. */
export class Faults {
  #staged: Staged[] = []

  /** @throws {RangeError} As `readFault` does. */
  stage(fault: Fault): void {
    const read = readFault(fault)
    this.#staged.push({ fault: read, toSkip: read.skip, left: read.times })
  }

  /** The fault this call gets, which is thereby spent. */
  take(operation: Operation): ReadFault | undefined {
    const next = this.#staged.find(({ fault }) => fault.operation === operation)
    if (!next) return undefined
    if (next.toSkip > 0) {
      next.toSkip--
      return undefined
    }
    next.left--
    if (next.left === 0) this.#staged = this.#staged.filter((each) => each !== next)
    return next.fault
  }

  clear(): void {
    this.#staged = []
  }
}
