import type { Reason } from '../exchange/refusal.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { Door, Reply, Row } from './door.ts'
import { errorAnswer, gatewayAnswer } from './error-answers.ts'
import type { ReadFault } from './fault.ts'
import type { Faults } from './faults.ts'

const serverReasons = { 500: 'server-error', 503: 'unavailable' } as const satisfies Record<
  number,
  Reason
>

/**
 * A row that whoever calls it may be let down by: a fault decides what reaches the client, and
 * whether the call does its work all the same. What it would have answered then is lost.
 */
export function disturbed(row: Row, faults: Faults, settings: Settings): Door {
  return {
    ...row,
    handle: (request) => {
      const fault = faults.take(row.operation)
      if (!fault) return row.handle(request)
      if (takesEffect(fault, settings)) row.handle(request).settle?.(false)
      return replyTo(fault, settings)
    },
  }
}

/** Fact sheet 6, row 47: whether a placing that a server error answers was taken. */
function takesEffect(fault: ReadFault, settings: Settings): boolean {
  if (fault.kind !== 'server error') return fault.when === 'after'
  return fault.operation === 'placeOrder' && settings['fault.place5xx'] === 'accepted'
}

function replyTo(fault: ReadFault, settings: Settings): Reply {
  switch (fault.kind) {
    case 'server error': {
      const detail = 'The server failed, as staged.'
      const refusal = { reason: serverReasons[fault.status], detail }
      return errorAnswer(refusal, settings, fault.status)
    }
    case 'gateway error':
      return gatewayAnswer(fault.status)
    case 'cut':
      return 'no answer'
  }
}
