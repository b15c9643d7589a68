import type { Message } from './cucumber-message.ts'
import { markMessage, type RunMark } from './run-mark.ts'
import { TextFile } from './text-file.ts'

/**
 * Cucumber's messages as they come, and behind the first, which says what made them, the run's mark. Each
 * scenario is written by its end, at once: whatever ends the process, its messages are there, as its evidence is.
 */
export class MessageLog {
  readonly #file: TextFile
  readonly #mark: RunMark
  readonly #written: (upTo: number) => void

  /**
   * @param file - Begun anew.
   * @param written - Told how much of the file is written, in bytes.
   */
  constructor(file: string, mark: RunMark, written: (upTo: number) => void = () => {}) {
    this.#file = new TextFile(file)
    this.#mark = mark
    this.#written = written
  }

  receive(message: Message): void {
    this.#file.append(`${JSON.stringify(message)}\n`)
    if (message.meta) this.#file.append(`${JSON.stringify(markMessage(this.#mark))}\n`)
    if (message.testCaseFinished) {
      this.#file.flush()
      this.#written(this.#file.written)
    }
  }

  close(): void {
    this.#file.close()
    this.#written(this.#file.written)
  }
}
