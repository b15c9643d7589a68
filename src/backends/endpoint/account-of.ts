import type { Account } from '../../evidence/account.ts'
import { createRedactor } from '../../evidence/redaction.ts'
import { type EndpointConfig, endpointSecrets } from './endpoint-config.ts'
import { loginsOf } from './logins.ts'

/**
 * Every account of a run as it may be shown, that of the first login first: somebody may have made a
 * password a part of a name.
 */
export function accountsOf(config: EndpointConfig): readonly Account[] {
  const { redact } = createRedactor(endpointSecrets(config))
  return loginsOf(config).map(({ credentials: { user, org } }) => ({
    user: redact(user),
    org: redact(org),
  }))
}

/** That of the first login. */
export function accountOf(config: EndpointConfig): Account {
  const [first] = accountsOf(config)
  if (first === undefined) throw new TypeError('There is always a first login.')
  return first
}

/** All of them where there are several; nothing where there is one. */
export function severalAccountsOf(config: EndpointConfig): {
  readonly accounts?: readonly Account[]
} {
  return config.further.length === 0 ? {} : { accounts: accountsOf(config) }
}
