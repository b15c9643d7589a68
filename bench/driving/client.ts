import type { Answer } from './answer.ts'
import { Connection } from './connection.ts'
import { type Call, type Conversation, loginCall } from './flow.ts'
import { Ledger } from './ledger.ts'
import type { Samples } from './samples.ts'

/** What a token looks like where none is given out: the bare server's requests are as long as ours. */
const NO_TOKEN = 'x'.repeat(62)
const FRESH_MS = 20_000
const TOKEN = /\r\nSSO_TOKEN: *([^\r]+)\r\n/i

/** Who places what, for whom; absent from the ledger where a server answers a constant. */
export interface Party {
  readonly org: string
  readonly ledger?: Ledger
}

/** One user at one connection. */
export class Client {
  readonly party: Party
  readonly #connection: Connection
  readonly #name: string
  readonly #port: number
  #headers = ''
  #loggedInAt = 0

  private constructor(connection: Connection, port: number, party: Party, name: string) {
    this.#connection = connection
    this.#port = port
    this.party = party
    this.#name = name
    this.#headers = headersFor(port, NO_TOKEN)
  }

  static async open(port: number, party: Party, name: string): Promise<Client> {
    return new Client(await Connection.open(port), port, party, name)
  }

  /** Whether its token is so old that it may end under way: those of the simulation live for a minute. */
  get isStale(): boolean {
    return performance.now() - this.#loggedInAt > FRESH_MS
  }

  async login(): Promise<void> {
    this.#loggedInAt = performance.now()
    const { head, status, body } = await this.call(loginCall(this.#name, this.party.org))
    const token = TOKEN.exec(head)?.[1]
    if (status !== 200 || (this.party.ledger && token === undefined)) {
      throw new Error(`Failed to log in: ${status} ${body}`)
    }
    this.#headers = headersFor(this.#port, token ?? NO_TOKEN)
  }

  call(call: Call): Promise<Answer> {
    return this.#connection.send(this.#bytes(call))
  }

  callAll(calls: readonly Call[]): Promise<readonly Answer[]> {
    return this.#connection.sendAll(calls.map((call) => this.#bytes(call)))
  }

  /** @param latencies - Takes the milliseconds from each request to the end of its answer. */
  async hold(conversation: Conversation, latencies?: Samples): Promise<void> {
    let next = conversation.next()
    while (!next.done) {
      const sentAt = performance.now()
      const answer = await this.call(next.value)
      latencies?.add(performance.now() - sentAt)
      next = conversation.next(answer)
    }
  }

  close(): void {
    this.#connection.close()
  }

  #bytes({ method, pathname, search, body }: Call): string {
    const start = `${method} ${pathname}${search}${this.#headers}`
    if (body === undefined) return `${start}\r\n`
    return `${start}Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`
  }
}

function headersFor(port: number, token: string): string {
  return ` HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nAccept: application/json\r\nSSO_TOKEN: ${token}\r\n`
}

/**
 * Lets clients act, one for each party named, logged in; then closes their connections. A server may close
 * those that rest for seconds: open them anew for what comes later.
 */
export async function withClients<Result>(
  port: number,
  parties: readonly Party[],
  act: (clients: readonly Client[]) => Promise<Result>,
): Promise<Result> {
  const clients = await Promise.all(
    parties.map((party, index) => Client.open(port, party, `user-${index}`)),
  )
  await Promise.all(clients.map((client) => client.login()))
  const result = await act(clients)
  for (const client of clients) client.close()
  return result
}

/** @param organisations - How many share the connections among them. */
export function partiesOf(prefix: string, connections: number, organisations: number): Party[] {
  const all = Array.from(
    { length: organisations },
    (_, index): Party => ({ org: `${prefix}-${index}`, ledger: new Ledger() }),
  )
  return Array.from({ length: connections }, (_, index) => {
    const party = all[index % organisations]
    if (!party) throw new RangeError('Failed to share connections among no organisation.')
    return party
  })
}
