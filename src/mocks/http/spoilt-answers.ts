import type { Delivery, WireAnswer } from './door.ts'
import type { FaultOf } from './fault.ts'

/** Faults that spoil what the server does answer. */
type Spoiling = FaultOf<'malformed JSON' | 'wrong content type' | 'truncated body'>

/** The delivery with its answer spoilt. */
export function spoilt(fault: Spoiling, delivery: Delivery): Delivery {
  const { answer } = delivery
  if (answer === 'cut') return delivery
  switch (fault.kind) {
    case 'malformed JSON':
      return { ...delivery, answer: malformed(answer) }
    case 'wrong content type':
      return { ...delivery, answer: withType(answer, fault.contentType) }
    case 'truncated body':
      return truncated(fault, answer, delivery)
  }
}

/** No JSON ends in a comma. An answer without a body gets one, and a status that has one. */
function malformed(answer: WireAnswer): WireAnswer {
  const text = `${answer.text?.slice(0, -1) ?? ''},`
  const status = answer.status === 204 ? 200 : answer.status
  return answer.text === undefined
    ? withType({ ...answer, status, text }, 'application/json')
    : { ...answer, text }
}

function withType(answer: WireAnswer, contentType: string): WireAnswer {
  const others = answer.headers.filter(([name]) => name.toLowerCase() !== 'content-type')
  return { ...answer, headers: [...others, ['Content-Type', contentType]] }
}

/** A body that is not there cannot break off: then the connection is cut. */
function truncated(
  { afterBytes, share = 0.5 }: FaultOf<'truncated body'>,
  { text }: WireAnswer,
  delivery: Delivery,
): Delivery {
  const length = Buffer.byteLength(text ?? '')
  if (length === 0) return { ...delivery, answer: 'cut' }
  const breakOffAfter = Math.min(afterBytes ?? Math.floor(length * share), length - 1)
  return { ...delivery, breakOffAfter }
}
