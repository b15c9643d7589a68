import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** An answer as it stands on the wire. */
export interface WireReply {
  readonly status: number
  /** Names in lower case; of repeated ones the last. */
  readonly headers: ReadonlyMap<string, string>
  readonly text: string
}

/** A connection on which anything can be written. */
export interface Connection {
  readonly socket: Socket
  write(bytes: string | Uint8Array): void
  /** The next answer; rejects where the connection ends before it is whole. */
  reply(to?: { readonly method: string }): Promise<WireReply>
  /** Resolves to what was not yet taken as an answer, once the other side has ended. */
  rest(): Promise<string>
  end(): void
}

/** Longest that anything is waited for: beyond it, something hangs. In milliseconds. */
const WITHIN_MS = 20_000

export async function connectTo(port: number): Promise<Connection> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true, allowHalfOpen: true })
  await once(socket, 'connect')
  return overSocket(socket)
}

export function overSocket(socket: Socket): Connection {
  let received = ''
  let isOver = false
  let wake = () => {}
  socket.setEncoding('latin1')
  socket.on('data', (text: string) => {
    received += text
    wake()
  })
  const over = () => {
    isOver = true
    wake()
  }
  // The other side may reset at any time; whoever waits for an answer learns of it.
  socket.on('error', over).on('end', over).on('close', over)

  const until = async <T>(take: () => T | undefined): Promise<T> => {
    const timer = setTimeout(() => socket.destroy(), WITHIN_MS)
    try {
      for (;;) {
        const taken = take()
        if (taken !== undefined) return taken
        if (isOver) throw new Error(`The connection ended with ${JSON.stringify(received)}.`)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    socket,
    write: (bytes) => socket.write(bytes),
    reply: ({ method = 'GET' } = { method: 'GET' }) =>
      until(() => {
        const found = replyIn(received, method)
        if (!found) return undefined
        received = received.slice(found.length)
        return found.reply
      }),
    rest: () => until(() => (isOver ? received : undefined)),
    end: () => socket.destroy(),
  }
}

/** All answers in what was received; whatever is no whole one is an error. */
export function repliesIn(received: string): readonly WireReply[] {
  const replies: WireReply[] = []
  for (let rest = received; rest !== ''; ) {
    const found = replyIn(rest, 'GET')
    if (!found) throw new Error(`No answer begins like ${JSON.stringify(rest.slice(0, 200))}.`)
    replies.push(found.reply)
    rest = rest.slice(found.length)
  }
  return replies
}

/** The first whole answer in what was received; interim ones are passed over. */
function replyIn(
  received: string,
  method: string,
): { readonly reply: WireReply; readonly length: number } | undefined {
  const at = received.indexOf('\r\n\r\n')
  if (at < 0) return undefined
  const [first = '', ...lines] = received.slice(0, at).split('\r\n')
  const status = Number(/^HTTP\/1\.1 (\d{3})/.exec(first)?.[1])
  if (Number.isNaN(status)) throw new Error(`No answer begins like ${JSON.stringify(first)}.`)
  const body = at + 4
  if (status < 200) {
    const next = replyIn(received.slice(body), method)
    return next && { reply: next.reply, length: body + next.length }
  }
  const headers = new Map(
    lines.map((line) => {
      const [, name = '', value = ''] = /^([^:]*):\s*(.*)$/.exec(line) ?? []
      return [name.toLowerCase(), value]
    }),
  )
  const isBare = method === 'HEAD' || status === 204
  const length = isBare ? 0 : Number(headers.get('content-length') ?? 0)
  const text = received.slice(body, body + length)
  if (text.length < length) return undefined
  return {
    length: body + length,
    reply: { status, headers, text: Buffer.from(text, 'latin1').toString('utf8') },
  }
}
