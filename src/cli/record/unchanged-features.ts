import type { FeatureText } from '../../evidence/bundle/digests.ts'
import type { Message } from '../cucumber-message.ts'
import { UsageError } from '../usage-error.ts'

/**
 * Sees to it that what is run is what was read, checked and written down before: Cucumber reads the
 * features anew, and somebody may have saved one meanwhile.
 */
export class UnchangedFeatures {
  readonly #texts: ReadonlyMap<string, string>

  /** @param features - As read. */
  constructor(features: readonly FeatureText[]) {
    this.#texts = new Map(features.map(({ uri, text }) => [uri, text]))
  }

  /**
   * @param message - Those that bring features come before the first scenario begins.
   * @throws {UsageError} It brings another feature than was read.
   */
  receive({ source }: Message): void {
    if (!source || this.#texts.get(source.uri) === source.data) return
    throw new UsageError(
      `Failed to run ${source.uri}: it was changed after it had been read; run it again.`,
    )
  }
}
