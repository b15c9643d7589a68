import type { Calibration } from '../../evidence/drift/calibration/calibration.ts'
import { learnable, learnedOtherwise } from '../../evidence/drift/calibration/learnable.ts'
import type { Contradiction, Proposal } from '../../evidence/drift/calibration/proposal.ts'
import { parseSettings } from '../../mocks/exchange/settings/parse-settings.ts'
import type { SettingRow } from '../../mocks/exchange/settings/row.ts'
import { settingRows } from '../../mocks/exchange/settings/settings.ts'
import { messageOf } from '../usage-error.ts'

type Values = Readonly<Record<string, unknown>>

/** A proposal that the exchange cannot follow, and why. */
export interface Unusable extends Proposal {
  readonly why: string
}

/** A setting of which the run says nothing, and why. */
export interface Unlearned {
  readonly setting: string
  readonly why: string
}

/** A calibration that was held against the settings of the exchange. */
export interface CheckedCalibration {
  /** Those of the compared simulation, with what is proposed in their place. */
  readonly settings: Values
  /** Other than the simulation had. */
  readonly proposals: readonly Proposal[]
  /** What the simulation had already. */
  readonly confirmed: readonly Proposal[]
  readonly unusable: readonly Unusable[]
  readonly contradictions: readonly Contradiction[]
  readonly notLearned: readonly Unlearned[]
}

/** @param had - Settings of the simulation that was compared, where they differ from the defaults. */
export function checkedCalibration(
  { proposals, contradictions }: Calibration,
  had: Values,
): CheckedCalibration {
  let settings: Values = { ...had }
  const changed: Proposal[] = []
  const confirmed: Proposal[] = []
  const unusable: Unusable[] = []
  for (const each of proposals) {
    const { setting, value } = withKnownOnly(each)
    const why = whyNot({ ...settings, [setting]: value })
    if (why !== undefined) unusable.push({ ...each, why })
    else if (isSame(value, valueIn(had, setting))) confirmed.push({ ...each, value })
    else {
      changed.push({ ...each, value })
      settings = { ...settings, [setting]: value }
    }
  }
  const told = new Set([...proposals, ...contradictions].map(({ setting }) => setting))
  const notLearned = Object.entries<SettingRow>(settingRows)
    .filter(([name]) => !told.has(name))
    .map(([setting, row]) => ({ setting, why: whyUnlearned(setting, row) }))
  return { settings, proposals: changed, confirmed, unusable, contradictions, notLearned }
}

/** Codes of which the exchange has no reason are left out: they say nothing about the others. */
function withKnownOnly(proposal: Proposal): Proposal {
  const { setting, value } = proposal
  if (setting !== 'errorCodes' || typeof value !== 'object' || value === null) return proposal
  const { schema } = settingRows.errorCodes
  const known = Object.entries(value).filter(
    (entry) => schema.safeParse(Object.fromEntries([entry])).success,
  )
  const keys = proposal.keys?.filter(({ key }) => known.some(([name]) => name === key))
  return { ...proposal, value: Object.fromEntries(known), ...(keys && { keys }) }
}

function whyNot(settings: Values): string | undefined {
  try {
    parseSettings(settings)
    return undefined
  } catch (error) {
    return messageOf(error)
  }
}

function valueIn(had: Values, setting: string): unknown {
  const row = Object.entries<SettingRow>(settingRows).find(([name]) => name === setting)?.[1]
  return had[setting] ?? row?.default
}

/** Whatever the order of the names in it; the order of a list is told by the rules of the setting. */
function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other))
}

function sorted(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1))
}

function whyUnlearned(setting: string, { gap }: SettingRow): string {
  if (gap === 'own') return 'it is how the simulation chooses outcomes, and nothing of an endpoint'
  return Object.hasOwn(learnable, setting) || learnedOtherwise.includes(setting)
    ? 'no scenario that the endpoint verified showed it clearly'
    : 'it cannot be read off what the scenarios do'
}
