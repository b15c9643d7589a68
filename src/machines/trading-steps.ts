import { initialTransition, transition } from 'xstate'
import { type TradingEvent, tradingWorkflow } from './trading-workflow.ts'

const [start] = initialTransition(tradingWorkflow)

/** The state in which every way through the workflow begins. */
export const tradingStart = String(start.value)

/** By state and event: where the machine says that it leads. It holds nothing but its state. */
const asked = new Map<string, string | undefined>()

/**
 * The state that `event` leads to, or `undefined` where the workflow has no such arrow. The machine is asked once
 * for each: it takes longer than the answer that a scenario learnt it from, and a scenario asks a dozen times.
 */
export function tradingStep(state: string, { type }: TradingEvent): string | undefined {
  const key = `${state} ${type}`
  if (!asked.has(key)) asked.set(key, ask(state, { type }))
  return asked.get(key)
}

function ask(state: string, event: TradingEvent): string | undefined {
  const at = tradingWorkflow.resolveState({ value: state as keyof typeof tradingWorkflow.states })
  if (!at.can(event)) return undefined
  const [next] = transition(tradingWorkflow, at, event)
  return String(next.value)
}
