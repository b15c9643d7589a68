import type { IntegralClient } from '../../../api/client/integral-client.ts'
import type { SpotRate } from '../../../api/contract/rates.ts'
import type { EndpointConfig } from '../endpoint-config.ts'
import { describeAnswer, failureOfCall } from './answer-text.ts'
import { broken, type Check, ok } from './check.ts'

const REMEDY =
  'Ask Integral that a provider streams this pair to the organisation, or choose another pair in ' +
  'INTEGRAL_SYMBOL; the market may also be closed (weekends, 17:00 New York).'

/**
 * Whether a provider streams the agreed pair.
 *
 * @param serverNow - The time by the server's clock, as far as it is known, in epoch milliseconds.
 */
export async function checkRate(
  client: IntegralClient,
  { symbol, settings }: EndpointConfig,
  serverNow: () => number,
): Promise<Check> {
  try {
    const answer = await client.spotRate(symbol)
    if (answer.kind !== 'success')
      return broken('rate', `${symbol}: ${describeAnswer(answer)}`, REMEDY)
    const rate = answer.value
    const ageMs = serverNow() - rate.time
    const seen = `${textOf(rate)}, ${ageOf(ageMs)}`
    const flaw = flawOf(rate, symbol, ageMs, settings['rate.staleAfterMs'])
    return flaw === undefined ? ok('rate', seen) : broken('rate', `${flaw}: ${seen}`, REMEDY)
  } catch (error) {
    const { seen, remedy } = failureOfCall(error)
    return broken('rate', seen, remedy)
  }
}

function flawOf(
  { symbol, bidLimit, offerLimit }: SpotRate,
  asked: string,
  ageMs: number,
  staleAfterMs: number,
): string | undefined {
  if (symbol !== asked) return `not the pair ${asked} that was asked for`
  if (bidLimit === 0 || offerLimit === 0) return 'nothing can be traded on one side'
  if (ageMs >= staleAfterMs) return 'no provider seems to stream'
  return undefined
}

function textOf({ symbol, bid, offer, bidLimit, offerLimit }: SpotRate): string {
  return `${symbol} ${bid} (${bidLimit}) / ${offer} (${offerLimit})`
}

function ageOf(ageMs: number): string {
  const [unit, ms] = UNITS.find(([, least]) => Math.abs(ageMs) >= least) ?? ['s', 1_000]
  const amount = `${(Math.abs(ageMs) / ms).toFixed(1)} ${unit}`
  return ageMs < 0 ? `dated ${amount} in the future` : `${amount} old`
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const
