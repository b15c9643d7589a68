import { closest } from 'fastest-levenshtein'
import type { z } from 'zod'
import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import { SettingsError } from '../../mocks/exchange/settings/parse-settings.ts'
import { settingNames } from '../../mocks/exchange/settings/settings.ts'
import { endpointSettingRows } from './endpoint-settings-rows.ts'

export type EndpointSettingName = keyof typeof endpointSettingRows

/** All settings of a run against an endpoint, with their values. */
export type EndpointSettings = {
  readonly [Name in EndpointSettingName]: z.infer<(typeof endpointSettingRows)[Name]['schema']>
}

export const endpointSettingNames = Object.keys(endpointSettingRows) as EndpointSettingName[]

export const defaultEndpointSettings = Object.fromEntries(
  endpointSettingNames.map((name) => [name, endpointSettingRows[name].default]),
) as EndpointSettings

/** Pairs of which the first may not be above the second, and why. */
const ORDERED: readonly (readonly [EndpointSettingName, EndpointSettingName, string])[] = [
  ['poll.firstMs', 'poll.mostMs', 'pauses between queries only grow'],
  ['scenario.withinMs', 'run.withinMs', 'a scenario is a part of the run'],
  ['run.cleanUpMs', 'run.withinMs', 'the clean-up is a part of the run'],
  ['order.minSize', 'order.size', 'no order is smaller than the smallest'],
]

/**
 * Completes the given settings with the defaults.
 *
 * @param given - An object of setting names and values; whatever is absent keeps its default.
 * @throws {SettingsError} One sentence that names the setting, what is wrong with it, and what to do.
 */
export function parseEndpointSettings(given: unknown = {}): EndpointSettings {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    throw new SettingsError(
      'Settings are not an object: give names and values, e.g. {"order.size": 10000}.',
    )
  }
  const values: Record<string, unknown> = { ...defaultEndpointSettings }
  for (const [name, value] of Object.entries(given)) values[name] = parseOne(name, value)
  const settings = values as EndpointSettings
  refuseImpossible(settings)
  return settings
}

function parseOne(name: string, value: unknown): unknown {
  if (!isSettingName(name)) {
    if ((settingNames as readonly string[]).includes(name)) {
      throw new SettingsError(
        `Setting "${name}" is one of the simulation: it has no place in a run on an endpoint.`,
      )
    }
    throw new SettingsError(
      `Unknown setting "${name}": did you mean "${closest(name, endpointSettingNames)}"?`,
    )
  }
  const { schema, about } = endpointSettingRows[name]
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const why = parsed.error.issues[0]?.message ?? 'not allowed'
  throw new SettingsError(
    `Setting "${name}" cannot be ${JSON.stringify(value)}: ${why}. It says: ${about}.`,
  )
}

function isSettingName(name: string): name is EndpointSettingName {
  return Object.hasOwn(endpointSettingRows, name)
}

function refuseImpossible(settings: EndpointSettings): void {
  const clash = ORDERED.find(([less, more]) => Number(settings[less]) > Number(settings[more]))
  if (clash) {
    const [less, more, why] = clash
    throw new SettingsError(
      `Setting "${less}" (${settings[less]}) cannot be above "${more}" (${settings[more]}): ${why}. ` +
        'Lower the one or raise the other.',
    )
  }
  try {
    parseClientQueryPath(settings['paths.queryByClient'])
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new SettingsError(`Setting "paths.queryByClient" cannot be used: ${why}`, { cause })
  }
}
