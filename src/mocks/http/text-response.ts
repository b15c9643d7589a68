import { HttpResponse } from 'msw'
import { withText } from '../../api/known-text.ts'

/** Of these a response has no body, whatever it is made of. Fetch standard, "null body status". */
const BODYLESS: readonly number[] = [101, 103, 204, 205, 304]

/** Status and headers of a response. */
export interface ResponseHead {
  readonly status: number
  readonly headers: [string, string][]
}

/** Makes a response; `null` for one without a body. */
export type Respond = (text: string | null, head: ResponseHead) => Response

/** As MSW does. */
export const respond: Respond = (text, head) => new HttpResponse(text, head)

/** The same for who mostly asks `knownText`: the body is made where somebody looks at it. */
export const respondLate: Respond = (text, head) => {
  const isTyped = head.headers.some(([name]) => name.toLowerCase() === 'content-type')
  // Without a type of its own, a response takes one from its body.
  if (text === null || !isTyped || BODYLESS.includes(head.status)) return respond(text, head)
  return withText(new TextResponse(text, head), text)
}

/** A response of text. Its body is a stream, to make which takes as long as all else of an answer. */
class TextResponse extends HttpResponse<string> {
  readonly #make: () => Response
  #made: Response | undefined

  constructor(text: string, head: ResponseHead) {
    super(null, head)
    // The headers may be others by then.
    this.#make = () => respond(text, { status: this.status, headers: [...this.headers] })
  }

  get #whole(): Response {
    this.#made ??= this.#make()
    return this.#made
  }

  override get body() {
    return this.#whole.body
  }

  override get bodyUsed() {
    return this.#made?.bodyUsed ?? false
  }

  override arrayBuffer() {
    return this.#whole.arrayBuffer()
  }

  override blob() {
    return this.#whole.blob()
  }

  override bytes() {
    return this.#whole.bytes()
  }

  override clone() {
    return this.#whole.clone()
  }

  override formData() {
    return this.#whole.formData()
  }

  override json() {
    return this.#whole.json()
  }

  override text() {
    return this.#whole.text()
  }
}
