import { z } from 'zod'

/** Longest delay, in milliseconds: a day. */
export const LONGEST_MS = 86_400_000

const ms = z.number().nonnegative().max(LONGEST_MS)

const distributionSchema = z.discriminatedUnion('distribution', [
  /** Any delay from `fromMs` to `toMs` is as likely as any other. */
  z
    .strictObject({ distribution: z.literal('uniform'), fromMs: ms, toMs: ms })
    .refine(({ fromMs, toMs }) => fromMs <= toMs, 'fromMs is above toMs'),
  z.strictObject({ distribution: z.literal('normal'), meanMs: ms, deviationMs: ms }),
  z.strictObject({ distribution: z.literal('exponential'), meanMs: ms }),
  /** Half of the delays are below `medianMs`; `sigma` is the deviation of their logarithm. */
  z.strictObject({
    distribution: z.literal('log-normal'),
    medianMs: ms,
    sigma: z.number().nonnegative().max(10),
  }),
])

/** A delay in milliseconds, always the same or drawn for every call. */
export const delaySchema = z.union(
  [ms, distributionSchema],
  `expected 0 to ${LONGEST_MS}, or a distribution "uniform" (fromMs, toMs), "normal" (meanMs, deviationMs), "exponential" (meanMs) or "log-normal" (medianMs, sigma)`,
)
export type Delay = Readonly<z.output<typeof delaySchema>>

/**
 * Draws a delay: whole milliseconds from 0 to `LONGEST_MS`. What a distribution has outside of that is
 * put at its ends.
 *
 * @param fraction - Chance, from 0 (included) to 1 (excluded), a value of its own for each key.
 */
export function drawDelay(delay: Delay, fraction: (key: string) => number): number {
  return Math.round(Math.min(LONGEST_MS, Math.max(0, drawn(delay, fraction))))
}

function drawn(delay: Delay, fraction: (key: string) => number): number {
  if (typeof delay === 'number') return delay
  switch (delay.distribution) {
    case 'uniform':
      return delay.fromMs + fraction('delay') * (delay.toMs - delay.fromMs)
    case 'normal':
      return delay.meanMs + normal(fraction) * delay.deviationMs
    case 'exponential':
      return -Math.log(1 - fraction('delay')) * delay.meanMs
    case 'log-normal':
      return delay.medianMs * Math.exp(normal(fraction) * delay.sigma)
  }
}

/** Normally distributed around 0 with deviation 1, by the method of Box and Muller. */
function normal(fraction: (key: string) => number): number {
  const radius = Math.sqrt(-2 * Math.log(1 - fraction('radius')))
  return radius * Math.cos(2 * Math.PI * fraction('angle'))
}
