import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import type { FormatterPlugin } from '@cucumber/cucumber/api'
import type { Message } from '../cucumber-message.ts'

type Context<T> = Parameters<FormatterPlugin<T>['formatter']>[0]

/** Writes a file as one of Cucumber's formatters does, of messages of runs that were made before. */
export class PageWriter<T> {
  readonly #plugin: FormatterPlugin<T>
  readonly #stream: ReturnType<typeof createWriteStream>
  readonly #handlers: ((message: Message) => void)[] = []
  #cleanUp: Awaited<ReturnType<FormatterPlugin<T>['formatter']>> = undefined

  private constructor(plugin: FormatterPlugin<T>, file: string) {
    this.#plugin = plugin
    this.#stream = createWriteStream(file)
  }

  /** @param options - What the formatter is told, as Cucumber would tell it. */
  static async open<T>(
    plugin: FormatterPlugin<T>,
    file: string,
    options: T,
  ): Promise<PageWriter<T>> {
    const writer = new PageWriter(plugin, file)
    await writer.#begin(options)
    return writer
  }

  async #begin(options: T): Promise<void> {
    const nothing = () => {}
    const context: Context<T> = {
      options,
      on: (_, handler) => this.#handlers.push(handler),
      write: (buffer) => this.#stream.write(buffer),
      stream: this.#stream,
      logger: { debug: nothing, error: nothing, info: nothing, warn: nothing },
    }
    this.#cleanUp = await this.#plugin.formatter(context)
  }

  async receive(message: Message): Promise<void> {
    for (const handle of this.#handlers) handle(message)
    if (this.#stream.writableNeedDrain) await once(this.#stream, 'drain')
  }

  async end(): Promise<void> {
    if (typeof this.#cleanUp === 'function') await this.#cleanUp()
    this.#stream.end()
    await finished(this.#stream)
  }
}
