import { z } from 'zod'
import type { RawCall } from './raw-call.ts'
import { ReplayError } from './replay-error.ts'

const pairs = z.array(z.object({ name: z.string(), value: z.string().catch('') })).catch([])
const optionalText = z.string().optional().catch(undefined)

/** What is read of an entry of HAR 1.2; browsers and proxies add and leave out much. */
const entrySchema = z.object({
  startedDateTime: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'it is no time'),
  request: z.object({
    method: z.string(),
    url: z.string(),
    headers: pairs,
    postData: z
      .object({ text: optionalText, encoding: optionalText, params: pairs })
      .optional()
      .catch(undefined),
  }),
  response: z.object({
    status: z.number(),
    headers: pairs,
    content: z
      .object({ text: optionalText, encoding: optionalText, mimeType: optionalText })
      .optional()
      .catch(undefined),
  }),
})
type Entry = z.infer<typeof entrySchema>

const harSchema = z.object({ log: z.object({ entries: z.array(z.unknown()) }) })

export function isHar(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'log' in value
}

/**
 * Reads a HAR 1.2 as a browser or a proxy exports it, whatever the order of its entries.
 *
 * @throws {ReplayError} It has no entries, or one that is none.
 */
export function readHar(value: unknown, file: string): readonly RawCall[] {
  const har = harSchema.safeParse(value)
  if (!har.success) throw new ReplayError(file, 'it has no list log.entries, as a HAR would.')
  return har.data.log.entries
    .map((entry, index) => {
      const read = entrySchema.safeParse(entry)
      if (read.success) return callOf(read.data)
      const [issue] = read.error.issues
      const path = ['log', 'entries', index, ...(issue?.path ?? [])].join('.')
      throw new ReplayError(file, `${path}: ${issue?.message}.`)
    })
    .filter(({ method }) => method !== 'OPTIONS')
}

function callOf({ startedDateTime, request, response }: Entry): RawCall {
  const { content } = response
  const sent = request.postData && bodySent(request.postData)
  const got = content?.text === undefined ? undefined : decoded(content.text, content.encoding)
  const type = response.headers.find(({ name }) => /^content-type$/i.test(name))?.value
  const contentType = type ?? content?.mimeType
  return {
    at: Date.parse(startedDateTime),
    method: request.method,
    url: request.url,
    ...(sent !== undefined && { body: sent }),
    // 0: the browser got no answer.
    ...(response.status > 0 && {
      answer: {
        status: response.status,
        ...(contentType && { contentType }),
        ...(got !== undefined && { body: got }),
      },
    }),
    requestHeaders: request.headers,
    answerHeaders: response.headers,
  }
}

function bodySent({ text, encoding, params }: NonNullable<Entry['request']['postData']>) {
  if (text !== undefined) return decoded(text, encoding)
  if (params.length === 0) return undefined
  return new URLSearchParams(params.map(({ name, value }) => [name, value])).toString()
}

function decoded(text: string, encoding: string | undefined): string {
  return encoding === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text
}
