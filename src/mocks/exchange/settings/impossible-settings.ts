import { Big } from 'big.js'
import type { SettingName, Settings } from './settings.ts'

/** Settings that cannot go together: the one to name, when, and why. */
interface Clash {
  readonly name: SettingName
  /** @param given - The names that were set, whatever their value. */
  readonly when: (settings: Settings, given: ReadonlySet<string>) => boolean
  readonly why: string
}

const shares = ['rejectBeforeNew', 'rejectAfterNew', 'expire', 'fillInParts'] as const

export const clashes: readonly Clash[] = [
  {
    name: 'renew.oldTokenGraceMs',
    when: (all) => all['renew.oldTokenGraceMs'] > 0 && all['renew.live'] === 'extend',
    why: 'there is no old token while "renew.live" is "extend"; set it to "rotate"',
  },
  {
    name: 'pq.priceTolerance',
    when: (all) => all['pq.priceTolerance'] > 0 && all['pq.priceMismatch'] === 'ignore',
    why: 'no price is refused while "pq.priceMismatch" is "ignore"',
  },
  {
    name: 'stp.defaultCount',
    when: (all) => all['stp.defaultCount'] > all['stp.cap'],
    why: 'it is above "stp.cap"',
  },
  ...(['advance.queriesPerStep', 'advance.receivedQueries'] as const).map(
    (name): Clash => ({
      name,
      when: (all, given) => given.has(name) && all.advance !== 'perQuery',
      why: 'queries move nothing unless "advance" is "perQuery"',
    }),
  ),
  {
    name: 'advance.afterMs',
    when: (all, given) => given.has('advance.afterMs') && all.advance !== 'afterMs',
    why: 'time moves nothing unless "advance" is "afterMs"',
  },
  {
    name: 'cancel.status',
    when: (all) => all['cancel.status'] === all['partial.workingStatus'],
    why: '"partial.workingStatus" says the same of an order that works',
  },
  {
    name: 'coId.duplicateScope',
    when: (all, given) => given.has('coId.duplicateScope') && all['coId.duplicate'] === 'accept',
    why: 'no duplicate is refused while "coId.duplicate" is "accept"',
  },
  {
    name: 'outcome.rejectBeforeNew',
    when: (all) => shares.reduce((sum, kind) => sum.plus(all[`outcome.${kind}`]), new Big(0)).gt(1),
    why: 'the "outcome" shares add up to more than 1',
  },
]
