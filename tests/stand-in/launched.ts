import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Behaviour } from './behaviour.ts'
import { launchStandIn, type StandIn } from './launch.ts'
import { type Talk, talkTo } from './talk.ts'

/** A test with a stand-in that behaves so, and a client that is logged in to it. */
export const launched =
  (behaviour: Partial<Behaviour>, use: (talk: Talk, standIn: StandIn) => Promise<void>) =>
  async (): Promise<void> => {
    const standIn = await launchStandIn({ behaviour })
    try {
      const talk = talkTo(standIn)
      await talk.login()
      await use(talk, standIn)
    } finally {
      await standIn.stop()
    }
  }

/** A test with a stand-in that serves TLS; its client has not logged in. */
export const launchedWithTls =
  (behaviour: Partial<Behaviour>, use: (talk: Talk, standIn: StandIn) => Promise<void>) =>
  async (): Promise<void> => {
    const tlsFolder = await mkdtemp(join(tmpdir(), 'stand-in-'))
    try {
      const standIn = await launchStandIn({ behaviour, tlsFolder })
      try {
        await use(talkTo(standIn), standIn)
      } finally {
        await standIn.stop()
      }
    } finally {
      await rm(tlsFolder, { recursive: true })
    }
  }
