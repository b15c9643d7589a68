import type { Chance } from '../exchange/chance.ts'
import { fitsPattern } from '../exchange/text-pattern.ts'
import { type Fault, type FaultKind, type FaultOf, type ReadFault, readFault } from './fault.ts'
import type { Call } from './fault-call.ts'
import { operationsOf } from './fault-matching.ts'

/** Most faults that are staged at a time. */
const MOST = 1_000

/** A fault that is not spent yet. */
export interface StagedFault<F extends ReadFault = ReadFault> {
  readonly fault: F
  /** Matching calls so far, those that were skipped and those that chance spared included. */
  readonly calls: number
  /** Calls that got it so far. */
  readonly hits: number
}

/** A fault that a call gets. */
export interface Hit<F extends ReadFault = ReadFault> {
  readonly fault: F
  /** Chance for this one hit: a value of its own for every key, from 0 (included) to 1 (excluded). */
  readonly fraction: (key: string) => number
}

/** Faults as plain JSON: those not spent yet, and how many were staged. */
export interface FaultsRecord {
  readonly number: number
  readonly staged: readonly (StagedFault & { readonly number: number })[]
}

interface Staged<F extends ReadFault = ReadFault> extends StagedFault<F> {
  readonly number: number
  readonly matches: (call: Call) => boolean
  calls: number
  hits: number
}

/**
 * Faults staged and not yet spent, first staged first.
 *
 * A call goes to the first that matches it. While that one is skipping, the call is answered as usual;
 * where chance spares it, the next that matches is asked. Chance is drawn by the number of the fault
 * since the beginning or the last `clear`, and by how many calls have matched it: nothing else moves it.
 */
export class Faults {
  readonly #chance: Chance
  #staged: Staged[] = []
  readonly #changed: () => void
  #number = 0

  /** @param changed - Told whenever the record is another. */
  constructor(chance: Chance, changed = () => {}) {
    this.#chance = chance
    this.#changed = changed
  }

  /** @throws {RangeError} As `readFault` does, or there are 1,000 staged already. */
  stage(fault: Fault): void {
    this.stageRevocably(fault)
  }

  /**
   * Stages a fault that may turn out not to be needed.
   *
   * @returns Withdraws it, and says whether there was anything left of it to withdraw.
   * @throws {RangeError} As `stage` does.
   */
  stageRevocably(fault: Fault): () => boolean {
    if (this.#staged.length >= MOST) {
      throw new RangeError(`Failed to stage a fault: ${MOST} are staged. Clear them first.`)
    }
    const read = readFault(fault)
    const about = { fault: read, matches: matcherOf(read), number: this.#number++ }
    const staged: Staged = { ...about, calls: 0, hits: 0 }
    this.#staged.push(staged)
    this.#changed()
    return () => {
      const was = this.#drop(staged)
      this.#changed()
      return was
    }
  }

  get isEmpty(): boolean {
    return this.#staged.length === 0
  }

  /** Those not spent yet, first staged first. */
  get staged(): readonly StagedFault[] {
    return this.#staged.map(({ fault, calls, hits }) => ({ fault, calls, hits }))
  }

  /** The fault of these kinds that a call gets, which thereby counts as a hit. */
  take<K extends FaultKind>(kinds: readonly K[], call: Call): Hit<FaultOf<K>> | undefined {
    if (this.#staged.length === 0) return undefined
    for (const staged of this.#staged) {
      if (!isOf(staged, kinds) || !staged.matches(call)) continue
      const { fault, number } = staged
      const turn = staged.calls++
      this.#changed()
      if (turn < fault.skip) return undefined
      const fraction = (key: string) => this.#chance.fraction('fault', number, turn, key)
      if (fault.probability < 1 && fraction('hit') >= fault.probability) continue
      staged.hits++
      if (staged.hits === fault.times) this.#drop(staged)
      return { fault, fraction }
    }
    return undefined
  }

  #drop(staged: Staged): boolean {
    const before = this.#staged.length
    this.#staged = this.#staged.filter((each) => each !== staged)
    return this.#staged.length < before
  }

  /** Calls all of them off; chance begins anew. */
  clear(): void {
    this.#staged = []
    this.#number = 0
    this.#changed()
  }

  record(): FaultsRecord {
    const staged = this.#staged.map(({ fault, calls, hits, number }) => ({
      ...{ fault, calls, hits, number },
    }))
    return { number: this.#number, staged }
  }

  /** Takes faults up again as they were staged. */
  resume({ number, staged }: FaultsRecord): void {
    this.#staged = staged.map((each) => ({ ...each, matches: matcherOf(each.fault) }))
    this.#number = number
  }
}

function isOf<K extends FaultKind>(
  staged: Staged,
  kinds: readonly K[],
): staged is Staged<FaultOf<K>> {
  return kinds.some((kind) => kind === staged.fault.kind)
}

function matcherOf(fault: ReadFault): (call: Call) => boolean {
  const operations = operationsOf(fault.operation)
  const pattern = 'coIdPattern' in fault ? fault.coIdPattern : undefined
  const tests: ((call: Call) => boolean)[] = []
  if (operations) tests.push(({ operation }) => operations.includes(operation))
  if ('coId' in fault) tests.push(({ coId }) => coId === fault.coId)
  if (pattern !== undefined)
    tests.push(({ coId }) => coId !== undefined && fitsPattern(coId, pattern))
  if (fault.user !== undefined || fault.org !== undefined) tests.push((call) => call.isBy(fault))
  if (fault.kind === 'expired token') tests.push(({ token }) => token !== undefined)
  return (call) => tests.every((test) => test(call))
}
