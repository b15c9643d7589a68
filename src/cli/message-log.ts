import { closeSync, openSync, writeSync } from 'node:fs'
import type { Message } from './cucumber-message.ts'
import { markMessage, type RunMark } from './run-mark.ts'

/** So many characters are held back at most, before a scenario ends. */
const HELD_BACK = 1 << 16

/**
 * Cucumber's messages as they come, and behind the first, which says what made them, the run's mark. Each
 * scenario is written at its end, at once: whatever ends the process, its messages are there, as its evidence is.
 */
export class MessageLog {
  readonly #file: number
  readonly #mark: RunMark
  #text = ''

  /** @param file - Begun anew. */
  constructor(file: string, mark: RunMark) {
    this.#file = openSync(file, 'w')
    this.#mark = mark
  }

  receive(message: Message): void {
    this.#text += `${JSON.stringify(message)}\n`
    if (message.meta) this.#text += `${JSON.stringify(markMessage(this.#mark))}\n`
    if (message.testCaseFinished || this.#text.length > HELD_BACK) this.#write()
  }

  close(): void {
    this.#write()
    closeSync(this.#file)
  }

  /** One call may write a part only, to a full disk for instance. */
  #write(): void {
    let rest = Buffer.from(this.#text)
    this.#text = ''
    while (rest.length > 0) rest = rest.subarray(writeSync(this.#file, rest))
  }
}
