import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { Verdict } from '../../evidence/verdict.ts'
import { DEFAULT_SEED } from '../default-seed.ts'
import { differenceOf } from '../merge/check-parts.ts'
import { nowhere } from '../nowhere.ts'
import { partsIn } from '../resume/read-parts.ts'
import { resume } from '../resume/resume.ts'
import { UsageError } from '../usage-error.ts'
import { type CommandEnvironment, verify } from '../verify.ts'
import type { VerifyOptions } from '../verify-options.ts'
import { seedOf } from './repeat-limit.ts'
import { roundFolder, sealedVerdict } from './round-folders.ts'

/** Makes one round after the other below a directory. */
export class Rounds {
  readonly #options: VerifyOptions
  readonly #environment: CommandEnvironment
  /** The head of all of them, once one has begun. */
  #of: RunFacts | undefined
  readonly #begun: (of: RunFacts) => void

  /**
   * @param options - Of all rounds: each has a seed of its own, derived from theirs.
   * @param of - The head of all, where some were made before.
   * @param begun - Told of the head of all before the first one sends anything.
   */
  constructor(
    options: VerifyOptions,
    environment: CommandEnvironment,
    of: RunFacts | undefined,
    begun: (of: RunFacts) => void,
  ) {
    this.#options = options
    this.#environment = environment
    this.#of = of
    this.#begun = begun
  }

  /**
   * Makes a round, or what is left of it where it was broken off.
   *
   * @param round - From 1.
   * @returns What it has sealed; nothing where it could not.
   * @throws {UsageError} It could not begin, or would not be like the others.
   */
  async make(round: number): Promise<Verdict | undefined> {
    const { out, target } = this.#options
    const folder = roundFolder(out, round)
    const dir = resolve(this.#environment.cwd, folder)
    const isBegun = existsSync(join(dir, 'evidence', BUNDLE_FILES.run)) || partsIn(dir) > 0
    // Of one round people see how it goes on, of the others what they come to.
    const environment =
      round === 1 ? this.#environment : { ...this.#environment, stdout: nowhere() }
    if (isBegun) {
      const raw = { target, seed: DEFAULT_SEED, order: 'defined', out: folder }
      await resume({ raw, paths: [], typed: new Set() }, environment, out)
    } else {
      const options = { ...this.#options, seed: seedOf(this.#options.seed, round), out: folder }
      const begin = (facts: RunFacts) => this.#check(facts)
      await verify(options, environment, { ended: [], whole: out, isRound: true, begin })
    }
    return sealedVerdict(dir)
  }

  #check(facts: RunFacts): void {
    const now = { ...facts, seed: this.#options.seed }
    if (!this.#of) {
      this.#of = now
      this.#begun(now)
    }
    const difference = differenceOf(this.#of, now)
    if (difference !== undefined) {
      throw new UsageError(
        `There can be no other round like those before, since its ${difference}: run "verify" anew.`,
      )
    }
  }
}
