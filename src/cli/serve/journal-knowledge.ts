import {
  type CredentialFacts,
  factsOfAnswer,
  factsOfRequest,
} from '../../evidence/credential-facts.ts'
import { createRedactor, type Redactor } from '../../evidence/redaction.ts'
import type { Journal, JournalledCall } from '../../mocks/server/journal.ts'

/** Headers that can carry a token, a signature or a password. */
const CREDENTIALS = /^(?:sso_token|cookie|set-cookie|authorization|proxy-authorization)$/i

/**
 * What the calls of a journal tell of secrets: which there are, and which token and password each call went
 * with. It grows with the journal, so that looking costs no more than what came in since the last look.
 */
export class JournalKnowledge {
  readonly #journal: Journal
  #redactor = createRedactor()
  /** By the number of the call. */
  #facts = new Map<number, CredentialFacts>()
  /** The number of the last entry that was read. */
  #read = 0
  /** How many the journal had forgotten when it was first read. */
  #forgotten: number
  /** The numbers of calls that were under way when they were read, and may bring a token. */
  #awaited: number[] = []

  constructor(journal: Journal) {
    this.#journal = journal
    this.#forgotten = journal.forgotten
  }

  get redactor(): Redactor {
    return this.#redactor
  }

  /** What was read of a call. */
  factsOf(call: JournalledCall): CredentialFacts {
    return this.#facts.get(call.number) ?? {}
  }

  /** Reads what came in. @param known - Secrets besides those of the calls. */
  read(known: Iterable<string>): void {
    if (this.#isOutdated) this.#beginAnew()
    for (const secret of known) this.#redactor.learn(secret)
    for (const entry of this.#journal.after(this.#read))
      if (entry.kind === 'call') this.#facts.set(entry.number, this.#factsIn(entry))
    this.#read = this.#journal.last
  }

  /** When an answer had come in is known late; and what is known only of forgotten calls piles up. */
  get #isOutdated(): boolean {
    const { forgotten, size } = this.#journal
    return (
      forgotten - this.#forgotten > size ||
      this.#awaited.some((number) => this.#isDelivered(number))
    )
  }

  #isDelivered(number: number): boolean {
    const [entry] = this.#journal.after(number - 1, 1)
    return entry?.kind === 'call' && entry.delivered !== undefined
  }

  #beginAnew(): void {
    this.#redactor = createRedactor()
    this.#facts = new Map()
    this.#read = 0
    this.#forgotten = this.#journal.forgotten
    this.#awaited = []
  }

  #factsIn(call: JournalledCall): CredentialFacts {
    const { operation, rawHeaders, body, at, answer, delivered, doneAt } = call
    const redactor = this.#redactor
    const sent = body === '' ? undefined : body
    const headers = headersOf(rawHeaders, CREDENTIALS)
    redactor.redactHeaders(headers)
    if (operation === 'login' && sent !== undefined) redactor.redactLogin(sent)
    const facts = factsOfRequest(redactor.ledger, operation, headers, sent, at)
    if (!answer) return facts
    const { status, text } = answer
    const answered = headersOf(answer.headers.flat(), CREDENTIALS)
    redactor.redactHeaders(answered)
    const issues = operation === 'login' || operation === 'renew'
    if (!issues) return facts
    if (delivered === undefined) this.#awaited.push(call.number)
    const response = { ok: status >= 200 && status < 300, headers: answered }
    const read = text === undefined ? {} : { body: text }
    return {
      ...facts,
      ...factsOfAnswer(redactor.ledger, operation, { headers }, response, read, doneAt),
    }
  }
}

/** Names and values in turn as headers; a name that `Headers` does not take is left out. */
export function headersOf(raw: readonly string[], wanted = /^/): Headers {
  const headers = new Headers()
  for (let at = 0; at + 1 < raw.length; at += 2) {
    const name = raw[at] ?? ''
    if (!wanted.test(name)) continue
    try {
      headers.append(name, raw[at + 1] ?? '')
    } catch {
      // Not shown: it may be anything.
    }
  }
  return headers
}
