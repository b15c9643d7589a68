import { decimalOf } from '../../reading/decimal.ts'
import { isDownload, isEmptyDownload, isLostDownload, isResend } from '../../reading/delivery.ts'
import { elementsOf, idOf } from '../../reading/reading.ts'
import type { ClientRule, ClientSight } from '../client-rule.ts'
import type { Call } from '../reading/call.ts'
import type { ClientMatter, ClientOrder } from '../reading/client-matter.ts'

const FILL = 'let an order be filled, and the client download its trade'

export const untilEmptyRule: ClientRule = {
  id: 'client.download-until-empty',
  family: 'Trades',
  sentence: 'The client goes on downloading until an empty list comes.',
  source: { section: '2.8', mark: 'seed' },
  weight: 'must',
  unseen: 'no download brought a trade',
  toSee: FILL,
  check: ({ calls }) => {
    const downloads = calls.filter(({ operation }) => operation === 'downloadTrades')
    return [...Map.groupBy(downloads, ({ user }) => user).values()].map(emptySight)
  },
}

function emptySight(downloads: readonly Call[]): ClientSight {
  const filled = downloads.filter((each) => isDownload(each) && !isEmptyDownload(each))
  const last = downloads.at(-1)
  if (!last || filled.length === 0) return undefined
  if (!filled.includes(last)) return downloads.some(isEmptyDownload) ? 'held' : undefined
  const count = elementsOf(last.body).length
  const trades = count === 1 ? 'a trade' : `${count} trades`
  const detail = `the last download brought ${trades}, and no further one was made`
  return { detail, exchanges: [last.number], user: last.user }
}

export const tradesLeftRule: ClientRule = {
  id: 'client.trades-left',
  family: 'Trades',
  sentence: 'The client downloads every trade: none is left at the server in the end.',
  source: { section: '2.8', mark: 'seed' },
  weight: 'must',
  unseen: 'no trade was made',
  toSee: FILL,
  check: ({ facts, calls }) => {
    if (!facts.undelivered)
      return [{ unjudged: 'which trades are left at the server is not known' }]
    const byOrder = [...Map.groupBy(facts.undelivered, ({ orderId }) => orderId)]
    if (byOrder.length === 0) {
      return calls.some((call) => isDownload(call) && !isEmptyDownload(call)) ? ['held'] : []
    }
    return byOrder.map(([orderId, trades]) => leftSight(orderId, trades.length, calls))
  },
}

function leftSight(orderId: string, count: number, calls: readonly Call[]): ClientSight {
  const about = calls.findLast(
    ({ body, isSuccess }) =>
      isSuccess && elementsOf(body).some((fields) => idOf(fields.orderId) === orderId),
  )
  const trades = count === 1 ? 'a trade was' : `${count} trades were`
  return {
    detail: `${trades} never downloaded`,
    exchanges: about ? [about.number] : [],
    user: about?.user ?? '',
    orderId,
  }
}

export const lostDownloadRule: ClientRule = {
  id: 'client.lost-download',
  family: 'Trades',
  sentence: 'After a download that got no whole answer, the client has its trades sent again.',
  source: { section: '5', mark: 'inferred' },
  weight: 'should',
  unseen: 'no download was lost that had trades in it',
  toSee:
    'fill an order, and stage a fault on downloadTrades that cuts the connection after the side effect',
  check: (matter) => {
    const lost = matter.calls.filter(
      (call) => isLostDownload(call) && call.exchange.tookEffect !== false,
    )
    return lost.map((call) => lostSight(call, matter))
  },
}

/** Missing is the trade of an order that was told to have dealt, that neither came nor waits. */
function lostSight(lost: Call, { calls, orders, facts }: ClientMatter): ClientSight {
  if (!facts.undelivered) return { unjudged: 'which trades are left at the server is not known' }
  const resend = calls.find((call) => isResend(call) && call.number > lost.number)
  const waiting = new Set(facts.undelivered.map(({ orderId }) => orderId))
  const came = new Set(
    calls
      .filter(isDownload)
      .flatMap(({ body }) => elementsOf(body).map(({ orderId }) => idOf(orderId))),
  )
  const missing = orders.filter(
    (order) =>
      hasDealtBefore(order, lost) && !waiting.has(order.orderId) && !came.has(order.orderId),
  )
  if (resend) return 'held'
  if (missing.length === 0) return undefined
  const ids = missing.map(({ orderId }) => orderId).join(', ')
  const detail = `a download got no whole answer, and none was asked to be sent again; missing are the trades of ${ids}`
  const [only, ...others] = missing
  return {
    ...{ detail, exchanges: [lost.number], user: lost.user },
    ...(only && others.length === 0 && { orderId: only.orderId }),
  }
}

function hasDealtBefore({ views }: ClientOrder, { number }: Call): boolean {
  return views.some(
    ({ status, fields, reading }) =>
      reading.number < number &&
      (status === 'FILLED' || (decimalOf(fields.cumQty)?.gt(0) ?? false)),
  )
}
