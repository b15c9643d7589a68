import type { Outcome } from './outcome.ts'

/** Words that choose an outcome wherever they stand in a `coId`. */
export const magicWords: Readonly<Record<string, Outcome>> = {
  '~reject-before-new': { kind: 'reject before NEW', reason: 'Chosen by the coId' },
  '~reject-after-new': { kind: 'reject after NEW', reason: 'Chosen by the coId' },
  '~expire': { kind: 'expire' },
  '~fill-half': { kind: 'fill in shares', shares: [0.5] },
  '~fill-in-parts': { kind: 'fill in shares', shares: [0.5, 0.5] },
  '~fill': { kind: 'fill' },
}

/** Last four digits of a whole `size`, from 10,000 upwards, that choose an outcome. */
export const magicSizes: Readonly<Record<number, Outcome>> = {
  9001: { kind: 'reject before NEW', reason: 'Chosen by the size' },
  9002: { kind: 'reject after NEW', reason: 'Chosen by the size' },
  9003: { kind: 'expire' },
  9004: { kind: 'fill in shares', shares: [0.5] },
  9005: { kind: 'fill in shares', shares: [0.5, 0.5] },
}

/**
 * The outcome that a client chooses without any control, by what it puts into `coId` or `size`. The
 * `coId` comes first; longer words before shorter ones.
 */
export function magicOutcome(key: { coId: string; size: number }): Outcome | undefined {
  const word = Object.keys(magicWords).find((candidate) => key.coId.includes(candidate))
  if (word !== undefined) return magicWords[word]
  return key.size >= 10_000 ? magicSizes[key.size % 10_000] : undefined
}
