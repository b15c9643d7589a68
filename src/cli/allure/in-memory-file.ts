import { BufferResultFile } from '@allurereport/reader-api'
import type { AllureFile } from './attachments.ts'

/** A file of results that never was on disk. Allure's own reads its buffer through a stream, every time. */
export class InMemoryFile extends BufferResultFile {
  constructor({ name, content }: AllureFile) {
    super(Buffer.from(content), name)
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
