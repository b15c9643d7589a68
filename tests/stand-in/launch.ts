import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { request } from 'node:http'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { KnownOrder } from './admin.ts'
import { type Behaviour, defaultCredentials } from './behaviour.ts'
import type { Peak } from './measures.ts'
import type { Credentials } from './permitted.ts'
import type { LoggedRequest } from './state.ts'

export interface LaunchOptions {
  /** What it does otherwise than by default. */
  readonly behaviour?: Partial<Behaviour>
  /** An existing folder for its certificate authority; with it, the API is served over TLS. */
  readonly tlsFolder?: string
}

/** Questions to the stand-in about itself. */
export interface Admin {
  orders(): Promise<readonly KnownOrder[]>
  /** Every API request so far, secrets included. */
  requests(): Promise<readonly LoggedRequest[]>
  /** Every token ever issued. */
  tokens(): Promise<readonly string[]>
  peak(): Promise<Peak>
  /** Merges `changes` into its behaviour; counts of the so many-th begin afresh. */
  change(changes: Partial<Behaviour>): Promise<Behaviour>
}

export interface StandIn {
  readonly baseUrl: string
  readonly adminUrl: string
  /** PEM file of the authority behind its certificate, over TLS. */
  readonly caFile?: string
  readonly credentials: Credentials
  /** Of the further organisations. */
  readonly further: readonly Credentials[]
  readonly admin: Admin
  /** Ends it, and waits until it has ended. */
  stop(): Promise<void>
  /** Ends it at once, as a power cut would. */
  kill(): void
}

async function ask(method: string, url: string, body?: unknown): Promise<unknown> {
  const asked = request(url, { method, agent: false })
  asked.end(body === undefined ? undefined : JSON.stringify(body))
  const [answer] = await once(asked, 'response')
  const said: unknown = JSON.parse(await text(answer))
  if (answer.statusCode !== 200) throw new Error(`The stand-in did not do it: ${String(said)}`)
  return said
}

function adminAt(adminUrl: string): Admin {
  const get = (path: string): Promise<unknown> => ask('GET', `${adminUrl}${path}`)
  return {
    orders: async () => (await get('/orders')) as KnownOrder[],
    requests: async () => (await get('/requests')) as LoggedRequest[],
    tokens: async () => (await get('/tokens')) as string[],
    peak: async () => (await get('/peak')) as Peak,
    change: async (changes) => (await ask('POST', `${adminUrl}/behaviour`, changes)) as Behaviour,
  }
}

type Addresses = Pick<StandIn, 'baseUrl' | 'adminUrl' | 'caFile'>

/** The addresses that the process says it listens on. */
async function firstLine({ stdout, stderr }: ChildProcess): Promise<Addresses> {
  if (stdout === null || stderr === null) throw new Error('The stand-in has no output.')
  const complaint = text(stderr)
  for await (const line of createInterface(stdout)) return JSON.parse(line)
  throw new Error(`The stand-in did not start: ${await complaint}`)
}

/**
 * Starts a stand-in as a process of its own. It ends when this process does, however that ends.
 *
 * @throws Error, with what it complained about, if it does not start.
 */
export async function launchStandIn(options: LaunchOptions = {}): Promise<StandIn> {
  const { behaviour = {}, tlsFolder } = options
  const tls = tlsFolder === undefined ? [] : ['--tls', tlsFolder]
  const main = fileURLToPath(import.meta.resolve('./main.ts'))
  const child = spawn(process.execPath, [main, ...tls, '--with', JSON.stringify(behaviour)], {
    stdio: 'pipe',
  })
  const ended = once(child, 'exit')
  const addresses = await firstLine(child)
  return {
    ...addresses,
    credentials: behaviour.credentials ?? defaultCredentials,
    further: behaviour.further ?? [],
    admin: adminAt(addresses.adminUrl),
    stop: async () => {
      child.stdin.end()
      await ended
    },
    kill: () => {
      child.kill('SIGKILL')
    },
  }
}
