/** An answer as the driver reads it. */
export interface Answer {
  readonly status: number
  /** Status line and headers as they came; empty where there is no HTTP. */
  readonly head: string
  readonly body: string
}

/** An answer, and where the next begins. */
interface Read {
  readonly answer: Answer
  readonly end: number
}

const STATUS_LINE = /^HTTP\/1\.1 (\d{3}) /
const LENGTH = /\r\ncontent-length: *(\d+)\r\n/i
const CHUNKED = /\r\ntransfer-encoding: *chunked\r\n/i
const CLOSING = /\r\nconnection: *close\r\n/i

/**
 * Reads one answer from the beginning of `text`, a character for every byte.
 *
 * @returns `undefined` while it is not complete.
 * @throws {Error} It is no HTTP/1.1, gives no length, or ends the connection.
 */
export function readAnswer(text: string): Read | undefined {
  const headEnd = text.indexOf('\r\n\r\n')
  if (headEnd < 0) return undefined
  const head = text.slice(0, headEnd + 2)
  const status = Number(STATUS_LINE.exec(head)?.[1])
  if (Number.isNaN(status)) throw unreadable('it is not HTTP/1.1', head)
  if (CLOSING.test(head)) throw unreadable('it ends the connection', head)
  const start = headEnd + 4
  const length = LENGTH.exec(head)?.[1]
  if (length !== undefined) {
    const end = start + Number(length)
    return end > text.length
      ? undefined
      : { answer: { status, head, body: text.slice(start, end) }, end }
  }
  if (status === 204) return { answer: { status, head, body: '' }, end: start }
  if (!CHUNKED.test(head)) throw unreadable('it does not say how long it is', head)
  return readChunks(text, start, { status, head })
}

function readChunks(
  text: string,
  start: number,
  head: Pick<Answer, 'status' | 'head'>,
): Read | undefined {
  let body = ''
  for (let at = start; ; ) {
    const sizeEnd = text.indexOf('\r\n', at)
    if (sizeEnd < 0) return undefined
    const size = Number.parseInt(text.slice(at, sizeEnd), 16)
    if (Number.isNaN(size)) throw unreadable('a chunk has no size', head.head)
    const end = sizeEnd + 2 + size + 2
    if (end > text.length) return undefined
    if (size === 0) return { answer: { ...head, body }, end }
    body += text.slice(sizeEnd + 2, end - 2)
    at = end
  }
}

function unreadable(why: string, head: string): Error {
  return new Error(
    `Failed to read an answer: ${why}. It begins ${JSON.stringify(head.slice(0, 80))}.`,
  )
}
