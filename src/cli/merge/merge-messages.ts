import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { labelOf } from '../../evidence/verdict.ts'
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
  for (const part of parts) {
    const { messages: file } = reportFiles(dirname(part.folder))
    if (!existsSync(file)) return `there is no ${join(part.dir, 'messages.ndjson')}`
    const stream = await MessageStream.of(file)
    base ??= stream
    const ids = sameIds(base.head, stream.head)
    if (!ids) return `the features or steps of ${part.dir} are not those of ${parts[0]?.dir}`
    const attempts = attemptsOf(part, stream)
    if (!attempts) return `the messages in ${part.dir} do not tell of all its scenarios`
    const [begun, of] = [stream.started?.id, base.started?.id]
    if (begun !== undefined && of !== undefined) ids.set(begun, of)
    streams.push({ stream, ids, attempts })
  }
  if (base) await tellMessages(base, streams, mark, sink)
  return undefined
}

/** @returns Nothing where a scenario of the part is not told of to its end. */
function attemptsOf({ scenarios }: Part, stream: MessageStream): readonly Attempt[] | undefined {
  const own = new Set(scenarios.map((each) => stream.pickles.get(labelOf(each)) ?? ''))
  const attempts = stream.attempts.filter(({ pickle }) => own.has(pickle))
  const told = new Set(attempts.flatMap((each) => (each.isFinished ? each.pickle : [])))
  return told.size === own.size ? attempts : undefined
}
