import { createHash } from 'node:crypto'
import type { Fetch } from '../../api/fetch.ts'
import type { Settings } from '../../mocks/exchange/settings/settings.ts'
import { VIRTUAL_START } from '../../mocks/exchange/virtual-clock.ts'
import type { Backend } from '../backend.ts'
import { NotVerifiedError } from '../not-verified-error.ts'
import { createStagedBackend } from '../staged/staged-backend.ts'
import { MirrorClock } from './mirror-clock.ts'
import { OrganisationDirectory } from './organisation-directory.ts'
import { servedControl } from './served-control.ts'
import { ServerLink } from './server-link.ts'

export interface ServedBackendOptions {
  /** Where the server listens, on loopback: `http://127.0.0.1:8080`. */
  readonly origin: string
  /** That of the same scenario in process: ids, prices, names and passwords are the same too. */
  readonly seed: string
  /** How the verdict names the scenario, which tells it from all others. */
  readonly label: string
  readonly settings?: Partial<Settings>
}

/**
 * A simulated Integral behind a real socket: an organisation of its own on a server, on a virtual clock
 * that nobody else moves, staged through the control API.
 *
 * @throws {TypeError} The origin leads to another machine.
 */
export function createServedBackend(options: ServedBackendOptions): Backend {
  const { origin, seed, label, settings = {} } = options
  const link = new ServerLink(origin)
  const organisation = link.control.organisation(nameOf(seed, label))
  const { baseUrl } = organisation
  const clock = new MirrorClock(VIRTUAL_START, async (ms) => {
    const { now } = await organisation.advanceClock({ ms })
    return now
  })
  const directory = new OrganisationDirectory(seed, organisation)
  let isDisturbed = false
  const fetch: Fetch = async (request) => {
    await directory.settled()
    if (!isDisturbed) return link.fetch(request)
    try {
      const answer = await link.fetch(request)
      // Not before all of it has come, as far as it comes: time passes on the way.
      await answer
        .clone()
        .arrayBuffer()
        .catch(() => {})
      return answer
    } finally {
      await followDelays()
    }
  }
  /** What a staged fault delays passes the time there. */
  const followDelays = async (): Promise<void> => {
    const time = await organisation.showClock().catch(() => undefined)
    if (time) clock.follow(time.now)
  }
  return createStagedBackend({
    ...{ name: 'served', baseUrl, seed, settings, clock, fetch },
    control: servedControl({
      organisation,
      passTime: (ms) => clock.advance(ms),
      enrol: (trader) => directory.enrol(trader),
      disturbing: () => {
        isDisturbed = true
      },
    }),
    credentialsOf: (name) => directory.credentialsOf(name),
    orders: async () => {
      const orders = await organisation.listOrders()
      return orders.map((order) => ({
        orderId: String(order.orderId),
        owner: directory.ownerOf(order),
      }))
    },
    open: async () => {
      const clock = { virtualFrom: VIRTUAL_START }
      try {
        await organisation.beginOrganisation({ seed, settings, clock, admission: 'enrolled' })
        return undefined
      } catch (error) {
        if (error instanceof NotVerifiedError) return error.message
        throw error
      }
    },
    lost: () => link.lost,
    close: async () => {
      // A server that is gone has nothing left to remove.
      await organisation.removeOrganisation().catch(() => {})
      await link.close()
    },
  })
}

/** Rows of an outline may read the same: the place tells them apart. */
function nameOf(seed: string, label: string): string {
  const hash = createHash('sha256')
    .update(JSON.stringify([seed, label]))
    .digest('hex')
  return `scenario-${hash.slice(0, 16)}`
}
