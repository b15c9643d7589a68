import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { BUNDLE_FORMAT } from './bundle-files.ts'
import { sha256 } from './sha256.ts'

/**
 * A file of JSON objects, one a line, of which each carries the SHA-256 of the line before: nothing
 * can be changed, left out, put in or moved without every later line changing.
 *
 * - The first line names the chain, the format and the run.
 * - Every line has its number in `record`, from 1, and but for the first the SHA-256 of the bytes of
 *   the line before, its line feed excluded, in `previous`.
 * - The last line is `{"record":N,"previous":"…","end":"<chain>","records":N}`: what is cut off shows.
 */
export class ChainWriter {
  readonly #name: string
  readonly #file: number
  #record = 0
  #previous: string | undefined
  #isOpen = true

  /**
   * @param file - Begun anew; its name is the chain's.
   * @param run - Id of the run.
   */
  constructor(file: string, run: string) {
    this.#name = basename(file)
    this.#file = openSync(file, 'w')
    this.append({ chain: this.#name, format: BUNDLE_FORMAT, run })
  }

  /**
   * Writes one line at once: a process that is killed has written what it did. Whoever is late, after
   * the end, is not heard.
   */
  append(content: Readonly<Record<string, unknown>>): void {
    if (!this.#isOpen) return
    this.#record += 1
    const previous = this.#previous
    const link = { record: this.#record, ...(previous !== undefined && { previous }) }
    const line = JSON.stringify({ ...link, ...content })
    writeWhole(this.#file, `${line}\n`)
    this.#previous = sha256(line)
  }

  /** Writes the last line, and sees to it that the file outlives a loss of power. */
  close(): void {
    if (!this.#isOpen) return
    this.append({ end: this.#name, records: this.#record + 1 })
    this.#isOpen = false
    fsyncSync(this.#file)
    closeSync(this.#file)
  }
}

/** One call may write a part only, a pipe or a full disk for instance. */
function writeWhole(file: number, text: string): void {
  let rest = Buffer.from(text)
  while (rest.length > 0) rest = rest.subarray(writeSync(file, rest))
}
