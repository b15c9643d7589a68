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
 * Offers a run to the threads of this process, the one it runs in included.
 *
 * There are two channels, since a broadcast reaches everybody: requests go by one and replies by the
 * other, so that nobody is asked who cannot answer.
 */
export function serveRun(desk: RunDesk, name: string): ServedRun {
  const requests = new BroadcastChannel(`${name}/requests`)
  const replies = new BroadcastChannel(`${name}/replies`)
  createBirpc<Record<string, never>, RunDesk>(
    {
      facts: plainly(desk.facts),
      open: plainly(desk.open),
      call: plainly(desk.call),
      allow: plainly(desk.allow),
      breach: plainly(desk.breach),
      doubt: plainly(desk.doubt),
      pause: plainly(desk.pause),
      close: plainly(desk.close),
    },
    {
      post: (message) => replies.postMessage(message),
      on: (receive) => {
        requests.onmessage = (event) => receive(event.data)
      },
      // A reply that cannot be sent: its error is sent instead, and nobody waits for ever.
      onGeneralError: () => true,
    },
  )
  return {
    name,
    close: () => {
      requests.close()
      replies.close()
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

/** The run of this name; one connection serves a whole thread. */
export function connectToRun(name: string): RunDesk {
  const known = connections.get(name)
  if (known) return known
  const requests = new BroadcastChannel(`${name}/requests`)
  const replies = new BroadcastChannel(`${name}/replies`)
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
