/** The public door of the package. */
export type {
  Answer,
  Malformed,
  Refusal,
  ShapeProblem,
  Success,
} from './api/client/answer.ts'
export { createIntegralClient } from './api/client/create-integral-client.ts'
export type { IntegralClient } from './api/client/integral-client.ts'
export { NoAnswerError } from './api/client/no-answer-error.ts'
export type {
  CallInput,
  ClientOptions,
  Credentials,
  HmacCredentials,
} from './api/client/options.ts'
export type { SessionInfo } from './api/client/session-info.ts'
export type { TokenTransport } from './api/client/token.ts'
export type { Clock } from './api/clock.ts'
export type { Side } from './api/contract/common.ts'
export type { Operation } from './api/contract/endpoints.ts'
export type { MarketDataSetQuery, MarketDataSets } from './api/contract/market-data-set.ts'
export type {
  AtBestOrderRequest,
  LimitOrderRequest,
  Order,
  OrderType,
  PlaceOrderRequest,
  PqOrderRequest,
  TimeInForce,
} from './api/contract/orders.ts'
export type { RateType, SpotRate, TypedSpotRate } from './api/contract/rates.ts'
export type { LoginAnswer, RenewAnswer } from './api/contract/session.ts'
export { ORDER_STATUSES, type OrderStatus } from './api/contract/statuses.ts'
export type { ResendRequest, Trade } from './api/contract/trades.ts'
export type { Fetch } from './api/fetch.ts'
export type { Outcome } from './mocks/exchange/outcome.ts'
export type { Pace } from './mocks/exchange/pace.ts'
export { SettingsError } from './mocks/exchange/settings/parse-settings.ts'
export type { SettingName, Settings } from './mocks/exchange/settings/settings.ts'
export { VirtualClock } from './mocks/exchange/virtual-clock.ts'
export type { DoneTrade } from './mocks/http/done-trade.ts'
export type { Fault, ReadFault, ServerFault } from './mocks/http/fault.ts'
export type { StagedFault } from './mocks/http/faults.ts'
export { type Integral, setupIntegral } from './mocks/http/setup-integral.ts'
export type { IntegralOptions, NewUser } from './mocks/http/setup-options.ts'
export type { StagedClock } from './mocks/http/staged-clock.ts'
export type { StagedMarket, TopOfBook } from './mocks/http/staged-market.ts'
export {
  connectToServer,
  type OrganisationControl,
  type ServerControl,
} from './mocks/server/control/connect-to-server.ts'
export { ControlError } from './mocks/server/control/control-error.ts'
