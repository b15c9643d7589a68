import { accountOf, severalAccountsOf } from '../../backends/endpoint/account-of.ts'
import type { EndpointConfig } from '../../backends/endpoint/endpoint-config.ts'
import { digestsOf } from '../../evidence/bundle/digests.ts'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { LoadedRun } from '../load-run.ts'
import { selectionOf, type VerifyOptions } from '../verify-options.ts'
import { runId } from './run-id.ts'
import { softwareVersions } from './software.ts'

/**
 * The head of a run's record, before anything has been run.
 *
 * @param config - Of the endpoint; absent on a simulation.
 * @param run - As loaded.
 */
export function runFactsOf(
  options: VerifyOptions,
  config: EndpointConfig | undefined,
  run: Pick<LoadedRun, 'features' | 'planned' | 'steps'>,
  startedAt: Date,
): RunFacts {
  const { target, seed, settings } = options
  return {
    id: runId(target, startedAt),
    target,
    ...(config && { baseUrl: config.baseUrl }),
    startedAt: startedAt.toISOString(),
    seed,
    selection: selectionOf(options),
    settings: { ...settings },
    ...(config && { account: accountOf(config), ...severalAccountsOf(config) }),
    software: softwareVersions(),
    platform: `${process.platform} ${process.arch}`,
    plan: {
      scenarios: run.planned,
      ...{ order: options.order, parallel: options.parallel },
      requireCoverage: options.requireCoverage,
      ...(config && { auth: config.auth }),
    },
    steps: run.steps,
    digests: digestsOf(run.features),
  }
}
