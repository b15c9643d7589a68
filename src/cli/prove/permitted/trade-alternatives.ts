import type { Alternatives } from './alternatives.ts'

/** Fact sheet 6, rows 33 to 42. */
export const tradeAlternatives = {
  // A trade may take 10 s, from when somebody saw its order FILLED.
  'stp.delayMs': [3_000, 10_000],
  'stp.delayPolls': [1, 3],
  'stp.scope': ['user'],
  'stp.consumeOn': ['flush'],
  'stp.order': ['desc', 'random'],
  'stp.maxCountInvalid': ['default'],
  'stp.cap': [10],
  'stp.defaultCount': [20],
  'stp.empty': ['204', 'blank'],
  'stp.extraFields': [{}, { amountSettled: 'settledAmount', dealRate: 'rate' }],
  'stp.omitEvent': [true],
  'fills.perOrder': [2, 7],
  'resend.empty': [404],
  'resend.invalid': [404],
  'resend.tz': ['America/New_York', 'Asia/Tokyo'],
} as const satisfies Alternatives
