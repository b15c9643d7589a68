import { defineParameterType } from '@cucumber/cucumber'
import type { TokenTransport } from '../api/client/token.ts'
import type { Side } from '../api/contract/common.ts'
import { ORDER_STATUSES, type OrderStatus } from '../api/contract/statuses.ts'
import type { Alteration, Moment, ParameterTypes } from './parameters.ts'
import type { Amount, Life, RelativePrice } from './terms.ts'

/** Defines a parameter type; what it makes of the words is what `ParameterTypes` promises. */
function define<Name extends keyof ParameterTypes>(definition: {
  readonly name: Name
  readonly regexp: RegExp
  readonly transformer: (...groups: string[]) => ParameterTypes[Name]
}): void {
  defineParameterType(definition)
}

define({
  name: 'trader',
  regexp: /Ada|Grace|Max/,
  transformer: (name) => name,
})

define({
  name: 'side',
  regexp: /buy|sell/,
  transformer: (side: string): Side => (side === 'buy' ? 'Buy' : 'Sell'),
})

define({
  name: 'status',
  regexp: new RegExp(ORDER_STATUSES.join('|')),
  transformer: (status: string) => status as OrderStatus,
})

define({
  name: 'statuses',
  regexp: new RegExp(`(?:${ORDER_STATUSES.join('|')})(?:, (?:${ORDER_STATUSES.join('|')}))+`),
  transformer: (statuses: string) => statuses.split(', '),
})

/** `a small amount [of the base|term currency]`, or `more than was quoted`. */
define({
  name: 'amount',
  regexp: /a small amount of the (base|term) currency|a small amount|(more than was quoted)/,
  transformer: (of: string | undefined, above: string | undefined): Amount =>
    above ? { kind: 'above the limit' } : { kind: 'small', of: of === 'term' ? 'term' : 'base' },
})

define({
  name: 'limitPrice',
  regexp: /at the market|(\d+) pips? (below|above) the market/,
  transformer: (pips: string | undefined, where: string | undefined): RelativePrice => ({
    pipsFromMarket: Number(pips ?? 0) * (where === 'below' ? -1 : 1),
  }),
})

const lives: Readonly<Record<string, Life>> = {
  'good till cancelled': { timeInForce: 'GTC' },
  'good for the day': { timeInForce: 'DAY' },
  'immediate or cancel': { timeInForce: 'IOC' },
  'fill or kill': { timeInForce: 'FOK' },
}

define({
  name: 'life',
  regexp:
    /good for (\d+) seconds|(good till cancelled|good for the day|immediate or cancel|fill or kill)/,
  transformer: (seconds: string | undefined, words: string | undefined): Life =>
    lives[words ?? ''] ?? { timeInForce: 'GTT', seconds: Number(seconds) },
})

const unitsMs: Readonly<Record<string, number>> = { second: 1_000, minute: 60_000, hour: 3_600_000 }

define({
  name: 'duration',
  regexp: /(\d+) (second|minute|hour)s?/,
  transformer: (count: string, unit: string): number => Number(count) * (unitsMs[unit] ?? 1_000),
})

define({
  name: 'pips',
  regexp: /(falls|rises) (\d+) pips/,
  transformer: (direction: string, pips: string): number =>
    Number(pips) * (direction === 'falls' ? -1 : 1),
})

define({
  name: 'alteration',
  regexp: /without (\w+)|with (\w+) set to (".*"|-?[\d.]+|true|null)/,
  transformer: (
    missing: string | undefined,
    name: string | undefined,
    json: string | undefined,
  ): Alteration => {
    const value: unknown = json === undefined ? undefined : JSON.parse(json)
    return (fields) => {
      const kept = Object.entries(fields).filter(([field]) => field !== missing)
      return { ...Object.fromEntries(kept), ...(name !== undefined && { [name]: value }) }
    }
  },
})

define({
  name: 'transport',
  regexp: /in the request header|as a cookie|in both ways/,
  transformer: (words: string): TokenTransport => {
    if (words === 'as a cookie') return 'cookie'
    return words === 'in both ways' ? 'both' : 'header'
  },
})

define({
  name: 'symbol',
  regexp: /[A-Z]{3}\/[A-Z]{3}/,
  transformer: (symbol: string): string => symbol,
})

define({
  name: 'moment',
  regexp: /before|after/,
  transformer: (moment: string) => moment as Moment,
})
