import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Verdict } from '../../../src/evidence/verdict.ts'
import type { KnownOrder } from '../../stand-in/admin.ts'
import { type LaunchOptions, launchStandIn, type StandIn } from '../../stand-in/launch.ts'
import { type Ended, type Running, startCommand } from './run-command.ts'
import { SHORT } from './short.ts'

/** How a run is made. */
export interface RunOptions {
  /** Over those that the stand-in needs. */
  readonly env?: Readonly<Record<string, string>>
  /** Settings of the run, over those that make it short. */
  readonly settings?: Readonly<Record<string, unknown>>
}

/** A stand-in for UAT, and a folder into which the program is run against it. */
export class Uat {
  readonly standIn: StandIn
  readonly folder: string
  readonly out: string
  #printed = ''

  constructor(standIn: StandIn, folder: string) {
    this.standIn = standIn
    this.folder = folder
    this.out = join(folder, 'out')
  }

  /** Starts `verify --target uat`. */
  async start(args: readonly string[] = [], options: RunOptions = {}): Promise<Running> {
    const config = await this.#writeSettings(options.settings)
    return startCommand(
      ['verify', '--target', 'uat', '--out', this.out, '--config', config, ...args],
      { ...this.#variables(), ...options.env },
    )
  }

  async verify(args: readonly string[] = [], options: RunOptions = {}): Promise<Ended> {
    const ended = await (await this.start(args, options)).ended
    this.#printed = ended.stdout + ended.stderr
    return ended
  }

  /** Goes on with the run that was interrupted, as its last line says. */
  async resume(): Promise<Ended> {
    const ended = await startCommand(['verify', '--resume', '--out', this.out], this.#variables())
      .ended
    this.#printed = ended.stdout + ended.stderr
    return ended
  }

  async cleanUp(options: RunOptions = {}): Promise<Ended> {
    const config = await this.#writeSettings(options.settings)
    const { ended } = startCommand(['cleanup', '--out', this.out, '--config', config], {
      ...this.#variables(),
      ...options.env,
    })
    return ended
  }

  async doctor(options: Pick<RunOptions, 'env'> = {}): Promise<Ended> {
    return startCommand(['doctor'], { ...this.#variables(), ...options.env }).ended
  }

  /** What the last run came to. */
  async verdict(): Promise<Verdict> {
    if (!this.has('verdict.json')) throw new Error(`There is no verdict. ${this.#printed}`)
    return JSON.parse(await this.read('verdict.json'))
  }

  /** A file of the run. */
  read(name: string): Promise<string> {
    return readFile(join(this.out, name), 'utf8')
  }

  has(name: string): boolean {
    return existsSync(join(this.out, name))
  }

  /** The orders that have not ended, whatever the API says of them. */
  async working(): Promise<readonly KnownOrder[]> {
    const orders = await this.standIn.admin.orders()
    return orders.filter(({ status }) => status === 'RECEIVED' || status === 'NEW')
  }

  async #writeSettings(settings: RunOptions['settings']): Promise<string> {
    const file = join(this.folder, 'settings.json')
    await writeFile(file, JSON.stringify({ ...SHORT, ...settings }))
    return file
  }

  #variables(): Record<string, string> {
    const { baseUrl, caFile, credentials, further } = this.standIn
    const { user, password, org } = credentials
    return {
      INTEGRAL_BASE_URL: baseUrl,
      INTEGRAL_USER: user,
      INTEGRAL_PASSWORD: password,
      INTEGRAL_ORG: org,
      ...Object.fromEntries(
        further.flatMap((login, at) => [
          [`INTEGRAL_USER_${at + 2}`, login.user],
          [`INTEGRAL_PASSWORD_${at + 2}`, login.password],
          [`INTEGRAL_ORG_${at + 2}`, login.org],
        ]),
      ),
      INTEGRAL_MAX_REQUESTS_PER_SECOND: '1000',
      ...(caFile !== undefined && { INTEGRAL_CA_FILE: caFile }),
    }
  }
}

/**
 * Runs `use` with a stand-in that behaves so. It and all that was written are gone afterwards.
 *
 * @param tls - Whether it is reached over TLS, with an authority of its own.
 */
export async function atUat<T>(
  behaviour: LaunchOptions['behaviour'] & {},
  use: (uat: Uat) => Promise<T>,
  { tls = false }: { readonly tls?: boolean } = {},
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'harness-uat-'))
  try {
    const standIn = await launchStandIn({
      behaviour: { tokenTtlMs: 4_000, ...behaviour },
      ...(tls && { tlsFolder: folder }),
    })
    try {
      return await use(new Uat(standIn, folder))
    } finally {
      await standIn.stop()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
