import type { StepRecord } from '../../evidence/record/scenario-record.ts'
import type { Pickle, PickleStep, StepFinished, TestCase } from '../cucumber-message.ts'
import { userPlace } from '../user-place.ts'
import type { FeatureIndex } from './feature-index.ts'

const KINDS: Readonly<Record<string, StepRecord['kind']>> = {
  Context: 'context',
  Action: 'action',
  Outcome: 'outcome',
}

/** What became of each step of a scenario, in order; hooks are no steps. @param cwd - As for `messageIn`. */
export function stepRecords(
  pickle: Pickle,
  testCase: TestCase,
  finished: readonly StepFinished[],
  index: FeatureIndex,
  cwd: string,
): StepRecord[] {
  return pickle.steps.map((step) => {
    const testStep = testCase.testSteps.find(({ pickleStepId }) => pickleStepId === step.id)
    const result = finished.find(({ testStepId }) => testStepId === testStep?.id)?.testStepResult
    const argument = argumentOf(step)
    const message = result && messageIn(result, cwd)
    const status = statusOf(String(result?.status ?? 'SKIPPED'))
    return {
      keyword: index.keywordOf(step),
      kind: KINDS[String(step.type)] ?? 'action',
      text: step.text,
      ...(argument !== undefined && { argument }),
      status,
      ...(message !== undefined && status !== 'passed' && { message }),
    }
  })
}

/**
 * What a step says of why it did not pass, and where, if a user's own code threw it; nothing where it says nothing.
 *
 * @param cwd - Absolute: from there, places are told.
 */
export function messageIn(
  { exception, message }: StepFinished['testStepResult'],
  cwd: string,
): string | undefined {
  const text = exception?.message ?? message
  const place = userPlace(exception?.stackTrace ?? '', cwd)
  return text === undefined || place === undefined ? text : `${text} (${place})`
}

/** Also what is undefined, ambiguous, pending or unknown has failed. */
export function statusOf(status: string): StepRecord['status'] {
  if (status === 'PASSED') return 'passed'
  return status === 'SKIPPED' ? 'skipped' : 'failed'
}

/** The table or the text below a step, as written. */
export function argumentOf({ argument }: PickleStep): string | undefined {
  const { dataTable, docString } = argument ?? {}
  if (docString) return docString.content
  return dataTable?.rows
    .map(({ cells }) => `| ${cells.map(({ value }) => value).join(' | ')} |`)
    .join('\n')
}
