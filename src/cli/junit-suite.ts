import { JUnitXmlPrinter, type Options } from '@cucumber/junit-xml-formatter'
import {
  type GherkinDocument,
  lineOf,
  type Message,
  type Pickle,
  type TestCase,
} from './cucumber-message.ts'

/** Lets the printer print; it says nothing of a single test. */
const END: Message = { testRunFinished: { timestamp: { seconds: 0, nanos: 0 }, success: true } }
const COUNTED = ['tests', 'skipped', 'failures'] as const

/** An attempt at a scenario, with what of its messages is printed. */
interface Attempt {
  readonly pickle: Pickle
  readonly testCase: TestCase
  readonly messages: Message[]
}

interface Test {
  readonly uri: string
  readonly line: number
  /** The element, whole, with its indentation and its last line feed. */
  readonly text: string
}

/**
 * The suite that build servers read, byte for byte as Cucumber's own printer makes it. That one keeps every message of
 * a run until its end; here each scenario has a printer of its own, and what stays of it is the text of its test.
 */
export class JunitSuite {
  readonly #options: Options
  readonly #write: (text: string) => void
  readonly #documents = new Map<string, GherkinDocument>()
  readonly #pickles = new Map<string, Pickle>()
  /** How many scenarios of a feature have not ended: its text is kept as long as there are any. */
  readonly #left = new Map<string, number>()
  readonly #testCases = new Map<string, TestCase>()
  readonly #attempts = new Map<string, Attempt>()
  /** Of the run as a whole. */
  readonly #ofRun: Message[] = []
  readonly #tests: Test[] = []
  readonly #counts = { tests: 0, skipped: 0, failures: 0 }

  constructor(options: Options, write: (text: string) => void) {
    this.#options = options
    this.#write = write
  }

  receive(message: Message): void {
    const { gherkinDocument, pickle, testCase, testCaseStarted } = message
    const { testStepFinished, testCaseFinished, testRunFinished } = message
    const { testRunStarted, hook, testRunHookStarted, testRunHookFinished } = message
    if (gherkinDocument) this.#documents.set(gherkinDocument.uri ?? '', gherkinDocument)
    if (pickle) {
      this.#pickles.set(pickle.id, pickle)
      this.#left.set(pickle.uri, (this.#left.get(pickle.uri) ?? 0) + 1)
    }
    if (testCase) this.#testCases.set(testCase.id, withoutMatches(testCase))
    if (testCaseStarted) this.#start(testCaseStarted.id, testCaseStarted.testCaseId, message)
    const of = (testStepFinished ?? testCaseFinished)?.testCaseStartedId ?? ''
    this.#attempts.get(of)?.messages.push(message)
    if (testCaseFinished) this.#finish(of, testCaseFinished.willBeRetried)
    if (testRunStarted ?? hook ?? testRunHookStarted ?? testRunHookFinished) {
      this.#ofRun.push(message)
    }
    if (testRunFinished) this.#end(message)
  }

  #start(id: string, testCaseId: string, message: Message): void {
    const testCase = this.#testCases.get(testCaseId)
    const pickle = this.#pickles.get(testCase?.pickleId ?? '')
    if (testCase && pickle) this.#attempts.set(id, { pickle, testCase, messages: [message] })
  }

  #finish(id: string, willBeRetried: boolean): void {
    const attempt = this.#attempts.get(id)
    this.#attempts.delete(id)
    if (!attempt || willBeRetried) return
    this.#print(attempt)
    const { pickle, testCase } = attempt
    this.#pickles.delete(pickle.id)
    this.#testCases.delete(testCase.id)
    const left = (this.#left.get(pickle.uri) ?? 0) - 1
    this.#left.set(pickle.uri, left)
    if (left === 0) this.#documents.delete(pickle.uri)
  }

  #print({ pickle, testCase, messages }: Attempt): void {
    const document = this.#documents.get(pickle.uri)
    const { suiteName: _, ...options } = this.#options
    const suite = printed(options, [
      ...(document ? [{ gherkinDocument: onlyWith(pickle, document) }] : []),
      ...[{ pickle }, { testCase }, ...messages, END],
    ])
    for (const name of COUNTED) this.#counts[name] += countIn(suite, name)
    const text = suite.slice(suite.indexOf('  <testcase '), suite.lastIndexOf('</testsuite>'))
    this.#tests.push({ uri: pickle.uri, line: lineOf(pickle), text })
  }

  /** What has not ended is told as far as it came. */
  #end(message: Message): void {
    for (const attempt of this.#attempts.values()) this.#print(attempt)
    const suite = COUNTED.reduce(
      (text, name) => text.replace(counter(name), ` ${name}="${this.#counts[name]}"`),
      printed(this.#options, [...this.#ofRun, message]),
    )
    if (this.#tests.length === 0) this.#write(suite)
    else {
      // Without tests, and without hooks that failed, it has no content and no closing tag.
      this.#write(suite.replace(/(?:\/>|<\/testsuite>)$/, (close) => (close === '/>' ? '>\n' : '')))
      for (const { text } of this.#tests.sort(inOrder)) this.#write(text)
      this.#write('</testsuite>')
    }
  }
}

/** What the words of steps were matched with is the larger part of a plan, and no part of a test. */
function withoutMatches({ testSteps, ...testCase }: TestCase): TestCase {
  return {
    ...testCase,
    testSteps: testSteps.map(({ stepMatchArgumentsLists, ...step }) =>
      stepMatchArgumentsLists ? { ...step, stepMatchArgumentsLists: [] } : step,
    ),
  }
}

function printed(options: Options, messages: readonly Message[]): string {
  let text = ''
  const printer = new JUnitXmlPrinter(options, (content) => {
    text += content
  })
  for (const message of messages) printer.update(message)
  return text
}

/** An attribute of the suite: in its name there are no quotes, and it comes before everything else. */
function counter(name: (typeof COUNTED)[number]): RegExp {
  return new RegExp(` ${name}="(\\d+)"`)
}

function countIn(suite: string, name: (typeof COUNTED)[number]): number {
  return Number(counter(name).exec(suite)?.[1] ?? 0)
}

/** The printer looks through all of a feature: all but one scenario is left out. */
function onlyWith(pickle: Pickle, document: GherkinDocument): GherkinDocument {
  const { feature } = document
  if (!feature) return document
  const isOther = ({ scenario }: { scenario?: { id: string } | undefined }) =>
    scenario !== undefined && !pickle.astNodeIds.includes(scenario.id)
  const children = feature.children
    .filter((child) => !isOther(child))
    .map(({ rule, ...child }) =>
      rule
        ? { rule: { ...rule, children: rule.children.filter((each) => !isOther(each)) } }
        : child,
    )
  return { ...document, feature: { ...feature, children } }
}

/** As the printer has it: by file, and by line. */
function inOrder(one: Test, other: Test): number {
  return one.uri === other.uri ? one.line - other.line : one.uri.localeCompare(other.uri)
}
