import type { IntegralClient } from './integral-client.ts'

/** What the rest of a client is made of. */
export type ClientCore = Pick<
  IntegralClient,
  'session' | 'forgetSession' | 'login' | 'renew' | 'ensureSession' | 'call'
>

/** A whole client over its core: every named operation is one call. */
export function clientOver(core: ClientCore): IntegralClient {
  const { call } = core
  return {
    get session() {
      return core.session
    },
    forgetSession: core.forgetSession,
    login: core.login,
    renew: core.renew,
    ensureSession: core.ensureSession,
    spotRate: (symbol) => call('spotRate', { query: { symbol } }),
    spotRateByType: (symbol, type, org) =>
      org === undefined
        ? call('spotRateByType', { params: { type }, query: { symbol } })
        : call('spotRateByTypeAndOrg', { params: { type, org }, query: { symbol } }),
    marketDataSet: (query) => call('marketDataSet', { query }),
    placeOrder: (order) => call('placeOrder', { body: order }),
    queryOrder: (orderId) => call('queryOrder', { params: { id: orderId } }),
    queryOrdersByCoId: (coId) => call('queryOrders', { query: { coId } }),
    queryActiveOrders: () => call('queryOrders'),
    cancelOrder: (orderId) => call('cancelOrder', { params: { orderId } }),
    downloadTrades: ({ maxCount } = {}) => call('downloadTrades', { query: { maxCount } }),
    resendTrades: (range) => call('resendTrades', { body: range }),
    call,
  }
}
