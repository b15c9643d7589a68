/** By the message that carries it. */
const known = new WeakMap<Request | Response, string>()

/**
 * Notes which text a message was made of. Of a text that bytes cannot carry as it is, with a lone surrogate or a
 * byte order mark at its beginning, nothing is noted.
 */
export function withText<T extends Request | Response>(message: T, text: string | undefined): T {
  if (text?.isWellFormed() && !text.startsWith('\uFEFF')) known.set(message, text)
  return message
}

/**
 * The whole body of a message that was made in this process, of a text, and is as it was made; `undefined` where
 * that is not known, or somebody has read it, and the body is to be read: a stream, which takes longer than the
 * simulation's answer.
 */
export function knownText(message: Request | Response): string | undefined {
  return message.bodyUsed ? undefined : known.get(message)
}

/** Requests whose text was taken in the place of their body, which nobody can send again. */
const taken = new WeakSet<Request>()

/**
 * The same, once, for who answers the request.
 *
 * @throws {TypeError} It was taken before: a request goes out once, as every `fetch` says.
 */
export function takeText(request: Request): string | undefined {
  if (taken.has(request)) throw new TypeError('Body is unusable: Body has already been read')
  const text = knownText(request)
  if (text !== undefined) taken.add(request)
  return text
}
