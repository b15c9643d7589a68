import type { HistoryLine, PastFinding } from '../../../src/evidence/history/history-line.ts'

export const FEATURE = 'features/orders.feature'

export interface PastRun extends Partial<HistoryLine> {
  readonly passed?: readonly string[]
  readonly failed?: readonly string[]
  readonly notVerified?: readonly string[]
}

/** A line of the history, of a run on uat with scenarios of one feature; each has the words `w`. */
export function line({
  passed = [],
  failed = [],
  notVerified = [],
  ...own
}: PastRun = {}): HistoryLine {
  const named = (names: readonly string[]) => names.map((name): [string, string] => [name, 'w'])
  return {
    ...{ history: 1, run: 'uat-20261126T081502Z-9f3c1a', target: 'uat' },
    ...{ baseUrl: 'https://uat.example', org: 'Org', startedAt: '2026-11-26T08:15:02.000Z' },
    ...{ tookMs: 1, seed: 's', selection: [], settings: {}, software: '0.1.0', exitCode: 0 },
    counts: { passed: passed.length, failed: failed.length, notVerified: notVerified.length },
    rules: { held: [], broken: [], 'not-verified': [] },
    findings: [],
    scenarios: [
      {
        uri: FEATURE,
        passed: named(passed),
        failed: named(failed),
        notVerified: named(notVerified),
      },
    ],
    ...own,
  }
}

export function finding(rule: string, name: string): PastFinding {
  return { code: `${rule}-code`, rule, uri: FEATURE, name }
}
