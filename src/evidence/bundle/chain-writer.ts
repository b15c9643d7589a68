import { createHash } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs'
import { basename } from 'node:path'
import { BUNDLE_FORMAT } from './bundle-files.ts'
import { sha256 } from './sha256.ts'
import type { Subject } from './statement.ts'

/** What a line says, besides what makes it one of a chain. */
type ChainContent = Readonly<Record<string, unknown>>

/** Where a line stands in its file, in bytes, its line feed excluded. */
export interface LinePlace {
  readonly offset: number
  readonly length: number
}

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
  /** Id of the run that writes it. */
  readonly run: string
  readonly #name: string
  readonly #file: number
  #record = 0
  #previous: string | undefined
  #isOpen = true
  /** Bytes written. */
  #length = 0
  readonly #whole = createHash('sha256')

  /**
   * @param file - Begun anew; its name is the chain's.
   * @param run - Id of the run.
   */
  constructor(file: string, run: string) {
    this.run = run
    this.#name = basename(file)
    this.#file = openSync(file, 'w')
    this.append({ chain: this.#name, format: BUNDLE_FORMAT, run })
  }

  /**
   * Writes one line at once: a process that is killed has written what it did. Whoever is late, after
   * the end, is not heard.
   *
   * @returns Where it stands; nothing where it was not heard.
   */
  append(content: ChainContent): LinePlace | undefined {
    if (!this.#isOpen) return undefined
    const line = this.#lineOf(content)
    const place = { offset: this.#length, length: line.length - 1 }
    this.#write(line)
    return place
  }

  /** The same with the lines of what is known all at once. */
  appendAll(contents: readonly ChainContent[]): void {
    if (this.#isOpen) this.#write(Buffer.concat(contents.map((content) => this.#lineOf(content))))
  }

  #write(bytes: Buffer): void {
    writeWhole(this.#file, bytes)
    this.#whole.update(bytes)
    this.#length += bytes.length
  }

  #lineOf(content: ChainContent): Buffer {
    this.#record += 1
    const previous = this.#previous
    const link = { record: this.#record, ...(previous !== undefined && { previous }) }
    const line = Buffer.from(`${JSON.stringify({ ...link, ...content })}\n`)
    this.#previous = sha256(line.subarray(0, -1))
    return line
  }

  /** Writes the last line, and sees to it that the file outlives a loss of power. */
  close(): void {
    if (!this.#isOpen) return
    this.append({ end: this.#name, records: this.#record + 1 })
    this.#isOpen = false
    fsyncSync(this.#file)
    closeSync(this.#file)
  }

  /** What a manifest says of it: of what was written, whatever stands in the file. Once, after `close`. */
  subject(): Subject {
    const digest = { sha256: this.#whole.digest('hex') }
    const annotations = {
      ...{ length: this.#length, records: this.#record },
      last: this.#previous ?? '',
    }
    return { name: this.#name, digest, annotations }
  }
}

/** One call may write a part only, a pipe or a full disk for instance. */
function writeWhole(file: number, bytes: Buffer): void {
  let rest = bytes
  while (rest.length > 0) rest = rest.subarray(writeSync(file, rest))
}
