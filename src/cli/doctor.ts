import { accountsOf } from '../backends/endpoint/account-of.ts'
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
import { loginsOf } from '../backends/endpoint/logins.ts'
import { realClock } from '../backends/endpoint/real-clock.ts'
import type { Account } from '../evidence/account.ts'
import { createRedactor, type Redactor } from '../evidence/redaction.ts'
import { SettingsError } from '../mocks/exchange/settings/parse-settings.ts'
import { doctorTable, plain } from './doctor-table.ts'
import type { ExitCode } from './exit-code.ts'
import type { CommandEnvironment } from './verify.ts'

export interface DoctorEnvironment extends CommandEnvironment {
  /** The variables of the process; `.env` in `cwd` adds to them. */
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Checks whether `verify --target uat` can run, one thing after the other, and says what to do where
 * it cannot. Logs in at most once with each login; places no order. Trouble with the network is a result.
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
  const checked = isUsable ? await checkLogins(config, redactor) : [misconfigured(config)]
  const several = isUsable && config.further.length > 0 ? accountsOf(config) : []
  for (const [at, checks] of checked.entries()) {
    const account = several[at]
    if (account) stdout.write(`${at === 0 ? '' : '\n'}${headingOf(account, at + 1, redactor)}\n`)
    stdout.write(doctorTable(checks, redactor.redact))
  }
  const brokenCount = checked.flat().filter(({ state }) => state === 'broken').length
  stdout.write(`\n${lastLine(brokenCount)}\n`)
  return brokenCount === 0 ? 0 : 2
}

/** Checks the endpoint with one login after the other: each logs in at most once. */
async function checkLogins(
  config: EndpointConfig,
  redactor: Redactor,
): Promise<readonly (readonly Check[])[]> {
  const checked: (readonly Check[])[] = []
  for (const [at, login] of loginsOf(config).entries()) {
    const suffix = at === 0 ? '' : `_${at + 1}`
    const { hmacSecret: _, ...rest } = config
    checked.push(await checkEndpoint({ ...rest, ...login }, { clock: realClock, redactor, suffix }))
  }
  return checked
}

function headingOf({ user, org }: Account, number: number, { redact }: Redactor): string {
  return plain(redact(`Login ${number}: ${user} of ${org}`))
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
