import fc from 'fast-check'
import { limitOrder, type Sent } from './requests.ts'

/** What a step knows of the steps before it. */
export interface SoFar {
  readonly org: string
  readonly token: string
  readonly rate: { readonly offer?: number; readonly rateId?: string }
  readonly orderId: string
}

/** One call of an organisation's own app, or of whoever stages its simulation. */
export type Step = (soFar: SoFar) => { readonly path: string; readonly sent: Sent }

const api =
  (path: (soFar: SoFar) => string, method = 'GET', body?: (soFar: SoFar) => unknown): Step =>
  (soFar) => ({
    path: path(soFar),
    sent: {
      method,
      headers: { SSO_TOKEN: soFar.token },
      ...(body && { body: body(soFar) }),
    },
  })

const staged =
  (path: string, body: unknown, method = 'POST'): Step =>
  ({ org }) => ({
    path: `/_simulation/organisations/${encodeURIComponent(org)}${path}`,
    sent: { method, body },
  })

const coId = fc.constantFrom('c-1', 'c-2', 'c-3')

const login: Step = ({ org }) => ({
  path: '/v2/sso/login',
  sent: { method: 'POST', body: { user: 'ada', pass: `secret of ${org}`, org } },
})
const rate = api(() => '/v2/rates/spot?symbol=EUR/USD')

/** Everything that an app does, all organisations by the same names and ids. */
const trading: fc.Arbitrary<Step> = fc.oneof(
  fc.constant(login),
  fc.constant(rate),
  coId.map((id) =>
    api(
      () => '/v2/orders',
      'POST',
      () => ({ ...limitOrder, coId: id }),
    ),
  ),
  coId.map((id) =>
    api(
      () => '/v2/orders',
      'POST',
      ({ rate: { offer = 1, rateId = 'none' } }) => ({
        ...limitOrder,
        ...{ coId: id, type: 'PQ', timeInForce: 'FOK', price: offer, rateId },
      }),
    ),
  ),
  coId.map((id) =>
    api(
      () => '/v2/orders',
      'POST',
      () => ({ ...limitOrder, coId: id, price: 0.5 }),
    ),
  ),
  fc.constantFrom(
    api(({ orderId }) => `/v2/orders/${orderId}`),
    api(({ orderId }) => `/v2/orders/${orderId}`, 'DELETE'),
    api(() => '/v2/trades/stp/messages?maxCount=5'),
    api(() => '/v2/sso/token/renew'),
    api(() => '/marketdataset?id=4HProduct&symbol=EUR/USD'),
  ),
)

/** Everything that is staged for one organisation, and would be felt by another that it reached. */
const staging: fc.Arbitrary<Step> = fc.constantFrom(
  staged('/reset', {}),
  staged('', {}, 'DELETE'),
  staged('', { settings: { tokenTtlMs: 5_000 }, seed: 'own' }, 'PUT'),
  staged('/clock/advance', { ms: 60_000 }),
  staged('/market/freeze', {}),
  staged('/market/move', { pips: 50 }),
  staged('/market/price', { symbol: 'EUR/USD', mid: 1.5 }),
  staged('/market/withdraw', { symbol: 'EUR/USD' }),
  staged('/market/restore', { symbol: 'EUR/USD' }),
  staged('/tokens/expire', {}),
  staged('/faults', { operation: 'spotRate', kind: 'server error', status: 503 }),
  staged('/faults', { operation: 'placeOrder', kind: 'gateway error', status: 504, when: 'after' }),
  staged('/outcomes', { coId: 'c-2', outcome: { kind: 'fill', received: { polls: 1 } } }),
  staged('/users', { user: 'bob', password: 'another secret' }),
)
const looking: fc.Arbitrary<Step> = fc
  .constantFrom('', '/orders', '/trades', '/market', '/clock')
  .map((path) => staged(path, undefined, 'GET'))

/** What happens at one organisation, from its first login on. */
export const script: fc.Arbitrary<readonly Step[]> = fc
  .array(
    fc.oneof(
      { weight: 8, arbitrary: trading },
      { weight: 2, arbitrary: staging },
      { weight: 1, arbitrary: looking },
    ),
    { minLength: 25, maxLength: 40, size: 'max' },
  )
  .map((steps) => [login, rate, ...steps, staged('/journal', undefined, 'GET')])
