import type { SettingName, Settings } from '../../../mocks/exchange/settings/settings.ts'
import { combinations } from './combinations.ts'
import { orderAlternatives } from './order-alternatives.ts'
import { outcomeAlternatives } from './outcome-alternatives.ts'
import { rateAlternatives } from './rate-alternatives.ts'
import { sessionAlternatives } from './session-alternatives.ts'
import { tradeAlternatives } from './trade-alternatives.ts'

/** A way to fill gaps of the documentation that breaks no rule: the judge must not say a word. */
export interface PermittedVariation {
  /** e.g. `query.shape=object`, or the name of a combination. */
  readonly id: string
  readonly settings: Partial<Settings>
  /** Whether it is one of several values at once. */
  readonly isCombination: boolean
}

/** By setting: the values that are permitted besides the default. */
export const alternatives: Readonly<Partial<Record<SettingName, readonly unknown[]>>> = {
  ...sessionAlternatives,
  ...rateAlternatives,
  ...orderAlternatives,
  ...tradeAlternatives,
  ...outcomeAlternatives,
}

/** Settings without which another one does not show, or cannot be. */
const together: Readonly<Partial<Record<SettingName, Partial<Settings>>>> = {
  'renew.oldTokenGraceMs': { 'renew.live': 'rotate' },
  'advance.afterMs': { advance: 'afterMs' },
  'validation.credit': { 'credit.maxOrderSize': 50_000 },
  'validation.marketClosed': { 'market.hours': 'fx' },
  'stp.cap': { 'stp.defaultCount': 5 },
}

/** What is not varied though the documentation leaves it open, by setting or `setting=value`, and why. */
export const notVaried: Readonly<Record<string, string>> = {
  'auth.method=hmac': 'nobody could log in, and no scenario signs its requests',
  'hmac.required': 'no scenario signs its requests',
  'hmac.skewMs': 'no scenario signs its requests',
  'hmac.failureStatus': 'no scenario signs its requests',
  'hmac.requireTypeHeader': 'no scenario signs its requests',
  'hmac.secretEncoding': 'no scenario signs its requests',
  'advance=scripted': 'only a test moves orders then, so that no order would end in time',
}

/** Every permitted value alone, then the combinations. */
export const permittedVariations: readonly PermittedVariation[] = [
  ...Object.entries(alternatives).flatMap(([name, values]) =>
    values.map((value) => ({
      id: `${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`,
      settings: { ...together[name as SettingName], [name]: value } as Partial<Settings>,
      isCombination: false,
    })),
  ),
  ...Object.entries(combinations).map(([id, settings]) => ({ id, settings, isCombination: true })),
]
