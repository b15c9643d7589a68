import { type FileHandle, open } from 'node:fs/promises'
import type { Message } from '../cucumber-message.ts'
import { markMessage, type RunMark } from '../run-mark.ts'
import type { Attempt, MessageStream, Span } from './message-stream.ts'
import { type SameIds, withIds } from './same-ids.ts'

/** Told of each message of the whole, in order, as JSON. */
export type MessageSink = (text: string) => Promise<void>

/** The messages of a part, and what of them belongs into the whole. */
export interface OwnStream {
  readonly stream: MessageStream
  readonly ids: SameIds
  readonly attempts: readonly Attempt[]
}

/** @param base - Whose features, definitions and ids those of the whole are. */
export async function tellMessages(
  base: MessageStream,
  streams: readonly OwnStream[],
  mark: RunMark,
  sink: MessageSink,
): Promise<void> {
  const say = (message: Message) => sink(JSON.stringify(message))
  const [meta = '', ...head] = base.head
  await sink(meta)
  await say(markMessage(mark))
  for (const line of head) await sink(line)
  const [started] = inTime(streams.flatMap(({ stream }) => stream.started ?? []))
  const id = base.started?.id ?? ''
  if (started) await say({ testRunStarted: { ...started, id } })
  await tellScenarios(base, streams, sink)
  const ends = streams.flatMap(({ stream }) => stream.finished ?? [])
  const last = inTime(ends).at(-1)
  const success = ends.length === streams.length && ends.every((end) => end.success)
  if (last) await say({ testRunFinished: { ...last, testRunStartedId: id, success } })
}

async function tellScenarios(
  base: MessageStream,
  streams: readonly OwnStream[],
  sink: MessageSink,
): Promise<void> {
  const parts = await Promise.all(
    streams.map(async (own) => ({ ...own, file: await open(own.stream.file) })),
  )
  const tell = async ({ file, ids }: (typeof parts)[number], span: Span) => {
    await sink(withIds(await textAt(file, span), ids))
  }
  const places = new Map([...base.pickles.values()].map((pickle, at) => [pickle, at]))
  const placeOf = (ids: SameIds, { pickle }: Attempt) => places.get(ids.get(pickle) ?? '') ?? 0
  const attempts = parts
    .flatMap((part) => part.attempts.map((attempt) => ({ part, attempt })))
    .toSorted((one, other) => {
      return placeOf(one.part.ids, one.attempt) - placeOf(other.part.ids, other.attempt)
    })
  try {
    for (const part of parts) for (const span of part.stream.before) await tell(part, span)
    const told = new Set<Span>()
    for (const { part, attempt } of attempts) {
      if (!told.has(attempt.testCase)) await tell(part, attempt.testCase)
      told.add(attempt.testCase)
    }
    for (const { part, attempt } of attempts)
      for (const span of attempt.spans) await tell(part, span)
    for (const part of parts) for (const span of part.stream.after) await tell(part, span)
  } finally {
    for (const { file } of parts) await file.close()
  }
}

async function textAt(file: FileHandle, { offset, length }: Span): Promise<string> {
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, offset)
  return buffer.toString()
}

type Timed = { readonly timestamp: { readonly seconds: number; readonly nanos: number } }

function inTime<T extends Timed>(all: readonly T[]): T[] {
  return all.toSorted(
    ({ timestamp: one }, { timestamp: other }) =>
      one.seconds - other.seconds || one.nanos - other.nanos,
  )
}
