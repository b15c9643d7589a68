import type { LookupAddress } from 'node:dns'
import type { EndpointConfig } from '../endpoint-config.ts'
import { broken, type Check, notChecked, ok } from './check.ts'
import { failureOf } from './failure.ts'

/** Resolves a name to all its addresses. */
export type Resolver = (host: string) => Promise<readonly LookupAddress[]>

/** Whether the host's name resolves; a literal address and `localhost` need no resolver. */
export async function checkName(
  { host, isLoopback, proxy }: EndpointConfig,
  resolve: Resolver,
): Promise<Check> {
  if (host === 'localhost')
    return ok('DNS', 'not needed: localhost is loopback, whatever resolves it')
  if (isLoopback) return ok('DNS', `not needed: ${host} is an address`)
  if (proxy) return notChecked('DNS', `the proxy ${proxy.shown} resolves it`)
  try {
    const addresses = await resolve(host)
    return ok('DNS', `${host} is ${addresses.map(({ address }) => address).join(', ')}`)
  } catch (error) {
    const { seen, remedy } = failureOf(error)
    return broken('DNS', `${host}: ${seen}`, remedy)
  }
}
