import type { Exchange } from '../../evidence/exchange.ts'
import type { Redactor } from '../../evidence/redaction.ts'
import type {
  ControlAction,
  Journal,
  JournalEntry,
  JournalledCall,
} from '../../mocks/server/journal.ts'
import type { JournalReader } from '../../mocks/server/journal-reader.ts'
import type { Venue } from '../../mocks/server/venue.ts'
import { headersOf, JournalKnowledge } from './journal-knowledge.ts'

/** A call of the API as evidence: redacted, with what only the server knows of it. */
export interface ServedExchange extends Exchange {
  readonly kind: 'call'
  /** What was staged to disturb it. */
  readonly fault?: string
  /** Whether the call did its work all the same. */
  readonly tookEffect?: boolean
  /** Whether the answer got through; absent while nobody knows. */
  readonly delivered?: boolean
  /** Epoch milliseconds of the machine. */
  readonly receivedAt: number
  readonly answeredAt: number
}

type ShownEntry = ServedExchange | ControlAction

/** Shows journals as the evidence shows exchanges: no password, token or signature is in it. */
export function journalReader(origin: () => string): JournalReader {
  const known = new WeakMap<Journal, JournalKnowledge>()
  const show = (venue: Venue, entries: readonly JournalEntry[]): readonly ShownEntry[] => {
    const { journal } = venue
    const knowledge = known.get(journal) ?? new JournalKnowledge(journal)
    known.set(journal, knowledge)
    knowledge.read(secretsOf(venue))
    return entries.map((entry) =>
      entry.kind === 'control'
        ? redactedAction(entry, knowledge.redactor)
        : exchangeOf(entry, knowledge, origin()),
    )
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

/** Those that were enrolled need not have logged in yet; of a guest, the login tells. */
function* secretsOf({ exchange }: Venue): Iterable<string> {
  for (const { password, hmacSecret, isGuest } of exchange.directory.all) {
    if (isGuest === true) continue
    yield password
    yield hmacSecret
  }
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

function exchangeOf(
  call: JournalledCall,
  knowledge: JournalKnowledge,
  origin: string,
): ServedExchange {
  const { redactor } = knowledge
  const { number, operation, at, doneAt, method, target, answer, fault, delivered } = call
  const { tookEffect } = call
  const headers = headersOf(call.rawHeaders)
  const sentHeaders = redactor.redactHeaders(headers)
  const sent = call.body === '' ? undefined : call.body
  const body = operation === 'login' && sent !== undefined ? redactor.redactLogin(sent) : sent
  const answered = answer && answerOf(answer, redactor)
  return {
    ...{ kind: 'call', number, at, tookMs: doneAt - at },
    ...{ receivedAt: call.receivedAt, answeredAt: call.answeredAt },
    ...(operation && { operation }),
    ...(fault !== undefined && { fault }),
    ...(tookEffect !== undefined && { tookEffect }),
    ...(delivered !== undefined && { delivered }),
    request: {
      method,
      url: redactor.redact(origin + target),
      headers: sentHeaders,
      ...(body !== undefined && { body: shownBody(redactor.redact(body), call) }),
    },
    ...knowledge.factsOf(call),
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
  { status, headers: listed, text }: NonNullable<JournalledCall['answer']>,
  redactor: Redactor,
) {
  const headers = redactor.redactHeaders(headersOf(listed.flat()))
  const body = text === undefined ? {} : { body: redactor.redact(text) }
  return { response: { status, headers, ...body } }
}
