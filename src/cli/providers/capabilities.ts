import type { Operation } from '../../api/contract/endpoints.ts'
import { orderTypeSchema, timeInForceSchema } from '../../api/contract/orders.ts'
import { jsonIn } from '../../evidence/bundle/json-in.ts'
import type { Exchange } from '../../evidence/exchange.ts'

/** Operations that a provider may or may not offer, by what a provider sheet calls them. */
const OPERATIONS = {
  login: 'login',
  'token-renewal': 'renew',
  rates: 'spotRate',
  'rates-by-type': 'spotRateByType',
  'rates-by-organisation': 'spotRateByTypeAndOrg',
  'market-data-sets': 'marketDataSet',
  query: 'queryOrder',
  'query-by-client-id': 'queryOrders',
  cancel: 'cancelOrder',
  'trade-download': 'downloadTrades',
  'trade-resend': 'resendTrades',
} as const satisfies Record<string, Operation>

type OrderType = (typeof orderTypeSchema.options)[number]
type TimeInForce = (typeof timeInForceSchema.options)[number]
export type ProviderCapability =
  | keyof typeof OPERATIONS
  | 'hmac'
  | `${Lowercase<OrderType>}-orders`
  | Lowercase<TimeInForce>

/** Whether an exchange asked for a capability; whether the answer gave it is the status's to say. */
type Asks = (exchange: Exchange) => boolean

const BY_NAME: ReadonlyMap<string, Asks> = new Map<string, Asks>([
  ...Object.entries(OPERATIONS).map(([name, operation]): [string, Asks] => [
    name,
    (exchange) => exchange.operation === operation,
  ]),
  ['hmac', ({ request }) => request.headers.some(({ name }) => /^authorization$/i.test(name))],
  ...orderTypeSchema.options.map((type): [string, Asks] => [
    `${type.toLowerCase()}-orders`,
    placing(({ type: placed }) => placed === type),
  ]),
  ...timeInForceSchema.options.map((timeInForce): [string, Asks] => [
    timeInForce.toLowerCase(),
    placing((order) => order.type === 'Limit' && order.timeInForce === timeInForce),
  ]),
])

/** Every capability that can be expected of a provider: operations, order types, times in force of limit orders. */
export const PROVIDER_CAPABILITIES = [...BY_NAME.keys()] as [
  ProviderCapability,
  ...ProviderCapability[],
]

/** How often a capability was asked for, and how often the answer was one of success. */
export interface Sightings {
  readonly asked: number
  readonly given: number
}

/** What was seen of a capability. @param exchanges - Those of other scenarios count where they were made. */
export function sightingsOf(
  capability: ProviderCapability,
  exchanges: readonly Exchange[],
): Sightings {
  const asks = BY_NAME.get(capability) ?? (() => false)
  const asked = exchanges.filter((each) => each.sharedFrom === undefined && asks(each))
  return { asked: asked.length, given: asked.filter(isGiven).length }
}

function isGiven({ response }: Exchange): boolean {
  return response !== undefined && response.status >= 200 && response.status < 300
}

function placing(
  isMeant: (order: { readonly type?: unknown; readonly timeInForce?: unknown }) => boolean,
): Asks {
  return ({ operation, request }) =>
    operation === 'placeOrder' && isMeant(Object(jsonIn(request.body ?? '')))
}
