import type { Reason } from '../exchange/refusal.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import type { Delivery, Door, DoorRequest, Row } from './door.ts'
import { errorAnswer, gatewayAnswer } from './error-answers.ts'
import type { ReadFault } from './fault.ts'
import type { Faults } from './faults.ts'
import { wireAnswer } from './wire-answer.ts'

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
      if (!fault) return undisturbed(row, request)
      if (takesEffect(fault, settings)) row.handle(request).settle?.(false)
      return { answer: answerOf(fault, request, settings), fault: fault.kind }
    },
  }
}

function undisturbed(row: Row, request: DoorRequest): Delivery {
  const answer = row.handle(request)
  return {
    answer: wireAnswer(answer, request),
    ...(answer.settle && { settle: answer.settle }),
  }
}

/** Fact sheet 6, row 47: whether a placing that a server error answers was taken. */
function takesEffect(fault: ReadFault, settings: Settings): boolean {
  if (fault.kind !== 'server error') return fault.when === 'after'
  return fault.operation === 'placeOrder' && settings['fault.place5xx'] === 'accepted'
}

function answerOf(fault: ReadFault, request: DoorRequest, settings: Settings): Delivery['answer'] {
  switch (fault.kind) {
    case 'server error': {
      const detail = 'The server failed, as staged.'
      const refusal = { reason: serverReasons[fault.status], detail }
      return wireAnswer(errorAnswer(refusal, settings, fault.status), request)
    }
    case 'gateway error':
      return gatewayAnswer(fault.status)
    case 'cut':
      return 'cut'
  }
}
