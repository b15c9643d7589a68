import type { SettingName, Settings } from '../../../mocks/exchange/settings/settings.ts'

/** Values of settings, other than the defaults, that a server may have without breaking any rule. */
export type Alternatives = {
  readonly [Name in SettingName]?: readonly Settings[Name][]
}
