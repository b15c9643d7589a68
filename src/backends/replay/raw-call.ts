import { createRedactor } from '../../evidence/redaction.ts'
import type { RecordedCall } from './recording.ts'

type Headers = readonly { readonly name: string; readonly value: string }[]

/** A call as a file has it, secrets and all: it goes no further than {@link withoutSecrets}. */
export interface RawCall extends RecordedCall {
  readonly requestHeaders: Headers
  readonly answerHeaders: Headers
}

/** Headers that may carry a secret under a name that nobody documented. */
const SUSPECT = /token|secret|api-?key|auth|session|password/i
/** What is shorter may be an ordinary word, or a number. */
const MIN_SUSPECT_LENGTH = 8

/**
 * Learns the secrets of all calls, then takes them out of all of them, so that what is kept may be shown
 * to anybody. Headers are dropped.
 */
export function withoutSecrets(raw: readonly RawCall[]): readonly RecordedCall[] {
  const redactor = createRedactor()
  for (const call of raw) {
    const headers = [...call.requestHeaders, ...call.answerHeaders]
    redactor.redactHeaders(headersOf(headers))
    for (const secret of headers.flatMap(suspects)) redactor.learn(secret)
    if (call.body !== undefined && isLogin(call)) redactor.redactLogin(call.body)
  }
  const clean = (text: string) => redactor.redact(text)
  return raw.map(({ requestHeaders, answerHeaders, body, answer, url, ...call }) => ({
    ...call,
    url: clean(url),
    ...(body !== undefined && {
      body: clean(isLogin({ url }) ? redactor.redactLogin(body) : body),
    }),
    ...(answer && {
      answer: { ...answer, ...(answer.body !== undefined && { body: clean(answer.body) }) },
    }),
  }))
}

const isLogin = ({ url }: Pick<RawCall, 'url'>): boolean => /\/login\b/i.test(url)

function suspects({ name, value }: Headers[number]): string[] {
  const values = /^(?:set-)?cookie$/i.test(name)
    ? value.split(';').map((pair) => pair.split('=').slice(1).join('=').trim())
    : [value.trim()].filter(() => SUSPECT.test(name))
  return values.filter((each) => each.length >= MIN_SUSPECT_LENGTH)
}

/** What is no header by its name or value, e.g. `:authority` of HTTP/2, carries nothing that we know. */
function headersOf(list: Headers): globalThis.Headers {
  const headers = new Headers()
  for (const { name, value } of list) {
    try {
      headers.append(name, value)
    } catch {}
  }
  return headers
}
