import type { Alternatives } from './alternatives.ts'

/** Fact sheet 6, row 11, and what a market may make of orders. */
export const outcomeAlternatives = {
  errorShape: [{ code: '{code}', message: '{message}' }, { error: 'no' }],
  errorCodes: [{ 'unknown-order': '1042' }],
  'outcome.magic': [false],
  'outcome.rejectBeforeNew': [0.5, 1],
  'outcome.rejectAfterNew': [0.5, 1],
  'outcome.expire': [0.5, 1],
  'outcome.fillInParts': [0.5, 1],
} as const satisfies Alternatives
