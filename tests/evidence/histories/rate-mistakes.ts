import type { Fields } from '../talk.ts'
import type { MistakeKind } from './mistake.ts'

function alteredRate(name: string, rule: string, alter: (rate: Fields) => Fields): MistakeKind {
  return {
    name,
    placesIn: (history) =>
      history.entries.flatMap((entry, at) => {
        if (entry.about.kind !== 'rate') return []
        const told = alter(entry.about.told)
        const wrong = { ...entry, body: told, about: { kind: 'rate', told } } as const
        return [{ rule, history: history.with(name, at, 1, wrong) }]
      }),
  }
}

const unnamed: MistakeKind = {
  name: 'a rate is answered to a request without a symbol',
  placesIn: (history) =>
    history.entries.flatMap((entry, at) =>
      entry.about.kind === 'rate'
        ? [
            {
              rule: 'rate.symbol-needed',
              history: history.with('a rate is answered to a request without a symbol', at, 1, {
                ...entry,
                path: '/v2/rates/spot',
              }),
            },
          ]
        : [],
    ),
}

const sameId: MistakeKind = {
  name: 'two rates have one rateId',
  placesIn: (history) =>
    history.entries.flatMap((entry, at) => {
      if (entry.about.kind !== 'rate') return []
      const { bid, offer, ...rate } = entry.about.told
      const body = { ...rate, bid: Number(bid) * 2, offer: Number(offer) * 2 }
      return [
        {
          rule: 'rate.id-distinct',
          history: history.with('two rates have one rateId', at + 1, 0, { ...entry, body }),
        },
      ]
    }),
}

/** What a rate is like. */
export const rateMistakes: readonly MistakeKind[] = [
  alteredRate('a rate is negative', 'rate.sides', (rate) => ({ ...rate, bid: -1 })),
  alteredRate('a rate is good for less than nothing', 'rate.limits', (rate) => ({
    ...rate,
    offerLimit: -1e6,
  })),
  alteredRate('a rate is of another symbol', 'rate.of-symbol', (rate) => ({
    ...rate,
    symbol: 'USD/JPY',
  })),
  alteredRate('a rate has no rateId', 'rate.id', ({ rateId: _, ...rate }) => rate),
  unnamed,
  sameId,
]
