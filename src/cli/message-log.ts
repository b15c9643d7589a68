import { EVIDENCE_ELSEWHERE } from '../evidence/evidence-document.ts'
import { SCENARIO_EVIDENCE } from '../evidence/scenario-evidence.ts'
import type { Message } from './cucumber-message.ts'
import { markMessage, type RunMark } from './run-mark.ts'
import { TextFile } from './text-file.ts'

/**
 * Cucumber's messages as they come, and behind the first, which says what made them, the run's mark. What scenarios saw
 * stands in the evidence, whatever thread they ran in, and is not written twice. Each
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
    this.#file.append(`${JSON.stringify(withoutEvidence(message))}\n`)
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

function withoutEvidence(message: Message): Message {
  const { attachment } = message
  if (attachment?.mediaType !== SCENARIO_EVIDENCE) return message
  return { ...message, attachment: { ...attachment, body: EVIDENCE_ELSEWHERE } }
}
