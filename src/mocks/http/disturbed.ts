import type { Exchange } from '../exchange/exchange.ts'
import type { Delivery, Door, DoorAnswer, DoorRequest, Row } from './door.ts'
import type { FaultKind, FaultOf } from './fault.ts'
import type { Call, CallReader } from './fault-call.ts'
import type { Faults } from './faults.ts'
import { drawDelay } from './latency.ts'
import type { MagicFaults } from './magic-faults.ts'
import { spoilt } from './spoilt-answers.ts'
import { standIn } from './stand-in-answers.ts'
import { wireAnswer } from './wire-answer.ts'

/** Names what disturbed a call, wherever there is an answer to name it in. */
const FAULT_HEADER = 'X-Simulation-Fault'

/** Of these a call gets one at most: they decide what it does and what it answers. */
const CONTENT = [
  'server error',
  'cut',
  'gateway error',
  'status',
  'rate limited',
  'HTML page',
  'malformed JSON',
  'wrong content type',
  'truncated body',
  'expired token',
  'duplicate request',
] as const

type ContentFault = FaultOf<(typeof CONTENT)[number]>

interface Means {
  readonly faults: Faults
  readonly exchange: Exchange
  readonly magic: MagicFaults
  readonly callOf: CallReader
}

/**
 * A row that whoever calls it may be let down by: faults decide what reaches the client, and
 * whether the call does its work all the same. What it would have answered then is lost.
 *
 * A call gets one fault at most that decides its content, one latency and one slow body; what is staged
 * comes before what a client asks for by its `coId`.
 */
export function disturbed(row: Row, { faults, magic, exchange, callOf }: Means): Door {
  return {
    ...row,
    handle: (request) => {
      const isMagic = magic.mayDisturb(row.operation, request)
      if (faults.isEmpty && !isMagic) return delivered(row.handle(request), request)
      const call = callOf(row.operation, request)
      const said = isMagic ? magic.of(call) : undefined
      const content = faults.take(CONTENT, call) ?? said?.take(CONTENT, call)
      const latency = faults.take(['latency'], call) ?? said?.take(['latency'], call)
      const slow = faults.take(['slow body'], call)
      const kinds: FaultKind[] = [content, latency, slow].flatMap((hit) => hit?.fault.kind ?? [])
      let tookEffect = false
      const work = (): DoorAnswer => {
        const answer = row.handle(request)
        tookEffect ||= answer.status < 400
        if (answer.handOutAgain && faults.take(['duplicate delivery'], call)) {
          answer.handOutAgain()
          kinds.push('duplicate delivery')
        }
        return answer
      }
      const delivery = content
        ? byFault(content.fault, work, { request, call, exchange })
        : delivered(work(), request)
      return stamped(kinds, {
        ...{ ...delivery, tookEffect },
        ...(latency && { delayMs: drawDelay(latency.fault.ms, latency.fraction) }),
        ...(slow && { trickle: trickleOf(slow.fault) }),
      })
    },
  }
}

/** An answer on its way, undisturbed. */
function delivered(answer: DoorAnswer, request: DoorRequest): Delivery {
  return {
    answer: wireAnswer(answer, request),
    ...(answer.settle && { settle: answer.settle }),
    ...(answer.handOutAgain && { takeBack: answer.handOutAgain }),
  }
}

function byFault(
  fault: ContentFault,
  work: () => DoorAnswer,
  { request, call, exchange }: { request: DoorRequest; call: Call; exchange: Exchange },
): Delivery {
  switch (fault.kind) {
    case 'malformed JSON':
    case 'wrong content type':
    case 'truncated body':
      return spoilt(fault, delivered(work(), request))
    case 'expired token':
      exchange.sessions.expire(call.token)
      return delivered(work(), request)
    case 'duplicate request': {
      const [first, second] = [work(), work()]
      const isFirstSeen = fault.answer === 'first'
      const unseen = isFirstSeen ? second : first
      unseen.settle?.(false)
      return delivered(isFirstSeen ? first : second, request)
    }
    default: {
      const circumstances = { operation: call.operation, request, settings: exchange.settings }
      const { answer, takesEffect } = standIn(fault, circumstances)
      if (takesEffect) work().settle?.(false)
      return { answer }
    }
  }
}

function trickleOf({ bytes, everyMs }: FaultOf<'slow body'>): NonNullable<Delivery['trickle']> {
  return { bytes, everyMs }
}

/** What nothing disturbed goes out as if nothing had been staged. */
function stamped(
  kinds: readonly string[],
  { tookEffect, ...undisturbed }: Delivery & { readonly tookEffect: boolean },
): Delivery {
  if (kinds.length === 0) return undisturbed
  const delivery = { ...undisturbed, tookEffect }
  const fault = kinds.join(', ')
  const { answer } = delivery
  if (answer === 'cut') return { ...delivery, fault }
  return {
    ...delivery,
    answer: { ...answer, headers: [...answer.headers, [FAULT_HEADER, fault]] },
    fault,
  }
}
