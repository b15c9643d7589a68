import { Big } from 'big.js'
import { closest } from 'fastest-levenshtein'
import { parseClientQueryPath } from '../../../api/contract/client-query-path.ts'
import { endpoints } from '../../../api/contract/endpoints.ts'
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
  const values: Record<string, unknown> = { ...defaultSettings }
  for (const [name, value] of Object.entries(given)) values[name] = parseOne(name, value)
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
  const clash = (name: SettingName, why: string) => {
    throw new SettingsError(`Setting "${name}" cannot be used so: ${why}.`)
  }
  if (settings['renew.oldTokenGraceMs'] > 0 && settings['renew.live'] === 'extend') {
    clash(
      'renew.oldTokenGraceMs',
      'there is no old token while "renew.live" is "extend"; set it to "rotate"',
    )
  }
  if (settings['pq.priceTolerance'] > 0 && settings['pq.priceMismatch'] === 'ignore') {
    clash('pq.priceTolerance', 'no price is refused while "pq.priceMismatch" is "ignore"')
  }
  if (settings['stp.defaultCount'] > settings['stp.cap']) {
    clash('stp.defaultCount', 'it is above "stp.cap"')
  }
  for (const name of ['advance.queriesPerStep', 'advance.receivedQueries'] as const) {
    if (given.has(name) && settings.advance !== 'perQuery') {
      clash(name, `queries move nothing while "advance" is "${settings.advance}"`)
    }
  }
  if (given.has('advance.afterMs') && settings.advance !== 'afterMs') {
    clash('advance.afterMs', `time moves nothing while "advance" is "${settings.advance}"`)
  }
  if (given.has('coId.duplicateScope') && settings['coId.duplicate'] === 'accept') {
    clash('coId.duplicateScope', 'no duplicate is refused while "coId.duplicate" is "accept"')
  }
  const shares = (['rejectBeforeNew', 'rejectAfterNew', 'expire', 'fillInParts'] as const).reduce(
    (sum, kind) => sum.plus(settings[`outcome.${kind}`]),
    new Big(0),
  )
  if (shares.gt(1)) {
    clash(
      'outcome.rejectBeforeNew',
      `with the other "outcome" shares it adds up to ${shares}, above 1`,
    )
  }
  refuseUnusable('paths.queryByClient', () => checkClientQueryPath(settings['paths.queryByClient']))
  refuseUnusable(
    'resend.tz',
    () => new Intl.DateTimeFormat('en', { timeZone: settings['resend.tz'] }),
  )
}

function refuseUnusable(name: SettingName, use: () => unknown): void {
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
