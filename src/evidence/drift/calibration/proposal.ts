import type { Witnessed } from './sighting.ts'

/** How sure a proposal is. */
export type Certainty =
  /** Read off the answers of several scenarios, all of which agree. */
  | 'sure'
  /** Read off the answers of one scenario. */
  | 'seen once'
  /** Worked out from what samples allow: another value might show the same. */
  | 'likely'

/** Where something was seen. */
export interface Witness {
  readonly scenario: string
  readonly exchange: number
}

/** A value for a setting, and what speaks for it. */
export interface Proposal {
  readonly setting: string
  readonly value: unknown
  readonly certainty: Certainty
  /** What it was worked out from, where it was not read off. */
  readonly because?: string
  /** How many scenarios show it. */
  readonly scenarios: number
  /** The first few. */
  readonly witnesses: readonly Witness[]
  /** Of a setting that is learned key by key: each by itself; the setting is as sure as the least sure. */
  readonly keys?: readonly KeyProposal[]
}

/** A value under one key of a setting, and what speaks for just this. */
export interface KeyProposal extends Omit<Proposal, 'setting' | 'keys' | 'because'> {
  readonly key: string
}

/** Sightings of one setting that do not go together: nothing is proposed, and nothing averaged. */
export interface Contradiction {
  readonly setting: string
  /** Where it is about one key of the setting only: others may be proposed. */
  readonly key?: string
  readonly because?: string
  readonly values: readonly {
    readonly value: unknown
    readonly scenarios: number
    readonly witnesses: readonly Witness[]
  }[]
}

/** What a setting came to. */
export type Learned =
  | { readonly kind: 'proposal'; readonly proposal: Proposal }
  | { readonly kind: 'contradiction'; readonly contradiction: Contradiction }

/** Witnesses named at most; there may be hundreds. */
const MOST_NAMED = 5

export function witnessesOf(sightings: readonly Witnessed[]): {
  readonly scenarios: number
  readonly witnesses: readonly Witness[]
} {
  const first = new Map<string, Witness>()
  for (const { scenario, exchange } of sightings) {
    if (!first.has(scenario)) first.set(scenario, { scenario, exchange })
  }
  return { scenarios: first.size, witnesses: [...first.values()].slice(0, MOST_NAMED) }
}
