import { evidenceIn, takeEvidenceOver } from '../evidence/evidence-document.ts'
import type { ScenarioRecord } from '../evidence/record/scenario-record.ts'
import { SCENARIO_EVIDENCE, type ScenarioEvidence } from '../evidence/scenario-evidence.ts'
import { reasonOf, settled } from '../evidence/verdict.ts'
import {
  type Attachment,
  lineOf,
  type Message,
  type Pickle,
  type StepFinished,
  type TestCase,
  textOf,
} from './cucumber-message.ts'
import { FeatureIndex } from './record/feature-index.ts'
import { messageIn, statusOf, stepRecords } from './record/step-records.ts'

/** One attempt at a scenario, while its messages come in. */
interface Attempt {
  readonly pickle: Pickle
  readonly testCase: TestCase
  readonly finished: StepFinished[]
  evidence?: ScenarioEvidence
}

/**
 * Tells what became of each scenario from Cucumber's messages. Evidence travels in them too, or is handed over in
 * this thread, so that it makes no difference in which thread a scenario ran.
 */
export class ResultCollector {
  /** Why the run as a whole broke off, in words; empty where it did not. */
  readonly breakages: string[] = []
  readonly #pickles = new Map<string, Pickle>()
  readonly #testCases = new Map<string, TestCase>()
  readonly #hooks = new Map<string, string>()
  readonly #attempts = new Map<string, Attempt>()
  readonly #index = new FeatureIndex()
  readonly #cwd: string
  readonly #ended: (record: ScenarioRecord) => void
  readonly #endTakingOver: () => void

  /**
   * @param ended - Told of each scenario as it ends.
   * @param cwd - Absolute: from there, places of steps are told.
   */
  constructor(ended: (record: ScenarioRecord) => void, cwd: string = process.cwd()) {
    this.#ended = ended
    this.#cwd = cwd
    this.#endTakingOver = takeEvidenceOver()
  }

  receive(message: Message): void {
    const { pickle, testCase, hook, testCaseStarted, testStepFinished, attachment } = message
    const { testCaseFinished, testRunHookFinished, testRunFinished } = message
    this.#index.receive(message)
    if (pickle) this.#pickles.set(pickle.id, pickle)
    if (testCase) this.#testCases.set(testCase.id, testCase)
    if (hook) this.#hooks.set(hook.id, hook.name ?? 'a hook')
    if (testCaseStarted) this.#start(testCaseStarted.id, testCaseStarted.testCaseId)
    if (testStepFinished) {
      this.#attempts.get(testStepFinished.testCaseStartedId)?.finished.push(testStepFinished)
    }
    if (attachment?.mediaType === SCENARIO_EVIDENCE) this.#keep(attachment)
    if (testCaseFinished && !testCaseFinished.willBeRetried) {
      this.#finish(testCaseFinished.testCaseStartedId)
    }
    const whole = testRunHookFinished?.result.exception ?? testRunFinished?.exception
    if (whole) this.breakages.push(`${whole.type}: ${whole.message ?? 'no message'}`)
    if (testRunFinished) this.#endTakingOver()
  }

  #start(id: string, testCaseId: string): void {
    const testCase = this.#testCases.get(testCaseId)
    const pickle = this.#pickles.get(testCase?.pickleId ?? '')
    if (testCase && pickle) this.#attempts.set(id, { pickle, testCase, finished: [] })
  }

  #keep(attachment: Attachment): void {
    const attempt = this.#attempts.get(attachment.testCaseStartedId ?? '')
    if (!attempt) return
    const { pickle } = attempt
    const evidence = evidenceIn(attachment.body, () => textOf(attachment))
    if (!evidence) this.breakages.push(`the evidence of ${pickle.uri} is not in its own form`)
    else if (isOf(pickle, evidence)) attempt.evidence = evidence
    else this.breakages.push(`the evidence of ${pickle.uri} is another scenario's`)
  }

  #finish(id: string): void {
    const attempt = this.#attempts.get(id)
    if (!attempt) return
    const { pickle, testCase, finished, evidence } = attempt
    this.#attempts.delete(id)
    this.#testCases.delete(testCase.id)
    this.#pickles.delete(pickle.id)
    const statuses = finished.map(({ testStepResult }) => statusOf(String(testStepResult.status)))
    const failed = finished[statuses.indexOf('failed')]
    const status = failed ? 'failed' : statuses.includes('skipped') ? 'notVerified' : 'passed'
    const record = settled({
      uri: pickle.uri,
      line: lineOf(pickle),
      name: pickle.name,
      ...this.#index.standingOf(pickle.astNodeIds),
      tags: pickle.tags.map(({ name }) => name),
      status,
      ...(failed ? { failure: this.#failureOf(failed, attempt) } : {}),
      steps: stepRecords(pickle, testCase, finished, this.#index, this.#cwd),
      ...(evidence ? { evidence } : {}),
    })
    const why = record.status === 'notVerified' ? { notVerified: reasonOf(record) } : {}
    this.#ended({ ...record, ...why })
  }

  #failureOf({ testStepId, testStepResult }: StepFinished, { pickle, testCase }: Attempt) {
    const testStep = testCase.testSteps.find(({ id }) => id === testStepId)
    const step = pickle.steps.find(({ id }) => id === testStep?.pickleStepId)?.text
    const { exception, status } = testStepResult
    return {
      step: step ?? this.#hooks.get(testStep?.hookId ?? '') ?? 'a hook',
      message:
        messageIn(testStepResult, this.#cwd) ?? `The step is ${String(status).toLowerCase()}.`,
      ...(exception?.type === 'AssertionError' && { isAssertion: true }),
    }
  }
}

function isOf(pickle: Pickle, { scenario }: ScenarioEvidence): boolean {
  return scenario.uri === pickle.uri && scenario.line === lineOf(pickle)
}
