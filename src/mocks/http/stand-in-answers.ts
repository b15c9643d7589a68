import { STATUS_CODES } from 'node:http'
import type { Operation } from '../../api/contract/endpoints.ts'
import type { Reason } from '../exchange/refusal.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { Delivery, DoorRequest, WireAnswer } from './door.ts'
import { errorAnswer, gatewayAnswer, htmlPage } from './error-answers.ts'
import type { FaultOf } from './fault.ts'
import { wireAnswer } from './wire-answer.ts'

/** Faults that answer, or cut, in place of the server. */
type StandIn = FaultOf<
  'server error' | 'cut' | 'gateway error' | 'status' | 'rate limited' | 'HTML page'
>

interface Instead {
  readonly answer: Delivery['answer']
  /** Whether the call does its work all the same. */
  readonly takesEffect: boolean
}

interface Circumstances {
  readonly operation: Operation
  readonly request: DoorRequest
  readonly settings: Settings
}

/** What comes in place of the answer. */
export function standIn(fault: StandIn, { operation, request, settings }: Circumstances): Instead {
  const refused = (status: number) => {
    const reason = reasonOf(status)
    const detail = status < 500 ? 'Refused, as staged.' : 'The server failed, as staged.'
    return errorAnswer({ reason, detail }, settings, status)
  }
  switch (fault.kind) {
    case 'server error': {
      // Fact sheet 6, row 47: whether a placing that a server error answers was taken.
      const takesEffect = operation === 'placeOrder' && settings['fault.place5xx'] === 'accepted'
      return { answer: wireAnswer(refused(fault.status), request), takesEffect }
    }
    case 'rate limited': {
      const headers = [['Retry-After', String(fault.retryAfterSeconds)]] as const
      return { answer: wireAnswer({ ...refused(429), headers }, request), takesEffect: false }
    }
    case 'status': {
      const whole = wireAnswer(refused(fault.status), request)
      return { answer: refusal(fault, whole), takesEffect: fault.when === 'after' }
    }
    case 'gateway error':
      return { answer: gatewayAnswer(fault.status), takesEffect: fault.when === 'after' }
    case 'HTML page': {
      const title = `${fault.status} ${STATUS_CODES[fault.status] ?? ''}`.trim()
      return { answer: htmlPage(fault.status, title), takesEffect: fault.when === 'after' }
    }
    case 'cut':
      return { answer: 'cut', takesEffect: fault.when === 'after' }
  }
}

/** The refusal with the body and the headers that were asked for, which replace those of that name. */
function refusal({ body, headers }: FaultOf<'status'>, usual: WireAnswer): WireAnswer {
  const text =
    typeof body === 'string' ? body : body === undefined ? usual.text : JSON.stringify(body)
  const type = typeof body === 'string' ? [['Content-Type', 'text/plain'] as const] : []
  const replaced = [...type, ...Object.entries(headers)].reduce(
    (list, header) => [...list.filter(([name]) => !isSame(name, header[0])), header],
    usual.headers,
  )
  return { ...usual, headers: replaced, text }
}

function isSame(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase()
}

function reasonOf(status: number): Reason {
  const reasons: Readonly<Record<number, Reason>> = {
    401: 'not-authenticated',
    403: 'no-permission',
    429: 'rate-limit',
    503: 'unavailable',
  }
  return reasons[status] ?? (status < 500 ? 'bad-value' : 'server-error')
}
