import { createRedactor } from '../../evidence/redaction.ts'
import { type EndpointConfig, endpointSecrets } from './endpoint-config.ts'

/** As whom a run trades, as it may be shown: somebody may have made a password a part of a name. */
export function accountOf(config: EndpointConfig): { readonly user: string; readonly org: string } {
  const { redact } = createRedactor(endpointSecrets(config))
  const { user, org } = config.credentials
  return { user: redact(user), org: redact(org) }
}
