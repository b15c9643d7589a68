import type { Agreed } from '../../backends/backend.ts'
import {
  type ClientEvent,
  codeOf,
  isSuccess,
  objectsOf,
} from '../../backends/playing/client-event.ts'
import { asksFor, type ClientStory } from '../../backends/playing/client-story.ts'
import type { Cue } from '../../backends/playing/roles.ts'
import type { ToldOrder } from '../../backends/playing/told-order.ts'
import type { CueStep } from './play-script.ts'

/** Whether a call is what a step of the trader waits for, whoever made it. */
export function meets(
  { cue, args }: CueStep,
  event: ClientEvent,
  story: ClientStory,
  agreed: Agreed,
): boolean {
  // Who signs every request never logs in.
  if (cue.isSession && event.operation !== 'login') return isSuccess(event)
  if (!cue.operations.includes(event.operation) || !isAnswered(cue, event)) return false
  const symbol = cue.symbol?.(agreed, ...parametersOf(args))
  if (symbol !== undefined && event.request.query.symbol !== symbol) return false
  const order = orderOf({ cue, args }, story)
  if (order && !isAbout(event, order)) return false
  return cue.untilFinal !== true || order?.isFinal === true
}

/** The order that a step of the trader is about; `undefined` where it is about none in particular. */
export function orderOf(
  { cue, args }: Pick<CueStep, 'cue' | 'args'>,
  story: ClientStory,
): ToldOrder | undefined {
  if (!cue.order) return undefined
  const called = cue.order(...parametersOf(args))
  return called === undefined ? story.order : story.orderNamed(called)
}

/** The parameters of a step for a function that was defined beside it, and so knows their types. */
export function parametersOf(args: readonly unknown[]): never[] {
  return [...args] as never[]
}

function isAnswered({ answered = 'usual' }: Cue, event: ClientEvent): boolean {
  const code = codeOf(event)
  if (answered === 'well') return isSuccess(event)
  if (answered === 'refused') return code >= 400
  return (code === 401) === (answered === 'unauthorised')
}

function isAbout(event: ClientEvent, order: ToldOrder): boolean {
  return asksFor(event, order) || objectsOf(event).some(({ orderId }) => order.isCalled(orderId))
}
