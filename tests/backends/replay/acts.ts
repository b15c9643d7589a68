import fc from 'fast-check'
import type { Outcome } from '../../../src/mocks/exchange/outcome.ts'
import type { Pace } from '../../../src/mocks/exchange/pace.ts'
import type { Act, Terms } from './play.ts'

const pace: fc.Arbitrary<Pace> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ polls: fc.nat(3) }) },
  { weight: 2, arbitrary: fc.record({ ms: fc.constantFrom(0, 100, 5_000, 40_000) }) },
  { weight: 1, arbitrary: fc.constant('held' as const) },
)
const words = fc.record(
  {
    reason: fc.constantFrom('Last look', 'No credit'),
    code: fc.constantFrom('LP_17', null, 'X'),
  },
  { requiredKeys: [] },
)
const lapsesAs = fc.constantFrom('EXPIRED' as const, 'CANCELED' as const)

const ofAny: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom<Outcome>({ kind: 'fill' }, { kind: 'business' }),
  words.map((each): Outcome => ({ kind: 'reject before NEW', ...each })),
  words.map((each): Outcome => ({ kind: 'reject after NEW', ...each })),
)
const lapsing: fc.Arbitrary<Outcome> = lapsesAs.map((as) => ({ kind: 'expire', lapsesAs: as }))
const inShares: fc.Arbitrary<Outcome> = fc
  .tuple(
    fc.constantFrom([0.5], [0.5, 0.5], [0.1, 0.2, 0.3], [1 / 3, 1 / 3, 1 / 3], [1 / 7]),
    fc.option(lapsesAs),
  )
  .map(([shares, as]) => ({ kind: 'fill in shares', shares, ...(as && { lapsesAs: as }) }))

function outcomesOf({ type, timeInForce }: Terms): fc.Arbitrary<Outcome> {
  if (type === 'PQ') return ofAny
  const expiring = timeInForce === 'GTC' ? [] : [fc.constant<Outcome>({ kind: 'expire' })]
  const parts = timeInForce === 'FOK' ? [] : [inShares, inShares]
  return fc.oneof(ofAny, lapsing, ...expiring, ...parts)
}

const taken = (type: Terms['type']) =>
  fc.record(
    {
      received: pace,
      new: fc.oneof(pace, fc.array(pace, { minLength: 1, maxLength: 4 })),
      ...(type === 'Limit' && {
        cancel: fc.oneof(
          fc.record({ polls: fc.nat(2) }),
          fc.constantFrom('too late' as const, 'overtaken' as const),
        ),
      }),
    },
    { requiredKeys: [] },
  )

const size = fc.constantFrom(1_000, 999_999.99, 1_000_000, 70)
const terms: fc.Arbitrary<Terms> = fc.oneof(
  fc.record({
    type: fc.constant('PQ' as const),
    symbol: fc.constantFrom('EUR/USD' as const, 'USD/JPY' as const),
    side: fc.constantFrom('Buy' as const, 'Sell' as const),
    timeInForce: fc.constant('FOK' as const),
    size,
  }),
  fc
    .record({
      type: fc.constant('Limit' as const),
      symbol: fc.constantFrom('EUR/USD' as const, 'USD/JPY' as const),
      side: fc.constantFrom('Buy' as const, 'Sell' as const),
      timeInForce: fc.constantFrom('GTC', 'IOC', 'FOK', 'GTT', 'DAY'),
      size,
    })
    .map(
      (each): Terms => (each.timeInForce === 'GTT' ? { ...each, expiryTime: 30 } : (each as Terms)),
    ),
)

const placing: fc.Arbitrary<Act> = terms.chain((each) =>
  fc.tuple(fc.option(outcomesOf(each)), taken(each.type)).map(([outcome, paced]) => ({
    kind: 'place',
    terms: each,
    ...(outcome && { outcome: { ...outcome, ...paced } as Outcome }),
  })),
)
const order = fc.nat(5)
const other: fc.Arbitrary<Act> = fc.oneof(
  { weight: 6, arbitrary: fc.record({ kind: fc.constant('query' as const), order }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('query by coId' as const), order }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('list' as const) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('cancel' as const), order }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Act>(
      { kind: 'lose', when: 'before' },
      { kind: 'lose', when: 'after' },
      { kind: 'fail' },
    ),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      ms: fc.constantFrom(50, 3_000, 20_000),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      pips: fc.integer({ min: -20, max: 20 }),
    }),
  },
)

/** What an app may do in a while: some orders, and many looks at them. */
export const acts: fc.Arbitrary<readonly Act[]> = fc
  .tuple(
    placing,
    fc.array(fc.oneof({ weight: 1, arbitrary: placing }, { weight: 6, arbitrary: other }), {
      maxLength: 40,
      size: 'max',
    }),
  )
  .map(([first, others]) => [first, ...others])
