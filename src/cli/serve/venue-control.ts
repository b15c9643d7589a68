import type { SimulationControl } from '../../backends/backend.ts'
import type { Venue } from '../../mocks/server/venue.ts'

/**
 * What a play stages at an organisation, noted in its journal as what was staged through the control API is.
 * Everything is in place when the call returns.
 */
export function venueControl(venue: Venue): SimulationControl {
  const noted = (action: string, details: object, stage: () => unknown): Promise<void> => {
    stage()
    venue.note(action, { ...details, by: 'play' })
    return Promise.resolve()
  }
  return {
    scriptOutcome: (coId, outcome) =>
      noted('scriptOutcome', { match: { coId }, outcome }, () =>
        venue.exchange.outcomes.script(coId, outcome),
      ),
    proceed: (orderId) =>
      noted('proceedOrder', { orderId }, () => venue.exchange.desk.proceed(orderId)),
    freezeMarket: () => noted('freezeMarket', {}, () => venue.exchange.market.freeze()),
    moveMarket: (symbol, pips) =>
      noted('moveMarket', { symbol, pips }, () => venue.exchange.market.move(pips, symbol)),
    setMarketSize: (symbol, amount) =>
      noted('setSize', { symbol, amount }, () => venue.exchange.market.offerSize(symbol, amount)),
    withdrawPrices: () => noted('withdrawPrices', {}, () => venue.exchange.market.withdraw()),
    passTime: (ms) => noted('advanceClock', { ms }, () => venue.clock.advance(ms)),
    expireTokens: () => noted('expireTokens', {}, () => venue.exchange.sessions.expireAll()),
    stageFault: (fault) => noted('stageFault', fault, () => venue.faults.stage(fault)),
    enrol: async ({ name, mayTrade, elsewhere }) => {
      const org = elsewhere ? `${name}Org` : venue.name
      const user = venue.exchange.directory.enrol({ name, org, mayTrade })
      venue.note('enrolUser', { user: name, org, mayTrade, by: 'play' })
      return { user: user.name, password: user.password, org }
    },
  }
}
