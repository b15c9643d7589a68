import { decide, rejected, resting } from './fates.ts'
import { acceptedView } from './order-view.ts'
import { type Order, take } from './orders.ts'
import { cut, failure, gatewayError, html, json, type Reply, silence } from './replies.ts'
import { type ApiRequest, isText, objectIn } from './requests.ts'
import { nth, type State } from './state.ts'
import { problemOf } from './validation.ts'

type Terms = Readonly<Record<string, unknown>>

function refusal({ flags }: State, code: string, message: string): Reply {
  return flags.plainRefusal
    ? html(flags.refusalStatus, `<html><body><h1>${message}</h1></body></html>`)
    : failure(flags.refusalStatus, code, message)
}

const forbidden = (): Reply => failure(403, 'NO_PERMISSION', 'This user is not permitted to trade.')

const accepted = (state: State, order: Order): Reply =>
  json(state.flags.placeStatus, acceptedView(state, order))

function placeInvalid(state: State, terms: Terms, problem: string): Reply {
  const { flags } = state
  const now = Date.now()
  const refused = refusal(state, 'INVALID_ORDER', problem)
  if (!isText(terms.coId)) return refused
  if (flags.acceptsInvalid) return accepted(state, take(state, terms, resting(state, now), now))
  if (flags.refusedButExists) {
    take(state, terms, resting(state, now), now)
    return refused
  }
  return flags.rejectInvalid === 'rejectOnQuery'
    ? accepted(state, take(state, terms, rejected(state, now, problem), now))
    : refused
}

function placeValid(state: State, terms: Terms): Reply {
  const { flags } = state
  const count = nth(state, 'valid placing')
  if (count === flags.dropBeforePlace) return cut
  const now = Date.now()
  const order = take(state, terms, decide(state, terms, now), now)
  if (flags.hang === 'place') return silence
  if (count === flags.dropAfterPlace) return cut
  return count === flags.place502 ? gatewayError() : accepted(state, order)
}

/** Section 2.4. */
export function place(state: State, request: ApiRequest): Reply {
  const { flags, orders } = state
  if (flags.noPermission) return forbidden()
  const terms = objectIn(request)
  if (terms === undefined)
    return refusal(state, 'INVALID_REQUEST', 'The body must be a JSON object.')
  const known = orders.some(({ coId }) => coId === terms.coId)
  if (known && flags.duplicateCoId === 'http400')
    return refusal(state, 'DUPLICATE_ORDER', 'The field coId was used by an earlier order.')
  const problem = problemOf(state, terms)
  if (problem !== undefined) return placeInvalid(state, terms, problem)
  return flags.noPermissionAtPlacing ? forbidden() : placeValid(state, terms)
}
