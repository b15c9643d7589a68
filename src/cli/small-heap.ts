import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Message } from './cucumber-message.ts'

/** Scenarios of a run from which on memory is worth more than time. */
const VERY_MANY = 1_000
/** How much the heap may grow, in percent of what lived in it, before it is collected; V8 allows up to 300. */
const GROWTH_PERCENT = 30

/**
 * How many times as large the young heap gets when it grows, which V8 asks for each time. By itself it grows to 134 MB
 * (2 × 64 MiB) while very many features are read, and stays so.
 */
const YOUNG_GROWTH = { none: 1, usual: 2 } as const

/** Holds the young heap at its size until it is known how many scenarios there are. */
export function holdYoungHeap(): void {
  growYoungHeap('none')
}

/**
 * Keeps the memory of a long run near what lives in it: left alone, V8 lets a heap grow to several times that, and
 * keeps what it has once taken. Shorter runs stay as fast as they are.
 */
export class SmallHeap {
  readonly #collect: (() => void) | undefined
  #hasBegun = false

  /** Of a run of so many scenarios, before they are planned: planning is what takes most of its memory. */
  constructor(scenarios: number) {
    if (scenarios <= VERY_MANY) {
      growYoungHeap('usual')
      return
    }
    setFlagsFromString(`--heap-growing-percent=${GROWTH_PERCENT}`)
    setFlagsFromString('--expose-gc')
    const gc: unknown = runInNewContext('gc')
    if (typeof gc !== 'function') return
    this.#collect = () => gc({ type: 'major', execution: 'sync', flavor: 'last-resort' })
    // How far a heap may grow is settled when it is collected.
    this.#collect()
  }

  get isHeldSmall(): boolean {
    return this.#collect !== undefined
  }

  /** When the first scenario begins, the plan is whole, and what it was made with is not needed any more. */
  receive({ testCaseStarted }: Message): void {
    if (!testCaseStarted || this.#hasBegun) return
    this.#hasBegun = true
    this.collect()
  }

  /** Gives back whatever nobody needs any more, and the room that it took. Takes a second for 200 MB. */
  collect(): void {
    this.#collect?.()
  }
}

function growYoungHeap(growth: keyof typeof YOUNG_GROWTH): void {
  setFlagsFromString(`--semi-space-growth-factor=${YOUNG_GROWTH[growth]}`)
}
