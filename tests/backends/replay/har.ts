import type { Fetch } from '../../../src/api/fetch.ts'

type Entry = Readonly<Record<string, unknown>> & { readonly startedDateTime: string }

/** What a browser would export of the calls that pass through here, secrets and all. */
export class HarExport {
  readonly #entries: Entry[] = []
  readonly #now: () => number
  #last = 0

  constructor(now: () => number) {
    this.#now = now
  }

  readonly through =
    (fetch: Fetch): Fetch =>
    async (request) => {
      const body = request.body === null ? undefined : await request.clone().text()
      // Two calls at the same time of a virtual clock were made one after the other.
      this.#last = Math.max(this.#last + 1, this.#now())
      const startedDateTime = new Date(this.#last).toISOString()
      const answer = await fetch(request).catch(() => undefined)
      const text = answer && (await answer.clone().text())
      this.#entries.push({
        startedDateTime,
        time: 12.3,
        _initiator: { type: 'script' },
        request: {
          method: request.method,
          url: request.url,
          httpVersion: 'h2',
          cookies: [],
          headers: [{ name: ':authority', value: 'x' }, ...listed(request.headers)],
          queryString: [],
          ...(body !== undefined && { postData: { mimeType: 'application/json', text: body } }),
        },
        response: answer
          ? {
              status: answer.status,
              statusText: '',
              headers: listed(answer.headers),
              content: {
                size: text?.length,
                mimeType: 'application/json',
                encoding: 'base64',
                text: Buffer.from(text ?? '').toString('base64'),
              },
            }
          : { status: 0, headers: [], content: { size: 0, mimeType: '' }, _error: 'net::ERR' },
        cache: {},
        timings: { send: 0, wait: 1, receive: 0 },
      })
      if (answer) return answer
      throw new TypeError('fetch failed')
    }

  /** The export, its entries in an order of their own, with calls to others in between. */
  get text(): string {
    const entries = this.#entries.flatMap((entry) => [preflightOf(entry), ofOther(entry), entry])
    const log = { version: '1.2', creator: { name: 'a browser' }, entries: entries.reverse() }
    return `\uFEFF${JSON.stringify({ log }, null, 1)}`
  }
}

const listed = (headers: Headers) => [...headers].map(([name, value]) => ({ name, value }))

const ofOther = ({ startedDateTime }: Entry) => ({
  startedDateTime,
  request: { method: 'GET', url: 'https://cdn.invalid/v2/orders/1', headers: [] },
  response: { status: 200, headers: [], content: { text: '{"orderId":"1","status":"NEW"}' } },
})

const preflightOf = ({ startedDateTime, request }: Entry) => ({
  startedDateTime,
  request: { ...(request as object), method: 'OPTIONS' },
  response: { status: 204, headers: [] },
})
