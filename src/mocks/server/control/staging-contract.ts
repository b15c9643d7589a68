import { z } from 'zod'
import { outcomeRuleSchema } from '../../exchange/outcome-rule.ts'
import { faultSchema } from '../../http/fault.ts'
import { type ControlContract, ORG } from './control-contract.ts'
import {
  advanceSchema,
  clientReportSchema,
  clockSchema,
  journalQuerySchema,
  journalSchema,
  marketSchema,
  moveSchema,
  paceSchema,
  progressSchema,
  setPriceSchema,
  setSizeSchema,
  stagedFaultSchema,
  stagedRuleSchema,
  symbolBodySchema,
} from './schemas.ts'

/** Market, clock, and the journal of what was staged. */
export const stagingContract = {
  scriptOutcome: {
    method: 'POST',
    path: `${ORG}/outcomes`,
    summary: 'Stage what becomes of the next orders that fit',
    body: outcomeRuleSchema,
    answer: stagedRuleSchema,
  },
  listOutcomes: {
    method: 'GET',
    path: `${ORG}/outcomes`,
    summary: 'What is staged and not yet spent, in the order of staging',
    answer: z.array(stagedRuleSchema),
  },
  clearOutcomes: {
    method: 'DELETE',
    path: `${ORG}/outcomes`,
    summary: 'Forget every staged outcome',
  },
  removeOutcome: {
    method: 'DELETE',
    path: `${ORG}/outcomes/{ruleId}`,
    summary: 'Forget one staged outcome',
    params: z.object({ ruleId: z.string().regex(/^\d{1,15}$/) }),
  },
  stageFault: {
    method: 'POST',
    path: `${ORG}/faults`,
    summary: 'Disturb the next calls of an operation',
    body: faultSchema,
  },
  listFaults: {
    method: 'GET',
    path: `${ORG}/faults`,
    summary: 'The faults that are staged and not yet spent, with what they hit so far',
    answer: z.array(stagedFaultSchema),
  },
  clearFaults: {
    method: 'DELETE',
    path: `${ORG}/faults`,
    summary: 'Call all faults off',
  },
  showMarket: {
    method: 'GET',
    path: `${ORG}/market`,
    summary: 'The best prices now',
    answer: marketSchema,
  },
  freezeMarket: {
    method: 'POST',
    path: `${ORG}/market/freeze`,
    summary: 'Stop the walk of the prices; they stay until moved, set or thawed',
  },
  thawMarket: {
    method: 'POST',
    path: `${ORG}/market/thaw`,
    summary: 'Let the walk go on',
  },
  moveMarket: {
    method: 'POST',
    path: `${ORG}/market/move`,
    summary: 'Move one symbol, or all, by pips; resting orders that this reaches are filled',
    body: moveSchema,
  },
  setPrice: {
    method: 'POST',
    path: `${ORG}/market/price`,
    summary: 'Set the mid of a symbol',
    body: setPriceSchema,
  },
  setSize: {
    method: 'POST',
    path: `${ORG}/market/size`,
    summary: 'Set the amount at the top of the book of a symbol',
    body: setSizeSchema,
  },
  withdrawPrices: {
    method: 'POST',
    path: `${ORG}/market/withdraw`,
    summary: 'End the stream of prices of one symbol, or all',
    body: symbolBodySchema,
  },
  restorePrices: {
    method: 'POST',
    path: `${ORG}/market/restore`,
    summary: 'Take the stream of prices up again',
    body: symbolBodySchema,
  },
  showClock: {
    method: 'GET',
    path: `${ORG}/clock`,
    summary: 'The time here, and its pace',
    answer: clockSchema,
  },
  freezeClock: {
    method: 'POST',
    path: `${ORG}/clock/freeze`,
    summary: 'Stop the time of an organisation',
    answer: clockSchema,
  },
  runClock: {
    method: 'POST',
    path: `${ORG}/clock/run`,
    summary: 'Let time run, at a pace',
    body: paceSchema,
    answer: clockSchema,
  },
  advanceClock: {
    method: 'POST',
    path: `${ORG}/clock/advance`,
    summary: 'Let time pass at once, with everything that happens in it',
    body: advanceSchema,
    answer: clockSchema,
  },
  showJournal: {
    method: 'GET',
    path: `${ORG}/journal`,
    summary: 'The calls of an organisation, redacted, and everything that was staged',
    query: journalQuerySchema,
    answer: journalSchema,
  },
  clientReport: {
    method: 'GET',
    path: `${ORG}/client-report`,
    summary:
      'How the clients behaved: findings with their exchanges, what was not seen, and a verdict',
    answer: clientReportSchema,
  },
  clientReportText: {
    method: 'GET',
    path: `${ORG}/client-report.txt`,
    summary: 'The same, for people',
    answer: z.string(),
    isText: true,
  },
  showProgress: {
    method: 'GET',
    path: `${ORG}/progress`,
    summary: 'How far the play or the replay has got that the server was started with',
    answer: progressSchema,
  },
  streamEvents: {
    method: 'GET',
    path: `${ORG}/events`,
    summary:
      'What happens, as server-sent events: call, control, order and trade; Last-Event-ID brings back what was missed',
    streams: true,
  },
} as const satisfies Record<string, ControlContract>
