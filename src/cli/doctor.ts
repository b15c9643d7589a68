import { CHECKS, type Check, notChecked } from '../backends/endpoint/checks/check.ts'
import { checkEndpoint } from '../backends/endpoint/checks/run-checks.ts'
import { readEnvironment } from '../backends/endpoint/dot-env.ts'
import {
  type EndpointConfig,
  EndpointConfigError,
  endpointSecrets,
  readEndpointConfig,
} from '../backends/endpoint/endpoint-config.ts'
import { parseEndpointSettings } from '../backends/endpoint/endpoint-settings.ts'
import { realClock } from '../backends/endpoint/real-clock.ts'
import { createRedactor } from '../evidence/redaction.ts'
import { SettingsError } from '../mocks/exchange/settings/parse-settings.ts'
import { doctorTable } from './doctor-table.ts'
import type { ExitCode } from './exit-code.ts'
import type { CommandEnvironment } from './verify.ts'

export interface DoctorEnvironment extends CommandEnvironment {
  /** The variables of the process; `.env` in `cwd` adds to them. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Checks whether `verify --target uat` can run, one thing after the other, and says what to do where
 * it cannot. Logs in at most once; places no order. Trouble with the network is a result.
 *
 * @param settings - Settings of an endpoint run; absent ones keep their defaults.
 * @returns 0 where nothing is broken, else 2.
 */
export async function doctor(
  { cwd, stdout, env }: DoctorEnvironment,
  settings: unknown = {},
): Promise<ExitCode> {
  const config = configOf(cwd, env, settings)
  const isUsable = !(config instanceof Error)
  const redactor = createRedactor(isUsable ? endpointSecrets(config) : [])
  const checks = isUsable
    ? await checkEndpoint(config, { clock: realClock, redactor })
    : misconfigured(config)
  stdout.write(doctorTable(checks, redactor.redact))
  const brokenCount = checks.filter(({ state }) => state === 'broken').length
  stdout.write(`\n${lastLine(brokenCount)}\n`)
  return brokenCount === 0 ? 0 : 2
}

/** The configuration, or the error that says what is wrong with it. */
function configOf(
  cwd: string,
  env: DoctorEnvironment['env'],
  settings: unknown,
): EndpointConfig | Error {
  try {
    return readEndpointConfig(readEnvironment(cwd, env), parseEndpointSettings(settings))
  } catch (error) {
    if (error instanceof EndpointConfigError || error instanceof SettingsError) return error
    throw error
  }
}

/** Its sentences say what to do by themselves, and quote no secret. */
function misconfigured({ message }: Error): readonly Check[] {
  const [first, ...others] = CHECKS
  return [
    { name: first, state: 'broken', seen: message },
    ...others.map((name) => notChecked(name, `${first} is broken`)),
  ]
}

function lastLine(brokenCount: number): string {
  if (brokenCount === 0) return 'verify --target uat can run.'
  const what = brokenCount === 1 ? '1 check is' : `${brokenCount} checks are`
  return `verify --target uat cannot run yet: ${what} broken.`
}
