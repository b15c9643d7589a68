import type { Attachment, Message } from './cucumber-message.ts'

const MARK = 'Run'

/** What every report says about the run that it is of. */
export interface RunMark {
  /** The run's id. */
  readonly id: string
  readonly target: string
  /** ISO 8601, UTC. */
  readonly startedAt: string
}

/** What Cucumber's page says of the run. */
export interface RunOptions extends RunMark {
  /** The file that remembers the runs on UAT, on a simulation: what it shows was validated there, or not. */
  readonly uatHistory?: string
}

/** e.g. `Run uat-20261126T081502Z-9f3c1a on uat, begun at 2026-11-26 08:15:02 UTC`. */
export function markText({ id, target, startedAt }: RunMark): string {
  return `Run ${id} on ${target}, begun at ${startedAt.replace(/^(.{10})T(.{8}).*$/, '$1 $2 UTC')}`
}

/** The mark as a message of Cucumber's stream: an attachment of the run, and of no scenario. */
export function markMessage(mark: RunMark): Message {
  return { attachment: textAttachment(MARK, markText(mark)) }
}

export function isRunMark({ attachment }: Message): boolean {
  return (
    attachment?.fileName === MARK &&
    attachment.testCaseStartedId === undefined &&
    attachment.testRunHookStartedId === undefined
  )
}

/** An attachment to read, which belongs to nothing yet. */
export function textAttachment(fileName: string, body: string): Attachment {
  const attachment = { mediaType: 'text/plain', contentEncoding: 'IDENTITY', fileName, body }
  // The type has an enumeration, which no file that is only stripped of its types can import.
  return attachment as unknown as Attachment
}
