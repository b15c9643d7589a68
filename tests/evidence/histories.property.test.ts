import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { sentenceOf } from '../../src/evidence/finding.ts'
import { catalogue } from '../../src/evidence/rules/catalogue.ts'
import type { History } from './histories/history.ts'
import { legalHistories } from './histories/legal-histories.ts'
import type { Mistake } from './histories/mistake.ts'
import { mistakes } from './histories/mistakes.ts'

/*
 * The judge on histories that nobody thought of: those of a server that does nothing wrong give no
 * finding, and with one wrong step in them they give one of the right rule. What fails is shrunk to the
 * shortest history that still does, and printed with one line for each exchange.
 */

const LEGAL_RUNS = 300
const RUNS_OF_A_MISTAKE = 30

async function findingsIn(history: History) {
  return (await history.told()).evidence().findings
}

describe('a legal history', () => {
  it('never gives a finding', async () => {
    await fc.assert(
      fc.asyncProperty(legalHistories, async (history) => {
        assert.deepEqual((await findingsIn(history)).map(sentenceOf), [])
      }),
      { seed: 1, numRuns: LEGAL_RUNS },
    )
  })

  it('of many, each way of an order is one, and trades are dealt in parts and sent again', async () => {
    const histories = fc.sample(legalHistories, { numRuns: 200, seed: 1 })
    const seen = new Set(histories.flatMap(featuresOf))
    assert.includeMembers(
      [...seen],
      [
        ...['RECEIVED', 'NEW', 'FILLED', 'REJECTED'].map((status) => `PQ ${status}`),
        ...['RECEIVED', 'NEW', 'FILLED', 'REJECTED', 'EXPIRED', 'CANCELED'].map(
          (status) => `Limit ${status}`,
        ),
        ...[
          'refused',
          'resend',
          'rate',
          'renewal',
          'in parts',
          'event NEW',
          'event RESEND',
          'event undefined',
        ],
      ],
    )
  })
})

describe('a history with one wrong step gives a finding of the right rule', () => {
  for (const { name, placesIn } of mistakes) {
    it(`where ${name}`, async () => {
      const wrong = fc
        .tuple(legalHistories, fc.nat())
        .map(([history, choice]) => chosen(placesIn(history), choice))
        .filter((mistake) => mistake !== undefined)
      await fc.assert(
        fc.asyncProperty(wrong, async ({ rule, history }) => {
          const found = (await findingsIn(history)).map((finding) => finding.rule)
          assert.include(found, rule)
        }),
        { seed: 1, numRuns: RUNS_OF_A_MISTAKE },
      )
    })
  }
})

describe('the kinds of wrong steps', () => {
  it('break rules of every family that there is', () => {
    const histories = fc.sample(legalHistories, { numRuns: 50, seed: 1 })
    const broken = new Set(
      mistakes.flatMap(({ placesIn }) =>
        histories.flatMap((history) => placesIn(history).map(({ rule }) => rule)),
      ),
    )
    const families = new Set(catalogue.map(({ family }) => family))
    const reached = catalogue.filter(({ id }) => broken.has(id)).map(({ family }) => family)
    assert.sameMembers([...new Set(reached)], [...families])
    const unknown = [...broken].filter((rule) => catalogue.every(({ id }) => id !== rule))
    assert.deepEqual(unknown, [])
  })
})

describe('what fails', () => {
  it('is shrunk, and printed for people', async () => {
    const failure = await fc
      .assert(
        fc.asyncProperty(legalHistories, async (history) => {
          assert.notInclude(JSON.stringify(history.entries), 'REJECTED')
        }),
        { seed: 1 },
      )
      .then(() => '', String)
    const [, told = ''] = /Counterexample: \[([\s\S]*?)\]\nShrunk/.exec(failure) ?? []
    assert.match(told, /^\nA legal history\n {3}1 {2}POST \/v2\/sso\/login → 200\n/)
    assert.match(told, /GET \/v2\/orders\/48\d+ → 200 \{orderId: \d+, .*status: REJECTED/)
    assert.isAtMost(told.trim().split('\n').length, 14, told)
  })
})

function chosen(places: readonly Mistake[], choice: number): Mistake | undefined {
  return places[choice % places.length]
}

/** What happens in a history, in a word each. */
function featuresOf({ entries }: History): readonly string[] {
  const trades = entries.flatMap(({ about }) => (about.kind === 'download' ? about.trades : []))
  const fresh = trades.filter(({ event }) => event !== 'RESEND')
  const isInParts = fresh.some(({ orderId }, at) =>
    fresh.slice(0, at).some((trade) => trade.orderId === orderId),
  )
  return [
    ...entries.flatMap(({ about }) =>
      'order' in about ? `${about.order.type} ${about.order.status}` : about.kind,
    ),
    ...trades.map(({ event }) => `event ${event}`),
    ...(isInParts ? ['in parts'] : []),
  ]
}
