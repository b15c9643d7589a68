import { closest } from 'fastest-levenshtein'
import { parseClientQueryPath } from '../../../api/contract/client-query-path.ts'
import { endpoints } from '../../../api/contract/endpoints.ts'
import { clashes } from './impossible-settings.ts'
import {
  defaultSettings,
  type SettingName,
  type Settings,
  settingNames,
  settingRows,
} from './settings.ts'

/** A setting that does not exist, has a value it cannot have, or cannot go with another one. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError'
}

/**
 * Completes the given settings with the defaults.
 *
 * @param given - An object of setting names and values; whatever is absent keeps its default.
 * @throws {SettingsError} One sentence that names the setting, what is wrong with it, and what to do.
 */
export function parseSettings(given: unknown = {}): Settings {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new SettingsError(
      'Settings are not an object: give names and values, e.g. {"tokenTtlMs": 5000}.',
    )
  }
  const own = Object.entries(given)
  // One and the same object for all: what every call of every organisation looks at stays close at hand.
  if (own.length === 0) return defaultSettings
  const values: Record<string, unknown> = { ...defaultSettings }
  for (const [name, value] of own) values[name] = parseOne(name, value)
  const settings = values as Settings
  refuseImpossible(settings, new Set(Object.keys(given)))
  return settings
}

function parseOne(name: string, value: unknown): unknown {
  if (!isSettingName(name)) {
    throw new SettingsError(
      `Unknown setting "${name}": did you mean "${closest(name, settingNames)}"?`,
    )
  }
  const parsed = settingRows[name].schema.safeParse(value)
  if (parsed.success) return parsed.data
  const why = parsed.error.issues[0]?.message ?? 'not allowed'
  throw new SettingsError(
    `Setting "${name}" cannot be ${JSON.stringify(value)}: ${why}. It says: ${settingRows[name].about}.`,
  )
}

function isSettingName(name: string): name is SettingName {
  return Object.hasOwn(settingRows, name)
}

function refuseImpossible(settings: Settings, given: ReadonlySet<string>): void {
  const clash = clashes.find(({ when }) => when(settings, given))
  if (clash) throw new SettingsError(`Setting "${clash.name}" cannot be used so: ${clash.why}.`)
  const refuseUnusable = (name: SettingName, use: () => unknown) => {
    if (given.has(name)) tryOut(name, use)
  }
  refuseUnusable('paths.queryByClient', () => checkClientQueryPath(settings['paths.queryByClient']))
  // The default is a time zone; the first look at any takes 30 ms of a start.
  if (!given.has('resend.tz')) return
  refuseUnusable(
    'resend.tz',
    () => new Intl.DateTimeFormat('en', { timeZone: settings['resend.tz'] }),
  )
}

function tryOut(name: SettingName, use: () => unknown): void {
  try {
    use()
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new SettingsError(`Setting "${name}" cannot be used: ${why}`, { cause })
  }
}

/** Where another endpoint lives, nobody would find the query by client id. */
function checkClientQueryPath(template: string): void {
  const { mounts } = parseClientQueryPath(template)
  const others = Object.entries(endpoints).filter(([operation]) => operation !== 'queryOrders')
  const taken = others.find(([, { method, path }]) => method === 'GET' && mounts.includes(path))
  if (taken) throw new RangeError(`${taken[1].path} belongs to another endpoint.`)
}
