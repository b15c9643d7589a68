import { createHash } from 'node:crypto'
import { extname } from 'node:path'
import {
  ALLURE_HTTP_EXCHANGE_CONTENT_TYPE,
  ALLURE_HTTP_EXCHANGE_FILE_EXTENSION,
  type Label,
  Status,
} from 'allure-js-commons'
import type { RuntimeMessage } from 'allure-js-commons/sdk'
import { getStatusFromError } from 'allure-js-commons/sdk'
import { SCENARIO_EVIDENCE, scenarioEvidenceSchema } from '../evidence/scenario-evidence.ts'
import { allureHttp } from './allure-http.ts'
import {
  type Attachment,
  type GherkinDocument,
  lineOf,
  type Message,
  type Pickle,
  type StepFinished,
  textOf,
} from './cucumber-message.ts'

const ALLURE_MESSAGE = 'application/vnd.allure.message+json'

/**
 * Puts Cucumber's messages into the form that shows best in Allure:
 *
 * - what a hook attaches belongs to the scenario, not to a folded-away fixture;
 * - exchanges are shown as such;
 * - a scenario fails when a hook fails: Allure looks at steps alone, and would show a green tick;
 * - rules are stories, and rows of an outline are tests of their own, not retries of one another.
 */
export class AllureRelay {
  readonly #target: string
  readonly #documents = new Map<string, GherkinDocument>()
  readonly #pickles = new Map<string, Pickle>()
  readonly #pickleOfTestCase = new Map<string, string>()
  /** Hook names, by the id of the hook, then by the id of the test step that runs it. */
  readonly #hookNames = new Map<string, string>()
  readonly #hookSteps = new Map<string, string>()
  readonly #held = new Map<string, Attachment[]>()

  constructor(target: string) {
    this.#target = target
  }

  /** The messages to hand on for one that came in. */
  relay(message: Message): Message[] {
    this.#learn(message)
    const { testCaseStarted, attachment, testStepFinished } = message
    if (testCaseStarted) {
      const identity = this.#identity(testCaseStarted.testCaseId)
      return [message, ...runtimeMessages(testCaseStarted.id, identity)]
    }
    if (attachment && this.#hookSteps.has(attachment.testStepId ?? '')) {
      const key = attachment.testCaseStartedId ?? ''
      this.#held.set(key, [...(this.#held.get(key) ?? []), attachment])
      return []
    }
    return testStepFinished ? this.#afterStep(testStepFinished) : [message]
  }

  #learn({ gherkinDocument, pickle, hook, testCase }: Message): void {
    if (gherkinDocument?.uri) this.#documents.set(gherkinDocument.uri, gherkinDocument)
    if (pickle) this.#pickles.set(pickle.id, pickle)
    if (hook) this.#hookNames.set(hook.id, hook.name ?? 'hook')
    if (!testCase) return
    this.#pickleOfTestCase.set(testCase.id, testCase.pickleId)
    for (const { id, hookId } of testCase.testSteps) {
      if (hookId !== undefined) this.#hookSteps.set(id, this.#hookNames.get(hookId) ?? 'hook')
    }
  }

  #afterStep(finished: StepFinished): Message[] {
    const { testStepId, testCaseStartedId, testStepResult } = finished
    const hookName = this.#hookSteps.get(testStepId)
    if (hookName === undefined) return [{ testStepFinished: withReason(finished) }]
    const held = this.#held.get(testCaseStartedId) ?? []
    this.#held.delete(testCaseStartedId)
    // Without its reason, which is the scenario's now: Allure would list it as a global error too.
    const { status, duration } = testStepResult
    const bare = { ...finished, testStepResult: { status, duration } }
    return [
      { testStepFinished: bare },
      ...runtimeMessages(testCaseStartedId, [
        ...shownAttachments(held),
        ...hookFailure(hookName, finished),
      ]),
    ]
  }

  #identity(testCaseId: string): RuntimeMessage[] {
    const pickle = this.#pickles.get(this.#pickleOfTestCase.get(testCaseId) ?? '')
    if (!pickle) return []
    const feature = this.#documents.get(pickle.uri)?.feature
    const rule = feature?.children.find((child) =>
      child.rule?.children.some(({ scenario }) => pickle.astNodeIds.includes(scenario?.id ?? '')),
    )?.rule
    const labels: Label[] = [
      { name: 'epic', value: 'Integral FX REST API' },
      { name: 'parentSuite', value: this.#target },
      { name: 'suite', value: feature?.name ?? pickle.uri },
      ...(rule
        ? [
            { name: 'subSuite', value: rule.name },
            { name: 'story', value: rule.name },
          ]
        : []),
    ]
    const id = allureTestCaseId(this.#target, pickle.uri, lineOf(pickle))
    return [{ type: 'metadata', data: { labels, testCaseId: id } }]
  }
}

