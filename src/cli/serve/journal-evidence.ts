import { factsOfAnswer, factsOfRequest } from '../../evidence/credential-facts.ts'
import type { Exchange } from '../../evidence/exchange.ts'
import { createRedactor, type Redactor } from '../../evidence/redaction.ts'
import type { ControlAction, JournalEntry, JournalledCall } from '../../mocks/server/journal.ts'
import type { JournalReader } from '../../mocks/server/journal-reader.ts'
import type { Venue } from '../../mocks/server/venue.ts'

/** A call of the API as evidence: redacted, with what only the server knows of it. */
export interface ServedExchange extends Exchange {
  readonly kind: 'call'
  /** What was staged to disturb it. */
  readonly fault?: string
  /** Whether the answer got through; absent while nobody knows. */
  readonly delivered?: boolean
  /** Epoch milliseconds of the machine. */
  readonly receivedAt: number
  readonly answeredAt: number
}

type ShownEntry = ServedExchange | ControlAction

/** Shows journals as the evidence shows exchanges: no password, token or signature is in it. */
export function journalReader(origin: () => string): JournalReader {
  const show = (venue: Venue, entries: readonly JournalEntry[]): readonly ShownEntry[] => {
    const redactor = createRedactor(secretsOf(venue))
    const shown = new Set(entries)
    // From the first one kept: tokens are told apart by the order in which they came.
    return venue.journal.after(0).flatMap((entry): ShownEntry[] => {
      if (entry.kind === 'control') return shown.has(entry) ? [redactedAction(entry, redactor)] : []
      const exchange = exchangeOf(entry, redactor, origin())
      return shown.has(entry) ? [exchange] : []
    })
  }
  const judged = async (venue: Venue) => {
    // Not before somebody asks: a server starts faster without its judge.
    const { clientReportOf, clientReportText } = await import('./client-report-of.ts')
    const report = clientReportOf(venue, show(venue, venue.journal.after(0)), origin())
    return { report, text: () => clientReportText(report) }
  }
  return {
    show,
    report: async (venue) => (await judged(venue)).report,
    reportText: async (venue) => (await judged(venue)).text(),
  }
}

/** Passwords that no kept call may show any more, but another one may quote. */
function secretsOf({ exchange }: Venue): readonly string[] {
  return exchange.directory.all.flatMap(({ password, hmacSecret }) => [password, hmacSecret])
}

function redactedAction({ details, ...action }: ControlAction, redactor: Redactor): ControlAction {
  return { ...action, details: redacted(details, redactor) }
}

/** JSON with its texts redacted, each by itself: a secret may look like JSON. */
function redacted(value: unknown, redactor: Redactor): unknown {
  if (typeof value === 'string') return redactor.redact(value)
  if (Array.isArray(value)) return value.map((each) => redacted(each, redactor))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, each]) => [name, redacted(each, redactor)]),
  )
}

function exchangeOf(call: JournalledCall, redactor: Redactor, origin: string): ServedExchange {
  const { number, operation, at, doneAt, method, target, answer, fault, delivered } = call
  const headers = headersOf(call.rawHeaders)
  const sentHeaders = redactor.redactHeaders(headers)
  const sent = call.body === '' ? undefined : call.body
  const body = operation === 'login' && sent !== undefined ? redactor.redactLogin(sent) : sent
  const facts = factsOfRequest(redactor.ledger, operation, headers, sent, at)
  const answered = answer && answerOf(call, answer, headers, redactor)
  return {
    ...{ kind: 'call', number, at, tookMs: doneAt - at },
    ...{ receivedAt: call.receivedAt, answeredAt: call.answeredAt },
    ...(operation && { operation }),
    ...(fault !== undefined && { fault }),
    ...(delivered !== undefined && { delivered }),
    request: {
      method,
      url: redactor.redact(origin + target),
      headers: sentHeaders,
      ...(body !== undefined && { body: shownBody(redactor.redact(body), call) }),
    },
    ...facts,
    ...(answered ?? { error: 'The connection was cut: there is no answer.' }),
    ...(answered && delivered === false && { error: 'The answer did not get through whole.' }),
  }
}

/** What may be left of a secret at the end of a body that was cut off: its longest form has fewer characters. */
const CUT_SECRET = 4096

function shownBody(redacted: string, { body, bodyLength }: JournalledCall): string {
  if (bodyLength === body.length) return redacted
  return `${redacted.slice(0, -CUT_SECRET)}… (${bodyLength} characters in all)`
}

function answerOf(
  { operation, doneAt }: JournalledCall,
  { status, headers: listed, text }: NonNullable<JournalledCall['answer']>,
  sent: Headers,
  redactor: Redactor,
) {
  const headers = new Headers(listed.map(([name, value]): [string, string] => [name, value]))
  const shown = redactor.redactHeaders(headers)
  const answer = { ok: status >= 200 && status < 300, headers }
  const read = text === undefined ? {} : { body: text }
  const issued = factsOfAnswer(redactor.ledger, operation, { headers: sent }, answer, read, doneAt)
  const body = text === undefined ? {} : { body: redactor.redact(text) }
  return { response: { status, headers: shown, ...body }, ...issued }
}

/** What Node lists in turn; a name that `Headers` does not take is left out. */
function headersOf(raw: readonly string[]): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    try {
      headers.append(raw[at] ?? '', raw[at + 1] ?? '')
    } catch {
      // Not shown: it may be anything.
    }
  }
  return headers
}
