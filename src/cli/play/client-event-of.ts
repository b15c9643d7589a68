import type { ClientEvent } from '../../backends/playing/client-event.ts'
import type { Delivery, DoorRequest } from '../../mocks/http/door.ts'

/** A call as a door handled it. */
export interface HandledCall extends Pick<ClientEvent, 'operation' | 'at' | 'user' | 'exchange'> {
  readonly request: Pick<DoorRequest, 'query' | 'params' | 'body'>
  readonly delivery: Pick<Delivery, 'answer' | 'breakOffAfter'>
}

/** What a play is told of a call. An answer that breaks off counts as none: nobody can read it. */
export function clientEventOf({ request, delivery, ...call }: HandledCall): ClientEvent {
  const { answer, breakOffAfter } = delivery
  const isCut = answer === 'cut' || breakOffAfter !== undefined
  return {
    ...call,
    request: {
      body: jsonOf(request.body),
      query: Object.fromEntries(request.query),
      params: request.params,
    },
    answer: isCut ? 'none' : { status: answer.status, body: jsonOf(answer.text) },
  }
}

/** `undefined` where there is nothing, or nothing that is JSON. */
function jsonOf(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? '')
  } catch {
    return undefined
  }
}
