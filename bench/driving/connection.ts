import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { type Answer, readAnswer } from './answer.ts'

const READ_BYTES = 262_144

interface Waiting {
  readonly resolve: (answer: Answer) => void
  readonly reject: (why: Error) => void
}

/**
 * One keep-alive connection on a bare socket. An HTTP client would cost as much as the server that is
 * to be measured.
 */
export class Connection {
  readonly #socket: Socket
  readonly #waiting: Waiting[] = []
  #unread = ''

  private constructor(port: number) {
    this.#socket = connect({
      port,
      host: '127.0.0.1',
      noDelay: true,
      onread: {
        buffer: Buffer.allocUnsafe(READ_BYTES),
        callback: (bytes, buffer) => {
          this.#read((buffer as Buffer).toString('latin1', 0, bytes))
          return true
        },
      },
    })
    this.#socket.on('error', (error) => this.#fail(error))
    this.#socket.on('close', () => this.#fail(new Error('The server closed the connection.')))
  }

  static async open(port: number): Promise<Connection> {
    const connection = new Connection(port)
    await once(connection.#socket, 'connect')
    return connection
  }

  /** @param bytes - One whole request, a character for every byte. */
  send(bytes: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject })
      this.#socket.write(bytes, 'latin1')
    })
  }

  /** Sends many requests at once; the answers come in their order. */
  sendAll(requests: readonly string[]): Promise<readonly Answer[]> {
    const answers = requests.map(
      () => new Promise<Answer>((resolve, reject) => this.#waiting.push({ resolve, reject })),
    )
    this.#socket.write(requests.join(''), 'latin1')
    return Promise.all(answers)
  }

  close(): void {
    this.#socket.destroy()
  }

  #read(text: string): void {
    this.#unread = this.#unread === '' ? text : this.#unread + text
    try {
      for (let read = readAnswer(this.#unread); read; read = readAnswer(this.#unread)) {
        this.#unread = this.#unread.slice(read.end)
        const next = this.#waiting.shift()
        if (!next) throw new Error('The server answered what nobody had asked.')
        next.resolve(read.answer)
        if (this.#unread === '') return
      }
    } catch (error) {
      this.#socket.destroy(error as Error)
    }
  }

  #fail(why: Error): void {
    for (const { reject } of this.#waiting.splice(0)) reject(why)
  }
}
