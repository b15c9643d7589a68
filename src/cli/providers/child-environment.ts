import { DOT_ENV_SWITCH } from '../../backends/endpoint/dot-env.ts'
import { loginsIn, type Providers } from './providers-schema.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What any program may need of its surroundings. Everything else may be somebody's secret. */
const PASSED =
  /^(?:PATH|PATHEXT|HOME|USERPROFILE|TMPDIR|TEMP|TMP|SYSTEMROOT|WINDIR|COMSPEC|LANG|LC_[A-Z]+|TZ|NODE_OPTIONS|NODE_EXTRA_CA_CERTS|NODE(?:_DISABLE)?_COMPILE_CACHE|(?:HTTPS?|NO)_PROXY)$/i

/**
 * The environment of one provider's run: what any program needs, and the provider's own variables. It has
 * no other INTEGRAL_ variable, not from `.env` either, and no variable that a provider's credentials name.
 *
 * @param env - Of this process, with its `.env`.
 * @param variables - The provider's own.
 */
export function childEnvironment(
  env: Environment,
  variables: Readonly<Record<string, string>>,
  { providers, evidenceKey }: Providers,
): Readonly<Record<string, string>> {
  const secret = new Set(
    providers.flatMap((each) => loginsIn(each).flatMap((login) => Object.values(login))),
  )
  const passed = Object.entries(env).filter(([name]) => PASSED.test(name) && !secret.has(name))
  const key = evidenceKey === undefined ? undefined : env[evidenceKey]
  const all = {
    ...Object.fromEntries(passed),
    NO_COLOR: '1',
    ...variables,
    ...(key && { INTEGRAL_EVIDENCE_KEY: key }),
    [DOT_ENV_SWITCH]: 'off',
  }
  return Object.fromEntries(
    Object.entries(all).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  )
}
