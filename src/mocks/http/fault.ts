import { z } from 'zod'
import { contradictionOf, countingShape, matchingShape } from './fault-matching.ts'
import { delaySchema, LONGEST_MS } from './latency.ts'

/** Before the call did anything, or after all of it, so that only the answer is lost. */
const when = z.literal(['before', 'after'])
const statuses = 'a server error has 500 or 503, a "gateway error" 502 or 504'
const byteCount = z
  .int()
  .nonnegative()
  .max(2 ** 30)
const FRAMING = /^(connection|content-length|keep-alive|te|trailer|transfer-encoding|upgrade)$/i
const headerName = z
  .string()
  .max(100)
  .regex(/^[!#$%&'*+.^`|~\w-]+$/)
  .refine((name) => !FRAMING.test(name), 'a header that frames the answer cannot be staged')
const headerValue = z
  .string()
  .max(2_000)
  .regex(/^[\t\x20-\x7e]*$/)

export const faultSchema = z.discriminatedUnion('kind', [
  /**
   * The server answers with the error object. The call did nothing, unless setting `fault.place5xx`
   * says that a placing went through.
   */
  z.strictObject({
    kind: z.literal('server error').default('server error'),
    status: z.literal([500, 503], statuses),
    ...matchingShape,
  }),
  /** The connection is cut, and there is no answer. */
  z.strictObject({ kind: z.literal('cut'), when, ...matchingShape }),
  /** A gateway answers in the server's stead: with a page in HTML and no error object. */
  z.strictObject({
    kind: z.literal('gateway error'),
    status: z.literal([502, 504], statuses),
    when,
    ...matchingShape,
  }),
  /** Any refusal. A `body` that is a text goes out as it stands; without one it is the error object. */
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    body: z.json().exactOptional(),
    headers: z.record(headerName, headerValue).default({}),
    when: when.default('before'),
    ...matchingShape,
  }),
  /** 429 with the error object and `Retry-After`; the call did nothing. */
  z.strictObject({
    kind: z.literal('rate limited'),
    retryAfterSeconds: z
      .int()
      .nonnegative()
      .max(LONGEST_MS / 1_000),
    ...matchingShape,
  }),
  /** A page in HTML in place of the answer, as of a proxy, whatever the status says. */
  z.strictObject({
    kind: z.literal('HTML page'),
    status: z
      .int()
      .min(200)
      .max(599)
      .refine((status) => status !== 204 && status !== 205 && !isRedirect(status), 'no page has it')
      .default(200),
    when: when.default('before'),
    ...matchingShape,
  }),
  /** The call did its work, and what it answers cannot be parsed. */
  z.strictObject({ kind: z.literal('malformed JSON'), ...matchingShape }),
  /** The call did its work, and its answer is said to be something else than it is. */
  z.strictObject({
    kind: z.literal('wrong content type'),
    contentType: headerValue.min(1).default('text/plain'),
    ...matchingShape,
  }),
  /**
   * The call did its work, and the connection breaks off within the body: after `afterBytes`, or after
   * a `share` of it from 0 to below 1, half of it by default. A byte at least is missing.
   */
  z
    .strictObject({
      kind: z.literal('truncated body'),
      afterBytes: byteCount.exactOptional(),
      share: z.number().min(0).lt(1).exactOptional(),
      ...matchingShape,
    })
    .refine(
      ({ afterBytes, share }) => afterBytes === undefined || share === undefined,
      'it has afterBytes or share, not both',
    ),
  /** The token that the call carries expires just before the call is handled. */
  z.strictObject({ kind: z.literal('expired token'), ...matchingShape }),
  /** The request reaches the exchange twice; the client gets the `answer` to one of the two. */
  z.strictObject({
    kind: z.literal('duplicate request'),
    answer: z.literal(['first', 'second']).default('second'),
    ...matchingShape,
  }),
  /** The answer comes late; the call does its work at once. */
  z.strictObject({ kind: z.literal('latency'), ms: delaySchema, ...matchingShape }),
  /** The body comes in pieces of so many bytes, each so many milliseconds after the last. */
  z.strictObject({
    kind: z.literal('slow body'),
    bytes: byteCount.min(1),
    everyMs: z.number().nonnegative().max(LONGEST_MS),
    ...matchingShape,
  }),
  /** The trades of a download that has any come again in the next one. */
  z.strictObject({
    kind: z.literal('duplicate delivery'),
    operation: z.literal('downloadTrades'),
    ...countingShape,
  }),
])

/** A deliberate disturbance of the calls that it matches. */
export type Fault = Readonly<z.input<typeof faultSchema>>

/** The one kind of fault that needs no `kind`. */
export type ServerFault = Extract<Fault, { readonly kind?: 'server error' | undefined }>

/** A fault as read: what was absent is filled in. */
export type ReadFault = Readonly<z.output<typeof faultSchema>>
export type FaultKind = ReadFault['kind']
export type FaultOf<K extends FaultKind> = Extract<ReadFault, { readonly kind: K }>

const kinds = faultSchema.options
  .map(({ shape: { kind } }) => (kind instanceof z.ZodDefault ? kind.unwrap() : kind).value)
  .map((kind) => `"${kind}"`)
  .join(', ')

/** @throws {RangeError} One sentence, where there is no such fault. */
export function readFault(given: Fault): ReadFault {
  const parsed = faultSchema.safeParse(given)
  const why = parsed.success ? contradictionOf(parsed.data) : problemOf(parsed.error.issues[0])
  if (parsed.success && why === undefined) return parsed.data
  throw new RangeError(`Failed to stage a fault: ${why}.`)
}

function problemOf(issue: z.core.$ZodIssue | undefined): string | undefined {
  const where = issue?.path.join('.')
  if (where === 'kind') return `its kind is none of ${kinds}`
  return where ? `its ${where} is wrong: ${issue?.message}` : issue?.message
}

function isRedirect(status: number): boolean {
  return status >= 300 && status < 400
}
