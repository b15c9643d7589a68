import { describe, it } from 'node:test'
import { assert } from 'chai'
import { transition } from 'xstate'
import { getSimplePaths } from 'xstate/graph'
import { tradingStart, tradingStep } from '../../src/machines/trading-steps.ts'
import { type TradingEvent, tradingWorkflow } from '../../src/machines/trading-workflow.ts'

/**
 * The guides' flow charts, arrow by arrow: *Trade ESP spot*, *Place an order (previously quoted)* and
 * *Place an order (limit)*. A limit order needs no rate.
 */
const CHART = [
  'signedOut: login.accepted → signedIn',
  'signedOut: login.refused → refused',
  'signedIn: rate.quoted → quoted',
  'signedIn: rate.refused → refused',
  'signedIn: order.received → polling',
  'signedIn: order.refused → refused',
  'quoted: rate.quoted → quoted',
  'quoted: order.received → polling',
  'quoted: order.refused → refused',
  'polling: status.intermediate → polling',
  'polling: status.filled → dealt',
  'polling: status.endedPartly → dealt',
  'polling: status.rejected → rejected',
  'polling: status.expired → expired',
  'polling: status.canceled → canceled',
  'dealt: trade.found → traded',
  'dealt: trade.absent → dealt',
]

/** Every way through the chart that passes nothing twice, by what the trader learns. */
const ENDINGS = {
  refused: ['login.refused', '* rate.refused', '* order.refused', '* rate.quoted order.refused'],
  rejected: ['* order.received status.rejected', '* rate.quoted order.received status.rejected'],
  expired: ['* order.received status.expired', '* rate.quoted order.received status.expired'],
  canceled: ['* order.received status.canceled', '* rate.quoted order.received status.canceled'],
  traded: [
    '* order.received status.filled trade.found',
    '* order.received status.endedPartly trade.found',
    '* rate.quoted order.received status.filled trade.found',
    '* rate.quoted order.received status.endedPartly trade.found',
  ],
}

/** Everything a trader can learn. */
const EVENTS = Object.keys({
  'login.accepted': true,
  'login.refused': true,
  'rate.quoted': true,
  'rate.refused': true,
  'order.received': true,
  'order.refused': true,
  'status.intermediate': true,
  'status.filled': true,
  'status.endedPartly': true,
  'status.rejected': true,
  'status.expired': true,
  'status.canceled': true,
  'trade.found': true,
  'trade.absent': true,
} satisfies Record<TradingEvent['type'], true>) as TradingEvent['type'][]
const STATES = Object.keys(tradingWorkflow.states)

const stateAt = (value: string) => tradingWorkflow.resolveState({ value, context: {} })

describe('the trading workflow', () => {
  it('has the arrows of the guides’ charts and no others', () => {
    const arrows = STATES.flatMap((state) =>
      EVENTS.filter((type) => stateAt(state).can({ type })).map((type) => {
        const [next] = transition(tradingWorkflow, stateAt(state), { type })
        return `${state}: ${type} → ${next.value}`
      }),
    )
    assert.sameMembers(arrows, CHART)
  })

  it('is walked step by step as the machine goes, however often', () => {
    assert.equal(tradingStart, tradingWorkflow.config.initial)
    for (const _time of [1, 2]) {
      const arrows = STATES.flatMap((state) =>
        EVENTS.map((type) => [`${state}: ${type}`, tradingStep(state, { type })] as const),
      ).flatMap(([arrow, next]) => (next === undefined ? [] : `${arrow} → ${next}`))
      assert.sameMembers(arrows, CHART)
    }
  })

  it('leads to each end in the ways of the charts and no others', () => {
    const ways = getSimplePaths(tradingWorkflow, {
      toState: ({ status }) => status === 'done',
    }).map(({ state, steps }) => {
      const events = steps.map(({ event }) => event.type).filter((type) => EVENTS.includes(type))
      return `${events.join(' ')} → ${state.value}`
    })
    const charted = Object.entries(ENDINGS).flatMap(([end, routes]) =>
      routes.map((route) => `${route.replace('*', 'login.accepted')} → ${end}`),
    )
    assert.sameMembers(ways, charted)
  })

  it('never goes on from an end', () => {
    for (const end of Object.keys(ENDINGS)) {
      const state = stateAt(end)
      assert.equal(state.status, 'done', end)
      for (const type of EVENTS) {
        const [next] = transition(tradingWorkflow, state, { type })
        assert.equal(next.value, end, `${end}, ${type}`)
      }
    }
  })
})
