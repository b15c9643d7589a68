import { type Message, placeOfPickle } from '../cucumber-message.ts'
import { statusOf } from '../record/step-records.ts'
import { linesOf, type StreamLine } from './stream-lines.ts'

/** The worst first. */
const WORST = ['failed', 'skipped', 'passed'] as const

export type Span = Pick<StreamLine, 'offset' | 'length'>

/** The messages of one attempt at a scenario, in order. */
export interface Attempt {
  readonly testCase: Span
  readonly pickle: string
  readonly spans: Span[]
  isFinished: boolean
  /** The worst that became of its steps and hooks. */
  status: 'passed' | 'skipped' | 'failed'
}

/** What is where in the messages of a run: where scenarios ran side by side, theirs are mingled. */
export class MessageStream {
  readonly file: string
  /** Up to the beginning of the run: features, pickles, step definitions. */
  readonly head: string[] = []
  /** Of the run as a whole, before the first scenario and after it. */
  readonly before: Span[] = []
  readonly after: Span[] = []
  readonly attempts: Attempt[] = []
  /** The id of each pickle, by `uri:line name`, in the order of the features. */
  readonly pickles = new Map<string, string>()
  started: Message['testRunStarted']
  finished: Message['testRunFinished']
  readonly #testCases = new Map<string, Pick<Attempt, 'testCase' | 'pickle'>>()
  readonly #running = new Map<string, Attempt>()

  private constructor(file: string) {
    this.file = file
  }

  /** Reads where the messages of a run are, and keeps none but those of its head. */
  static async of(file: string): Promise<MessageStream> {
    const stream = new MessageStream(file)
    for await (const { text, offset, length } of linesOf(file)) {
      const message: Message = JSON.parse(text)
      stream.started ??= message.testRunStarted
      stream.finished ??= message.testRunFinished
      if (message.testRunStarted || message.testRunFinished) continue
      if (stream.started) stream.#takeBody(message, { offset, length })
      else stream.#takeHead(message, text)
    }
    return stream
  }

  #takeHead({ attachment, pickle }: Message, text: string): void {
    // The mark of the part says what the whole is not.
    if (attachment) return
    this.head.push(text)
    if (pickle) this.pickles.set(placeOfPickle(pickle), pickle.id)
  }

  #takeBody(message: Message, span: Span): void {
    const { testCase, testCaseStarted, testStepFinished, testCaseFinished } = message
    if (testCase) this.#testCases.set(testCase.id, { testCase: span, pickle: testCase.pickleId })
    else if (testCaseStarted) this.#start(testCaseStarted.id, testCaseStarted.testCaseId, span)
    else {
      const attempt = this.#running.get(attemptOf(message) ?? '')
      const ofRun = this.attempts.length === 0 ? this.before : this.after
      ;(attempt?.spans ?? ofRun).push(span)
      if (attempt && testCaseFinished) attempt.isFinished = true
      if (attempt && testStepFinished) {
        const status = statusOf(String(testStepFinished.testStepResult.status))
        attempt.status = WORST.find((each) => each === status || each === attempt.status) ?? status
      }
    }
  }

  #start(id: string, testCaseId: string, span: Span): void {
    const known = this.#testCases.get(testCaseId)
    if (!known) return
    const attempt: Attempt = { ...known, spans: [span], isFinished: false, status: 'passed' }
    this.attempts.push(attempt)
    this.#running.set(id, attempt)
  }
}

function attemptOf({
  testStepStarted,
  testStepFinished,
  testCaseFinished,
  attachment,
}: Message): string | undefined {
  const of = testStepStarted ?? testStepFinished ?? testCaseFinished ?? attachment
  return of?.testCaseStartedId
}
