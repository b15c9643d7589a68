import { BufferResultFile } from '@allurereport/reader-api'
import type { AllureFile } from './attachments.ts'
import { sameAs } from './shared-data.ts'

/** A file of results that never was on disk. Allure's own reads its buffer through a stream, every time. */
export class InMemoryFile extends BufferResultFile {
  readonly #length: number

  /** @param same - Name of a file with the same content, which stands for this one. */
  constructor({ name, content }: AllureFile, same?: string) {
    super(Buffer.from(same === undefined ? content : sameAs(same)), name)
    this.#length = same === undefined ? this.buffer.length : Buffer.byteLength(content)
  }

  override getContentLength(): number {
    return this.#length
  }

  override async asBuffer(): Promise<Buffer> {
    const { buffer, byteOffset, byteLength } = this.buffer
    return Buffer.from(buffer, byteOffset, byteLength)
  }

  override async asUtf8String(): Promise<string> {
    return (await this.asBuffer()).toString()
  }

  override async asJson<T>(): Promise<T> {
    return JSON.parse(await this.asUtf8String())
  }
}
