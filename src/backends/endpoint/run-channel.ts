import { BroadcastChannel } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import type { RunDesk } from './protocol.ts'

/** A run's channel, to be closed when the run has ended. */
export interface ServedRun {
  /** By which threads of this process find the run. */
  readonly name: string
  close(): void
}

/**
 * How many lines a run is asked on. A message reaches every thread that is on its line, and wakes it, so that on one line
 * each of eight workers would hear, and read, what the seven others ask and are told.
 */
const LINES = 16

/** The two channels of a line, since a broadcast reaches everybody: who asks is not asked. */
interface Line {
  readonly requests: BroadcastChannel
  readonly replies: BroadcastChannel
}

function openLine(name: string, worker: number): Line {
  const line = `${name}/${worker % LINES}`
  return {
    requests: new BroadcastChannel(`${line}/requests`),
    replies: new BroadcastChannel(`${line}/replies`),
  }
}

/** Offers a run to the threads of this process, the one it runs in included. */
export function serveRun(desk: RunDesk, name: string): ServedRun {
  const served = {
    facts: plainly(desk.facts),
    open: plainly(desk.open),
    call: plainly(desk.call),
    allow: plainly(desk.allow),
    breach: plainly(desk.breach),
    doubt: plainly(desk.doubt),
    pause: plainly(desk.pause),
    close: plainly(desk.close),
  }
  const lines = Array.from({ length: LINES }, (_, worker) => openLine(name, worker))
  for (const { requests, replies } of lines) {
    createBirpc<Record<string, never>, RunDesk>(served, {
      post: (message) => replies.postMessage(message),
      on: (receive) => {
        requests.onmessage = (event) => receive(event.data)
      },
      // A reply that cannot be sent: its error is sent instead, and nobody waits for ever.
      onGeneralError: () => true,
    })
  }
  return {
    name,
    close: () => {
      for (const { requests, replies } of lines) {
        requests.close()
        replies.close()
      }
    },
  }
}

/** Whatever an error has about it that does not travel, its text does. */
function plainly<Args extends readonly unknown[], T>(
  work: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  return async (...args) => {
    try {
      return await work(...args)
    } catch (error) {
      throw new Error(String(error))
    }
  }
}

const connections = new Map<string, RunDesk>()

/**
 * The run of this name; one connection serves a whole thread.
 *
 * @param worker - The number of this thread, from 0: two that have the same one are served all the same.
 */
export function connectToRun(name: string, worker: number): RunDesk {
  const known = connections.get(name)
  if (known) return known
  const { requests, replies } = openLine(name, worker)
  // Waiting for a scenario's next step must not keep the process from ending.
  replies.unref()
  requests.unref()
  const desk: RunDesk = createBirpc<RunDesk, Record<string, never>>(
    {},
    {
      post: (message) => requests.postMessage(message),
      on: (receive) => {
        replies.onmessage = (event) => receive(event.data)
      },
      // Every call ends by deadlines of its own.
      timeout: -1,
    },
  )
  connections.set(name, desk)
  return desk
}
