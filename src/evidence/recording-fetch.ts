import type { Clock } from '../api/clock.ts'
import type { Fetch } from '../api/fetch.ts'
import { knownText } from '../api/known-text.ts'
import { type CredentialFacts, factsOfAnswer, factsOfRequest } from './credential-facts.ts'
import type { Exchange } from './exchange.ts'
import type { Transcript } from './transcript.ts'

type Outcome = Pick<Exchange, 'response' | 'error' | 'issuedToken'>

/** What exchanges are written into. */
export interface Recorder
  extends Pick<Transcript, 'redactor' | 'step' | 'matches' | 'nextNumber' | 'record'> {
  /** Told of each request before it leaves, redacted as far as secrets are known by then. */
  sending?(exchange: Exchange): void
}

/**
 * A fetch that writes every request and its answer, redacted, into a transcript.
 *
 * The answer is handed on when its body has come in whole, so that the transcript is complete
 * whenever the caller knows anything. A body that breaks off is recorded as an error, and breaks off
 * for the caller too.
 *
 * @param clock - The backend's: times in the transcript are the times that orders and tokens know.
 */
export function recordingFetch(fetch: Fetch, transcript: Recorder, clock: Clock): Fetch {
  const { redactor } = transcript
  return async (request) => {
    const number = transcript.nextNumber()
    const { step } = transcript
    const sentBody =
      request.body === null ? undefined : (knownText(request) ?? (await request.clone().text()))
    const at = clock.now()
    const operation = transcript.matches(request.method, request.url)?.operation
    const facts = factsOfRequest(redactor.ledger, operation, request.headers, sentBody, at)

    // Learnt before the answer comes: it may echo what was sent.
    const headers = redactor.redactHeaders(request.headers)
    const known = redactor.learned
    if (operation === 'login' && sentBody !== undefined) redactor.redactLogin(sentBody)

    const headersNow = () =>
      redactor.learned === known ? headers : redactor.redactHeaders(request.headers)

    const exchange = (outcome: Outcome, doneAt = clock.now()): Exchange => {
      const body =
        operation === 'login' && sentBody !== undefined ? redactor.redactLogin(sentBody) : sentBody
      return {
        number,
        ...(operation === undefined ? {} : { operation }),
        at,
        tookMs: doneAt - at,
        ...(step === undefined ? {} : { step: redactor.redact(step) }),
        request: {
          method: request.method,
          url: redactor.redact(request.url),
          headers: headersNow(),
          ...(body === undefined ? {} : { body: redactor.redact(body) }),
        },
        ...inOrder(outcome, facts),
      }
    }
    // Redacted anew at the end: the answer may have told of a secret.
    const record = (outcome: Outcome, doneAt = clock.now()): void =>
      transcript.record(exchange(outcome, doneAt))

    transcript.sending?.(exchange({}))
    try {
      const answer = await fetch(request)
      const headers = redactor.redactHeaders(answer.headers)
      const { status } = answer
      const read = await bodyOf(answer)
      const error = read.error === undefined ? {} : { error: redactor.redact(read.error) }
      const body = read.body === undefined ? {} : { body: redactor.redact(read.body) }
      const doneAt = clock.now()
      const issued = factsOfAnswer(redactor.ledger, operation, request, answer, read, doneAt)
      record({ response: { status, headers, ...body }, ...error, ...issued }, doneAt)
      return answer
    } catch (error) {
      record({ error: redactor.redact(describe(error)) })
      throw error
    }
  }
}

/** As the form of an exchange has them: what is read back from a document is the same to the byte. */
function inOrder(
  { issuedToken, ...answer }: Outcome,
  { token, password }: CredentialFacts,
): Outcome & CredentialFacts {
  return {
    ...answer,
    ...(token && { token }),
    ...(issuedToken !== undefined && { issuedToken }),
    ...(password !== undefined && { password }),
  }
}

async function bodyOf(answer: Response): Promise<{ body?: string; error?: string }> {
  const known = knownText(answer)
  if (known !== undefined) return { body: known }
  if (answer.body === null) return {}
  try {
    return { body: await answer.clone().text() }
  } catch (error) {
    return { error: describe(error) }
  }
}

/** The message of an error and of all that caused it. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  const own = `${error.name}: ${error.message}`
  return error.cause === undefined ? own : `${own} (${describe(error.cause)})`
}
