import { Writable } from 'node:stream'
import { stripVTControlCharacters } from 'node:util'
import type { Screen } from './terminal.ts'

const CLEAR = '\r\u001B[2K'
/** Some terminals say that they are 0 columns wide, or nothing at all. */
const USUAL_COLUMNS = 80

/** The last line of a terminal, written over again and again, and gone when the process ends. */
export class TerminalLine {
  readonly #screen: Screen
  readonly #clear = () => this.clear()
  #stands = false

  constructor(screen: Screen) {
    this.#screen = screen
    process.on('exit', this.#clear)
  }

  /** Shows a text of one line, cut to the width of the terminal. @param styled - The same in colours. */
  show(text: string, styled = text): void {
    // A line that fills its last column may be continued on the next, and then only half of it is cleared.
    const width = (this.#screen.columns || USUAL_COLUMNS) - 1
    const fits = stripVTControlCharacters(text).length <= width
    this.#screen.write(CLEAR + (fits ? styled : `${text.slice(0, Math.max(0, width - 1))}…`))
    this.#stands = true
  }

  clear(): void {
    if (this.#stands) this.#screen.write(CLEAR)
    this.#stands = false
  }

  /** What is written there stands above the line, and not behind it. */
  above(stream: Writable): Writable {
    return new Writable({
      decodeStrings: false,
      write: (chunk: string | Uint8Array, _encoding, written) => {
        this.clear()
        stream.write(chunk, written)
      },
    })
  }

  end(): void {
    this.clear()
    process.off('exit', this.#clear)
  }
}
