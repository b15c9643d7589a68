import { parseSettings } from '../mocks/exchange/settings/parse-settings.ts'
import type { Settings } from '../mocks/exchange/settings/settings.ts'
import type { Backend, Target } from './backend.ts'
import { createSimulationBackend } from './simulation-backend.ts'

/** What the targets are called that this version can run against. */
export const targets: readonly Target[] = ['simulation']

/** A target that there is none of. */
class UnknownTargetError extends Error {
  override readonly name = 'UnknownTargetError'
}

export interface BackendOptions {
  readonly seed: string
  readonly settings?: Partial<Settings>
}

/**
 * Opens the backend of a name.
 *
 * @throws {UnknownTargetError} There is no such target, or not in this version.
 * @throws {SettingsError} Settings that cannot be.
 */
export function openBackend(target: string, options: BackendOptions): Backend {
  if (target === 'simulation') return createSimulationBackend(options)
  throw new UnknownTargetError(`Unknown target "${target}": use ${targets.join(' or ')}.`)
}

/** Checks settings without opening anything. @throws {SettingsError} Settings that cannot be. */
export function checkSettings(given: unknown): void {
  parseSettings(given)
}