/** What Allure knows a scenario by: its place, on this target. */
export function allureTestCaseId(target: string, uri: string, line: number): string {
  return createHash('md5').update(`${target} ${uri}:${line}`).digest('hex')
}

/** Why a step was skipped: Allure reads messages of exceptions alone. */
function withReason(finished: StepFinished): StepFinished {
  const { testStepResult } = finished
  const { status, message } = testStepResult
  if (String(status) !== 'SKIPPED' || message === undefined) return finished
  return {
    ...finished,
    testStepResult: { ...testStepResult, exception: { type: 'NotVerified', message } },
  }
}

function runtimeMessages(testCaseStartedId: string, messages: RuntimeMessage[]): Message[] {
  if (messages.length === 0) return []
  const body = JSON.stringify(messages)
  const attachment = { testCaseStartedId, mediaType: ALLURE_MESSAGE, body } as Attachment
  return [{ attachment }]
}

/** The exchanges stand in the evidence whole; what a hook attached of them was for reading. */
function shownAttachments(held: readonly Attachment[]): RuntimeMessage[] {
  const evidence = held.find(({ mediaType }) => mediaType === SCENARIO_EVIDENCE)
  const { exchanges } = evidence
    ? scenarioEvidenceSchema.parse(JSON.parse(textOf(evidence)))
    : { exchanges: [] }
  return held.map((attachment) => {
    const name = attachment.fileName ?? 'Attachment'
    const exchange = exchanges.find(({ number }) => name.startsWith(`Exchange ${number}: `))
    if (exchange) {
      const content = JSON.stringify(allureHttp(exchange))
      const contentType = ALLURE_HTTP_EXCHANGE_CONTENT_TYPE
      return attached(name, content, contentType, ALLURE_HTTP_EXCHANGE_FILE_EXTENSION)
    }
    const isText = attachment.mediaType.startsWith('text/')
    const extension = isText ? '.txt' : extname(name)
    return attached(name, textOf(attachment), attachment.mediaType, extension)
  })
}

function attached(
  name: string,
  content: string,
  contentType: string,
  fileExtension: string,
): RuntimeMessage {
  return {
    type: 'attachment_content',
    data: {
      name,
      content: Buffer.from(content).toString('base64'),
      encoding: 'base64',
      contentType,
      fileExtension,
      wrapInStep: true,
    },
  }
}

function hookFailure(name: string, { testStepResult, timestamp }: StepFinished): RuntimeMessage[] {
  if (String(testStepResult.status) !== 'FAILED') return []
  const { exception, message = 'failed without a message' } = testStepResult
  const error = {
    name: exception?.type ?? 'Error',
    message: exception?.message ?? message,
    stack: exception?.stackTrace ?? message,
  }
  const at = timestamp.seconds * 1_000 + timestamp.nanos / 1e6
  return [
    { type: 'step_start', data: { name, start: at } },
    {
      type: 'step_stop',
      data: {
        stop: at,
        status: error.name === 'AssertionError' ? Status.FAILED : getStatusFromError(error),
        statusDetails: { message: error.message, trace: error.stack },
      },
    },
  ]
}
