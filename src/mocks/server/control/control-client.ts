import type { Fetch } from '../../../api/fetch.ts'
import {
  type ControlAnswer,
  type ControlBody,
  type ControlOperation,
  type ControlQuery,
  controlContract,
} from './contract.ts'
import { CONTROL_PREFIX, type ControlContract } from './control-contract.ts'
import { ControlError } from './control-error.ts'
import { errorSchema } from './schemas.ts'

export interface ControlClientOptions {
  /** Where the server listens, e.g. `http://127.0.0.1:8080`. */
  readonly origin: string
  readonly fetch: Fetch
}

/** What an operation is called with; what it does not have is left out. */
export interface ControlInput<O extends ControlOperation> {
  readonly body?: ControlBody<O>
  readonly query?: ControlQuery<O>
  readonly params?: Readonly<Record<string, string>>
}

/**
 * Calls one operation of the control API.
 *
 * @throws {ControlError} It was turned down, with the sentence that says why.
 * @throws {TypeError} No answer.
 */
export type ControlCaller = <O extends ControlOperation>(
  operation: O,
  input?: ControlInput<O>,
) => Promise<ControlAnswer<O>>

/** A typed client of the control API of `serve`. */
export function controlClient({ origin, fetch }: ControlClientOptions): ControlCaller {
  return async (operation, { body, query, params = {} } = {}) => {
    const row: ControlContract = controlContract[operation]
    const path = row.path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      encodeURIComponent(params[name] ?? ''),
    )
    const url = new URL(CONTROL_PREFIX + path, origin)
    for (const [name, value] of Object.entries(Object(query)))
      url.searchParams.set(name, String(value))
    const answer = await fetch(
      new Request(url, {
        method: row.method,
        ...(body !== undefined && {
          headers: { 'Content-Type': 'application/json' },
          body: JSON.stringify(body),
        }),
      }),
    )
    if (!answer.ok) throw await refusalOf(answer)
    const content: unknown = row.isText ? await answer.text() : row.answer && (await answer.json())
    const value: unknown = row.answer?.parse(content)
    return value as ControlAnswer<typeof operation>
  }
}

async function refusalOf(answer: Response): Promise<ControlError> {
  const text = await answer.text()
  const read = errorSchema.safeParse(parse(text))
  const { error, path } = read.data ?? { error: text, path: undefined }
  return new ControlError(answer.status, error, path)
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
