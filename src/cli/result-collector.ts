import {
  SCENARIO_EVIDENCE,
  type ScenarioEvidence,
  scenarioEvidenceSchema,
} from '../evidence/scenario-evidence.ts'
import type { ScenarioResult } from '../evidence/verdict.ts'
import {
  type Attachment,
  lineOf,
  type Message,
  type Pickle,
  type StepFinished,
  type TestCase,
  textOf,
} from './cucumber-message.ts'

/** One attempt at a scenario, while its messages come in. */
interface Attempt {
  readonly pickle: Pickle
  readonly testCase: TestCase
  readonly finished: StepFinished[]
  evidence?: ScenarioEvidence
}

/**
 * Collects what became of each scenario from Cucumber's messages. Evidence travels in them too, so
 * that it makes no difference in which thread a scenario ran.
 */
export class ResultCollector {
  readonly results: ScenarioResult[] = []
  /** Why the run as a whole broke off, in words; empty where it did not. */
  readonly breakages: string[] = []
  readonly #pickles = new Map<string, Pickle>()
  readonly #testCases = new Map<string, TestCase>()
  readonly #hooks = new Map<string, string>()
  readonly #attempts = new Map<string, Attempt>()

  receive(message: Message): void {
    const { pickle, testCase, hook, testCaseStarted, testStepFinished, attachment } = message
    const { testCaseFinished, testRunHookFinished, testRunFinished } = message
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
  }

  #start(id: string, testCaseId: string): void {
    const testCase = this.#testCases.get(testCaseId)
    const pickle = this.#pickles.get(testCase?.pickleId ?? '')
    if (testCase && pickle) this.#attempts.set(id, { pickle, testCase, finished: [] })
  }

  #keep(attachment: Attachment): void {
    const attempt = this.#attempts.get(attachment.testCaseStartedId ?? '')
    if (!attempt) return
    const parsed = scenarioEvidenceSchema.safeParse(JSON.parse(textOf(attachment)))
    if (parsed.success) attempt.evidence = parsed.data
    else this.breakages.push(`the evidence of ${attempt.pickle.uri} is not in its own form`)
  }

  #finish(id: string): void {
    const attempt = this.#attempts.get(id)
    if (!attempt) return
    this.#attempts.delete(id)
    const { pickle, finished, evidence } = attempt
    const statuses = finished.map(({ testStepResult }) => String(testStepResult.status))
    const failed = finished.find(({ testStepResult }) => isFailure(String(testStepResult.status)))
    const status = failed ? 'failed' : statuses.includes('SKIPPED') ? 'notVerified' : 'passed'
    this.results.push({
      uri: pickle.uri,
      line: lineOf(pickle),
      name: pickle.name,
      status,
      ...(failed ? { failure: this.#failureOf(failed, attempt) } : {}),
      ...(evidence ? { evidence } : {}),
    })
  }

  #failureOf({ testStepId, testStepResult }: StepFinished, { pickle, testCase }: Attempt) {
    const testStep = testCase.testSteps.find(({ id }) => id === testStepId)
    const step = pickle.steps.find(({ id }) => id === testStep?.pickleStepId)?.text
    const { exception, message, status } = testStepResult
    const text = exception?.message ?? message ?? `The step is ${String(status).toLowerCase()}.`
    return { step: step ?? this.#hooks.get(testStep?.hookId ?? '') ?? 'a hook', message: text }
  }
}

/** Everything but passed and skipped: also undefined, ambiguous, pending and unknown. */
function isFailure(status: string): boolean {
  return status !== 'PASSED' && status !== 'SKIPPED'
}
