import { CONTENT_POLICY } from './allure/self-contained.ts'
import { html } from './page/html.ts'
import { markText, type RunMark } from './run-mark.ts'

/** What Cucumber's page has before the first message, and where the mark goes. */
const TITLE = '<title>Cucumber</title>'
const CONTENT = '<div id="content">'
const STYLE =
  'margin: 1rem auto 0; max-width: 1200px; padding: 0 1rem; font: 1rem/1.5 system-ui, sans-serif'

/**
 * Passes Cucumber's page on with the run's mark in its title and above everything else, and under a policy
 * that lets it load nothing.
 */
export class MarkedHead {
  readonly #mark: RunMark
  readonly #write: (text: string) => void
  /** The page up to its content; `undefined` once that has been passed on. */
  #head: string | undefined = ''

  constructor(mark: RunMark, write: (text: string) => void) {
    this.#mark = mark
    this.#write = write
  }

  receive(chunk: string): void {
    if (this.#head === undefined) {
      this.#write(chunk)
      return
    }
    this.#head += chunk
    if (!chunk.includes(CONTENT)) return
    this.#write(this.#marked(this.#head))
    this.#head = undefined
  }

  /** @throws {Error} The page has no place for the mark: Cucumber has changed, and this must be looked at. */
  end(): void {
    if (this.#head !== undefined) throw new Error("Cucumber's page has no place for the run's id")
  }

  #marked(head: string): string {
    const { id, target } = this.#mark
    const title = html`<title>Features on ${target}, run ${id}</title>
	<meta http-equiv="Content-Security-Policy" content="${CONTENT_POLICY}">`
    const above = html`<p style="${STYLE}">${markText(this.#mark)}</p>`
    if (!head.includes(TITLE)) throw new Error("Cucumber's page has no title of its own")
    return head.replace(TITLE, () => title.text).replace(CONTENT, () => `${above.text}\n${CONTENT}`)
  }
}
