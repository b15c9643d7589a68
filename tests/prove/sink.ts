import { Writable } from 'node:stream'

/** Keeps what is written to it. */
export class Sink extends Writable {
  text = ''

  override _write(chunk: unknown, _encoding: string, done: () => void): void {
    this.text += String(chunk)
    done()
  }
}
