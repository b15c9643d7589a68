import type { Clock } from '../../../api/clock.ts'
import type { EndpointConfig } from '../endpoint-config.ts'
import { broken, type Check, notChecked, ok } from './check.ts'
import { failureOf } from './failure.ts'
import { shakeHands } from './tls-handshake.ts'

const DAY_MS = 86_400_000

/** Whether the endpoint can be reached over TLS, and whose certificate it shows. */
export async function checkTls(config: EndpointConfig, clock: Clock): Promise<Check> {
  if (config.baseUrl.startsWith('http:')) return notChecked('TLS', 'http to loopback has none')
  try {
    const { subject, issuer, validTo, protocol } = await shakeHands(config)
    const days = Math.floor((validTo - clock.now()) / DAY_MS)
    const way = config.proxy ? `, through ${config.proxy.shown}` : ''
    return ok(
      'TLS',
      `${protocol}${way}, certificate of "${subject}" by "${issuer}", good for ${days} days`,
    )
  } catch (error) {
    const { seen, remedy } = failureOf(error)
    return broken('TLS', seen, remedy)
  }
}
