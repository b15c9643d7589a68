import { type Said, saidBy } from './magic-words.ts'
import type { Outcome } from './outcome.ts'

/** Last four digits of a whole `size`, from 10,000 upwards, that choose an outcome. */
export const magicSizes: Readonly<Record<number, Outcome>> = {
  9001: { kind: 'reject before NEW', reason: 'Chosen by the size' },
  9002: { kind: 'reject after NEW', reason: 'Chosen by the size' },
  9003: { kind: 'expire' },
  9004: { kind: 'fill in shares', shares: [0.5] },
  9005: { kind: 'fill in shares', shares: [0.5, 0.5] },
}

/** What a client says of an order without any control. */
export interface Magic {
  readonly outcome?: Outcome
  /** How long its stages last, and what becomes of cancelling it, whatever its outcome. */
  readonly taken?: Pick<Said, 'received' | 'new' | 'cancel'>
}

/**
 * What a client says by what it puts into `coId` and `size`. The outcome is the one of the `coId`, where it
 * has any, else that of the size.
 */
export function magicOf({ coId, size }: { coId: string; size: number }): Magic {
  const { outcome, code, lapsesAs, ...taken } = coId.includes('~') ? saidBy(coId) : {}
  const bySize = size >= 10_000 ? magicSizes[size % 10_000] : undefined
  const byDefault: Outcome | undefined = lapsesAs && { kind: 'expire' }
  const chosen = outcome ?? bySize ?? byDefault
  return {
    ...(chosen && { outcome: withDetails(chosen, code, lapsesAs) }),
    ...(Object.keys(taken).length > 0 && { taken }),
  }
}

/** Code and lapse go with outcomes that have any. */
function withDetails(outcome: Outcome, code: Said['code'], lapsesAs: Said['lapsesAs']): Outcome {
  switch (outcome.kind) {
    case 'reject before NEW':
    case 'reject after NEW':
    case 'refuse':
      return code === undefined ? outcome : { ...outcome, code }
    case 'expire':
    case 'fill in parts':
    case 'fill in shares':
      return lapsesAs === undefined ? outcome : { ...outcome, lapsesAs }
    case 'business':
    case 'fill':
      return outcome
  }
}
