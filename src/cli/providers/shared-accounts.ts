import { isLoopbackHost } from '../../backends/endpoint/loopback.ts'
import { loginsIn, type Provider } from './providers-schema.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Names that are there twice: both would write to one folder. */
export function sharedNames(providers: readonly Provider[]): string[] {
  return doubles(providers, ({ name }) => name).map(
    ([at, first]) =>
      `providers[${at}].name: it is that of providers[${first}] too: give each provider a name of its own.`,
  )
}

/**
 * Providers that would trade in one account at once: each would download trades of the other, and the
 * caps would hold for neither. The same login at another address of the same host is the same.
 *
 * @param env - Where their variables are looked up. No value is told.
 */
export function sharedAccounts(providers: readonly Provider[], env: Environment): string[] {
  const all = providers.flatMap((provider, at) =>
    loginsIn(provider).map((login) => ({ at, account: accountOf(provider, login, env) })),
  )
  const shared = doubles(all, ({ account }) => account).map(
    ([at, first]) => [all[at]?.at, all[first]?.at] as const,
  )
  return shared
    .filter(([at, first]) => at !== first)
    .map(
      ([at, first]) =>
        `providers[${at}].credentials: they are the login of providers[${first}] at the same host: two runs would share one account; list all symbols of a login in one provider.`,
    )
}

function accountOf(
  { baseUrl }: Provider,
  login: Provider['credentials'],
  env: Environment,
): string | undefined {
  const [user, org] = [env[login.user], env[login.org]]
  const url = URL.parse(baseUrl)
  if (!user || !org || url === null) return undefined
  const host = isLoopbackHost(url.hostname) ? 'loopback' : url.hostname
  return JSON.stringify([host, url.port, user, org])
}

/** Where something is that was there before, and where it was first. */
function doubles<T>(
  all: readonly T[],
  keyOf: (each: T) => string | undefined,
): (readonly [at: number, first: number])[] {
  const keys = all.map(keyOf)
  return keys.flatMap((key, at) => {
    const first = keys.indexOf(key)
    return key === undefined || first === at ? [] : [[at, first] as const]
  })
}
