import type { runCucumber } from '@cucumber/cucumber/api'

/** One message of Cucumber's stream. */
export type Message = Parameters<NonNullable<Parameters<typeof runCucumber>[2]>>[0]

export type Pickle = NonNullable<Message['pickle']>
export type PickleStep = Pickle['steps'][number]
export type TestCase = NonNullable<Message['testCase']>
export type Attachment = NonNullable<Message['attachment']>
export type StepFinished = NonNullable<Message['testStepFinished']>
export type GherkinDocument = NonNullable<Message['gherkinDocument']>

/** Where a scenario, or the row of an outline, stands. */
export function lineOf(pickle: Pickle): number {
  return pickle.location?.line ?? 1
}

/** How verdicts name the scenario. */
export function placeOfPickle(pickle: Pickle): string {
  return `${pickle.uri}:${lineOf(pickle)} ${pickle.name}`
}

/** The content of an attachment as text, however it travelled. */
export function textOf({ body, contentEncoding }: Attachment): string {
  return String(contentEncoding) === 'BASE64' ? Buffer.from(body, 'base64').toString() : body
}
