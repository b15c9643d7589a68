import type { z } from 'zod'
import { orderSettings } from './order-settings.ts'
import { outcomeSettings } from './outcome-settings.ts'
import { rateSettings } from './rate-settings.ts'
import { sessionSettings } from './session-settings.ts'
import { tradeSettings } from './trade-settings.ts'

/**
 * Every assumption of the simulation, by name. Names and defaults are those of the fact sheet,
 * section 6; a default is this project's choice, not a fact.
 */
export const settingRows = {
  ...sessionSettings,
  ...rateSettings,
  ...orderSettings,
  ...tradeSettings,
  ...outcomeSettings,
}

export type SettingName = keyof typeof settingRows

/** All settings with their values. */
export type Settings = {
  readonly [Name in SettingName]: z.infer<(typeof settingRows)[Name]['schema']>
}

export const settingNames = Object.keys(settingRows) as SettingName[]

/** The defaults of the fact sheet. */
export const defaultSettings: Settings = Object.freeze(
  Object.fromEntries(settingNames.map((name) => [name, settingRows[name].default])) as Settings,
)
