import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { labelOf, OBSERVED } from '../../evidence/verdict.ts'
import { reportFiles } from '../report-files.ts'
import type { RunMark } from '../run-mark.ts'
import { type Attempt, MessageStream } from './message-stream.ts'
import type { Part } from './part.ts'
import { sameIds } from './same-ids.ts'
import { type MessageSink, type OwnStream, tellMessages } from './tell-messages.ts'

/**
 * Makes one stream of Cucumber's messages of those of the parts: features and definitions once, then
 * every scenario in the order of the features. Read twice, and never held as a whole.
 *
 * @returns Why there is none, if so: then nothing was told.
 */
export async function mergeMessages(
  parts: readonly Part[],
  mark: RunMark,
  sink: MessageSink,
): Promise<string | undefined> {
  const streams: OwnStream[] = []
  let base: MessageStream | undefined
  for (const part of parts.filter((each) => !isEmptyRest(each))) {
    const file = messagesOf(part)
    const missing = whyUnread(part, file)
    if (missing !== undefined) return missing
    const stream = await MessageStream.of(file)
    base ??= stream
    const ids = sameIds(base.head, stream.head)
    if (!ids) return `the features or steps of ${part.dir} are not those of ${parts[0]?.dir}`
    const attempts = attemptsOf(part, stream)
    if (typeof attempts === 'string') return attempts
    const [begun, of] = [stream.started?.id, base.started?.id]
    if (begun !== undefined && of !== undefined) ids.set(begun, of)
    streams.push({ stream, ids, attempts })
  }
  if (base) await tellMessages(base, streams, mark, sink)
  return undefined
}

function messagesOf({ folder }: Part): string {
  return reportFiles(dirname(folder)).messages
}

/** Why the messages of a part are not even looked into, if so. */
function whyUnread({ dir, verdict, isVouchedFor }: Part, file: string): string | undefined {
  if (!existsSync(file)) return `there is no ${join(dir, 'messages.ndjson')}`
  return verdict && !isVouchedFor
    ? `the evidence in ${dir} does not say what its messages were`
    : undefined
}

/** @returns Why they are not to be used, where they do not tell of the scenarios of the part as its evidence does. */
function attemptsOf(part: Part, stream: MessageStream): readonly Attempt[] | string {
  const { dir, scenarios, isVouchedFor } = part
  const own = new Set(scenarios.map((each) => stream.pickles.get(labelOf(each)) ?? ''))
  const attempts = stream.attempts.filter(({ pickle }) => own.has(pickle))
  const told = new Set(attempts.flatMap((each) => (each.isFinished ? each.pickle : [])))
  if (told.size !== own.size) return `the messages in ${dir} do not tell of all its scenarios`
  return isVouchedFor || agree(part, stream, attempts)
    ? attempts
    : `the messages in ${dir} say something else than its evidence`
}

/** Whether a part was broken off before a scenario of it had ended: there is nothing to tell. */
function isEmptyRest({ verdict, scenarios }: Part): boolean {
  return verdict === undefined && scenarios.length === 0
}

/** Whether messages, for which nothing else vouches where a run was broken off, say of scenarios what the evidence does. */
function agree(
  { scenarios }: Part,
  { pickles }: MessageStream,
  attempts: readonly Attempt[],
): boolean {
  const told = new Map(attempts.map(({ pickle, status }) => [pickle, status]))
  return scenarios.every((scenario) => {
    const status = told.get(pickles.get(labelOf(scenario)) ?? '')
    const hasFailed = scenario.status === 'failed' && scenario.failure?.step !== OBSERVED
    return (
      (status === 'failed') === hasFailed && !(status === 'skipped' && scenario.status === 'passed')
    )
  })
}
