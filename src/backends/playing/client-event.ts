import type { Operation } from '../../api/contract/endpoints.ts'

/** One call of a client, once it was handled. */
export interface ClientEvent {
  readonly operation: Operation
  /** Epoch milliseconds of the organisation's clock. */
  readonly at: number
  /** Who called, as the login names them; absent where nobody can tell. */
  readonly user?: string
  readonly request: {
    /** As parsed; `undefined` where there was none, or none that is JSON. */
    readonly body?: unknown
    readonly query: Readonly<Record<string, string>>
    readonly params: Readonly<Record<string, string>>
  }
  /** What reached the client; `none` where the connection was cut. */
  readonly answer: { readonly status: number; readonly body?: unknown } | 'none'
  /** Its number in the journal. */
  readonly exchange: number
}

/** The code of the answer; 0 where none came. */
export function codeOf({ answer }: ClientEvent): number {
  return answer === 'none' ? 0 : answer.status
}

/** The objects of an answer of success, whether they came bare or in a list. */
export function objectsOf(event: ClientEvent): readonly Readonly<Record<string, unknown>>[] {
  const { answer } = event
  if (answer === 'none' || !isSuccess(event)) return []
  const all: readonly unknown[] = Array.isArray(answer.body) ? answer.body : [answer.body]
  return all.filter(
    (each): each is Readonly<Record<string, unknown>> => typeof each === 'object' && each !== null,
  )
}

export function isSuccess(event: ClientEvent): boolean {
  const code = codeOf(event)
  return code >= 200 && code < 300
}
