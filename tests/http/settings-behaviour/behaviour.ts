import type { SettingName, Settings } from '../../../src/mocks/exchange/settings/settings.ts'
import { type Answer, at, type OpenOptions, orderIdOf, type Trader, type Venue } from '../driver.ts'

/** Opens a simulation with the setting under test, and whatever else it needs to matter. */
export type Open = (options?: Omit<OpenOptions, 'settings'>) => Venue

/** What one setting does, as a client sees it through the doors. */
export interface Behaviour {
  readonly setting: SettingName
  /** Settings without which this one does not matter. */
  readonly given: Partial<Settings>
  readonly probe: (open: Open) => Promise<unknown>
  /** What the probe sees while nobody has touched the setting. */
  readonly byDefault: unknown
  readonly otherwise: readonly (readonly [value: unknown, expected: unknown])[]
}

/** Writes a behaviour down, its values typed by the setting. */
export function behaviour<Name extends SettingName>(
  setting: Name,
  particulars: Omit<Behaviour, 'setting' | 'given' | 'otherwise'> & {
    readonly given?: Partial<Settings>
    readonly otherwise: readonly (readonly [value: Settings[Name], expected: unknown])[]
  },
): Behaviour {
  return { given: {}, ...particulars, setting }
}

/** What became of a placing: HTTP code and error code, or 202, final status and reason code. */
export async function fate(trader: Trader, placed: Answer): Promise<readonly unknown[]> {
  if (placed.status !== 202) return [placed.status, at(placed.body, 'errorCode')]
  const orderId = orderIdOf(placed)
  await trader.statuses(orderId, 6)
  const { status, reasonCode } = await trader.look(orderId)
  return reasonCode === undefined ? [202, status] : [202, status, reasonCode]
}
