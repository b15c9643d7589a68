/**
 * What two runs of one scenario are compared by. A waiver names the rule, or one difference by its id:
 * the rule, a slash and what it is about, e.g. `drift.fields/queryOrder FILLED lastPrice`.
 */
export const driftRules = {
  'drift.orders': 'As many orders are placed in a step',
  'drift.statuses': 'An order passes the same statuses, as far as polling can tell',
  'drift.spelling': 'A status is spelt the same',
  'drift.fields': 'An answer has the same fields',
  'drift.types': 'A field has the same type',
  'drift.http-code': 'A request is answered with the same HTTP code',
  'drift.reason': 'A refusal or a rejection has the same code',
  'drift.reason-text': 'A refusal or a rejection says the same, apart from ids, times and amounts',
  'drift.timing': 'What takes time takes as long, by its timing class',
} as const

export type DriftRule = keyof typeof driftRules

export const driftRuleIds = Object.keys(driftRules) as DriftRule[]
