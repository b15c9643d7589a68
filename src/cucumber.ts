/**
 * What steps of your own are written with: Cucumber's functions, from the one copy of it that runs the scenarios, and the
 * types of the World and of the parameters that the shipped steps define.
 */

export type { ITestCaseHookParameter, ITestStepHookParameter } from '@cucumber/cucumber'
export {
  After,
  AfterAll,
  AfterStep,
  Before,
  BeforeAll,
  BeforeStep,
  DataTable,
  defineParameterType,
  Given,
  Then,
  When,
} from '@cucumber/cucumber'
export type { Answer, Malformed, Refusal, Success } from './api/client/answer.ts'
export type { TokenTransport } from './api/client/token.ts'
export type { Side } from './api/contract/common.ts'
export type { OrderStatus } from './api/contract/statuses.ts'
export type { Backend, Capability, SimulationControl } from './backends/backend.ts'
export { needs } from './backends/needs.ts'
export type { Alteration, Moment, ParameterTypes } from './steps/parameters.ts'
export type { PlacedOrder } from './steps/placed-order.ts'
export type { Amount, Life, RelativePrice } from './steps/terms.ts'
export type { Trader } from './steps/trader.ts'
export type { TradingWorld, WorldParameters } from './steps/world.ts'
