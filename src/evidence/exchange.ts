import { z } from 'zod'
import { endpoints, type Operation } from '../api/contract/endpoints.ts'
import { tokenUseSchema } from './token-ledger.ts'

const operationSchema = z.enum(Object.keys(endpoints) as [Operation, ...Operation[]])

const headersSchema = z.array(z.object({ name: z.string(), value: z.string() })).readonly()

/** Headers as they came, in order and with repetitions: `Set-Cookie` stands once per cookie. */
export type ExchangeHeaders = z.infer<typeof headersSchema>

/**
 * One HTTP request with its answer, or with the reason why there was none.
 *
 * Redacted when it is recorded: what stands here may be shown to anybody. Bodies are whole for the
 * judge, and cut to size where they are shown.
 */
export const exchangeSchema = z
  .object({
    /** From 1, in the order in which the requests of the scenario were made. */
    number: z.int().positive(),
    /** What the request asked for; absent where it is no endpoint of the contract. */
    operation: operationSchema.optional(),
    /** When it was sent, in epoch milliseconds of the backend's clock. */
    at: z.number(),
    /** From sending to the last byte of the answer, in milliseconds of the same clock. */
    tookMs: z.number(),
    /** The step that made it, in the scenario's words. */
    step: z.string().optional(),
    /**
     * Where another scenario made it, e.g. `features/x.feature:12 name, exchange 7`: its download
     * consumed a trade of this one, or was made for both. It tells what was traded; the rest is judged
     * where it was made.
     */
    sharedFrom: z.string().optional(),
    /** The number of the login that made it, from 1; absent where the run has but one. */
    login: z.int().positive().optional(),
    request: z
      .object({
        method: z.string(),
        url: z.string(),
        headers: headersSchema,
        body: z.string().optional(),
      })
      .readonly(),
    response: z
      .object({ status: z.int(), headers: headersSchema, body: z.string().optional() })
      .readonly()
      .optional(),
    /** Why there is no answer, or no whole one. */
    error: z.string().optional(),
    /** The token that went along, and what was known of it; absent where none did. */
    token: tokenUseSchema.optional(),
    /** The number of the token that the answer brought; absent where it brought none. */
    issuedToken: z.int().positive().optional(),
    /** The password of a login, as a number that is the same for the same password. */
    password: z.int().positive().optional(),
  })
  .readonly()

export type Exchange = z.infer<typeof exchangeSchema>

/** What an exchange is called wherever a report lists it, e.g. `GET /v2/orders/4820 → 200`. */
export function titleOf({ request, response }: Exchange): string {
  const url = URL.parse(request.url)
  const address = url ? url.pathname + url.search : request.url
  return `${request.method} ${address} → ${response?.status ?? 'no answer'}`
}

/** An exchange as it would look on the wire, for people to read. */
export function asText(exchange: Exchange): string {
  const { request, response, error } = exchange
  const lines = (headers: ExchangeHeaders) => headers.map(({ name, value }) => `${name}: ${value}`)
  const part = (first: string, headers: ExchangeHeaders, body?: string) =>
    [first, ...lines(headers), ...(body ? ['', indentJson(body)] : [])].join('\n')
  const sent = `sent ${new Date(exchange.at).toISOString()}, took ${exchange.tookMs} ms`
  const { step, sharedFrom } = exchange
  return [
    [
      ...(sharedFrom === undefined ? [] : [`made by another scenario: ${sharedFrom}`]),
      ...(step === undefined ? [] : [step]),
      sent,
    ].join('\n'),
    part(`${request.method} ${request.url}`, request.headers, request.body),
    ...(response ? [part(`HTTP ${response.status}`, response.headers, response.body)] : []),
    ...(error === undefined ? [] : [`No whole answer: ${error}`]),
  ].join('\n\n')
}

function indentJson(body: string): string {
  try {
    return depthOf(body) > MOST_LEVELS ? body : JSON.stringify(JSON.parse(body), null, 2)
  } catch {
    return body
  }
}

/** Levels that are indented: a body of a few kilobytes that is all brackets would become megabytes. */
const MOST_LEVELS = 40

/** How deep brackets stand inside one another; those in texts count too. */
function depthOf(body: string): number {
  let depth = 0
  let most = 0
  for (const [bracket] of body.matchAll(/[[\]{}]/g)) {
    depth += bracket === '[' || bracket === '{' ? 1 : -1
    most = Math.max(most, depth)
  }
  return most
}
