import { z } from 'zod'
import { type Exchange, exchangeSchema } from '../../evidence/exchange.ts'
import type { RawCall } from './raw-call.ts'
import { ReplayError } from './replay-error.ts'

const lineSchema = z.object({
  phase: z.enum(['sent', 'ended', 'judged']),
  scenario: z.string(),
  number: z.int().positive(),
})

/** The ends of the chain that a transcript is, which tell of no exchange. */
const chainEndSchema = z.union([z.object({ chain: z.string() }), z.object({ end: z.string() })])

/** What a transcript tells. */
interface ReadTranscript {
  readonly calls: readonly RawCall[]
  readonly remarks: readonly string[]
}

/**
 * Reads `transcript.ndjson` as a run on an endpoint writes it.
 *
 * @throws {ReplayError} A line is no JSON, or no exchange.
 */
export function readTranscript(text: string, file: string): ReadTranscript {
  const lines = text.split('\n').map((line) => line.trim())
  const calls = new Map<string, RawCall>()
  const remarks: string[] = []
  for (const [index, line] of lines.entries()) {
    if (line === '') continue
    const value = parsed(line)
    // A killed run may leave its last line half written.
    if (value === undefined && index === lines.length - 1 && index > 0) {
      remarks.push(`Line ${index + 1}, the last, is cut off, and is left out.`)
      continue
    }
    const exchange = readLine(value, index + 1, file)
    if (exchange) calls.set(exchange.key, callOf(exchange.value))
  }
  return { calls: [...calls.values()], remarks }
}

function readLine(
  value: unknown,
  number: number,
  file: string,
): { readonly key: string; readonly value: Exchange } | undefined {
  if (value === undefined) {
    throw new ReplayError(
      file,
      `line ${number} is not JSON; give the transcript.ndjson of a run, a HAR, or an outcome script.`,
    )
  }
  if (chainEndSchema.safeParse(value).success) return undefined
  const line = lineSchema.safeParse(value)
  if (line.data?.phase === 'judged') return undefined
  const exchange = exchangeSchema.safeParse(value)
  const issue = line.error?.issues[0] ?? exchange.error?.issues[0]
  if (!line.success || !exchange.success) {
    throw new ReplayError(
      file,
      `line ${number} is no exchange of a transcript: ${issue?.path.join('.') || 'line'}: ${issue?.message}.`,
    )
  }
  // Taken up from another scenario, where it stands as well.
  if (exchange.data.sharedFrom !== undefined) return undefined
  const { at } = exchange.data
  return { key: `${at} ${line.data.number} ${line.data.scenario}`, value: exchange.data }
}

function callOf({ at, operation, request, response, error }: Exchange): RawCall {
  const contentType = response?.headers.find(({ name }) => /^content-type$/i.test(name))?.value
  return {
    at,
    method: request.method,
    url: request.url,
    ...(operation !== undefined && { operation }),
    ...(request.body !== undefined && { body: request.body }),
    // An answer that broke off is no answer that an app could read.
    ...(response &&
      error === undefined && {
        answer: {
          status: response.status,
          ...(contentType !== undefined && { contentType }),
          ...(response.body !== undefined && { body: response.body }),
        },
      }),
    requestHeaders: request.headers,
    answerHeaders: response?.headers ?? [],
  }
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch {
    return undefined
  }
}
