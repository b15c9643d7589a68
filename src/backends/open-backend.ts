import { parseSettings } from '../mocks/exchange/settings/parse-settings.ts'
import type { Settings } from '../mocks/exchange/settings/settings.ts'
import type { Backend, Target } from './backend.ts'

/** What the targets are called that this version can run against. */
export const targets: readonly Target[] = ['simulation', 'served', 'uat']

/** The same in a sentence. */
export const targetList = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(targets)

/** A target that there is none of, or that cannot be had like this. */
class UnknownTargetError extends Error {
  override readonly name = 'UnknownTargetError'
}

export interface BackendOptions {
  readonly seed: string
  /** What tells this scenario from all others, whatever is run with it. */
  readonly key: string
  /** How the verdict names the scenario. */
  readonly label: string
  /** Settings of the simulation. */
  readonly settings?: Partial<Settings>
  /** Id of a wrong behaviour of the simulation: only to prove the judge on it. */
  readonly deviation?: string
  /** The number of the worker that runs it, from 0. Default 0. */
  readonly worker?: number
  /** Name of the run on an endpoint that this scenario belongs to. */
  readonly run?: string
  /** Where the server listens that the run has started. */
  readonly server?: string
}

/**
 * Opens the backend of a name.
 *
 * @throws {UnknownTargetError} There is no such target, an endpoint without a run that guards it, or no server.
 * @throws {SettingsError} Settings that cannot be.
 */
export async function openBackend(target: string, options: BackendOptions): Promise<Backend> {
  const { seed, key, label, settings, deviation, run, server, worker = 0 } = options
  const own = { seed: JSON.stringify([seed, key]), ...(settings && { settings }) }
  // Each is loaded by whom it serves: every worker of a run loads anew, and simulations are most of it.
  if (target === 'simulation') {
    const { createSimulationBackend } = await import('./simulation-backend.ts')
    return createSimulationBackend({
      ...own,
      ...(deviation !== undefined && { deviation }),
    })
  }
  if (deviation !== undefined)
    throw new TypeError('Only the simulation in process deviates on purpose.')
  if (target === 'served') {
    if (server === undefined) {
      throw new UnknownTargetError(
        'Failed to open the served simulation: nobody serves it. Run the scenarios with "verify --target served".',
      )
    }
    const { createServedBackend } = await import('./served/served-backend.ts')
    return createServedBackend({ origin: server, label, ...own })
  }
  if (target !== 'uat') {
    throw new UnknownTargetError(`Unknown target "${target}": use ${targetList}.`)
  }
  if (run === undefined) {
    throw new UnknownTargetError(
      'Failed to open the endpoint: nothing guards it. Run the scenarios with "verify --target uat".',
    )
  }
  const { createEndpointBackend } = await import('./endpoint/endpoint-backend.ts')
  const { connectToRun } = await import('./endpoint/run-channel.ts')
  return createEndpointBackend({ desk: connectToRun(run, worker), key: label, label, worker })
}

/** Checks settings without opening anything. @throws {SettingsError} Settings that cannot be. */
export function checkSettings(given: unknown): void {
  parseSettings(given)
}
