import type { Operation } from '../../api/contract/endpoints.ts'
import type { Answer, Call, Deviation, Scene } from './deviation.ts'

/**
 * Alters what some operations are answered with.
 *
 * @param change - The same answer leaves it as it is.
 */
export function altering(
  operations: readonly Operation[],
  change: (answer: Answer, call: Call, scene: Scene) => Answer,
): Deviation['begin'] {
  return (scene) => ({
    alter: (call, answer) =>
      call.operation !== undefined && operations.includes(call.operation)
        ? change(answer, call, scene)
        : answer,
  })
}

export function isSuccess({ status }: Answer): boolean {
  return status >= 200 && status < 300
}

/** An answer with headers replaced, or taken out where they have no value. */
export function withHeaders(
  answer: Answer,
  changes: Readonly<Record<string, string | undefined>>,
): Answer {
  const headers = new Headers(answer.headers)
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined) headers.delete(name)
    else headers.set(name, value)
  }
  return { ...answer, headers }
}

/** A success in the place of a refusal. */
export function successInstead(answer: Answer, body: unknown): Answer {
  return { ...withHeaders(answer, { 'Content-Type': 'application/json' }), status: 200, body }
}

/** A refusal in the place of a success. */
export function refusalInstead(answer: Answer, status: number): Answer {
  const bare = withHeaders(answer, { SSO_TOKEN: undefined, 'Set-Cookie': undefined })
  return { ...bare, status, body: { errorCode: 'REFUSED', errorMessage: 'Refused.' } }
}

/** What rules call an operation: `placeOrder` is `place-order`. */
export function nameOf(operation: Operation): string {
  return operation.replaceAll(/[A-Z]/g, (capital) => `-${capital.toLowerCase()}`)
}
