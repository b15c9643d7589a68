import { BufferResultFile } from '@allurereport/reader-api'
import type { AllureFile } from './attachments.ts'

/** A file of results that never was on disk. Allure's own reads its buffer through a stream, every time. */
export class InMemoryFile extends BufferResultFile {
  readonly #content: string

  constructor({ name, content }: AllureFile) {
    super(Buffer.from(content), name)
    this.#content = content
  }

  override async asBuffer(): Promise<Buffer> {
    return Buffer.from(this.buffer)
  }

  override async asUtf8String(): Promise<string> {
    return this.#content
  }

  override async asJson<T>(): Promise<T> {
    return JSON.parse(this.#content)
  }
}
