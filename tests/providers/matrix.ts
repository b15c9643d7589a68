import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stringify } from 'yaml'
import { type Ended, type Running, root, startCommand } from '../e2e/uat/run-command.ts'
import { SHORT } from '../e2e/uat/short.ts'
import { type LaunchOptions, launchStandIn, type StandIn } from '../stand-in/launch.ts'

type Fields = Readonly<Record<string, unknown>>
type Variables = Readonly<Record<string, string>>

/** `providers.json`, as a script has it. */
interface Overview {
  readonly exitCode: number
  readonly summary: string
  readonly interrupted?: string
  readonly byName: ReadonlyMap<string, Fields & { readonly rules: readonly Fields[] }>
}

/** What a provider is in these tests: a stand-in with a login of its own. */
export interface StoodIn {
  readonly name: string
  readonly behaviour?: LaunchOptions['behaviour']
  /** Whether it is reached over TLS, with an authority of its own, which its entry names by `caFile`. */
  readonly tls?: boolean
  /** Over the fields of its entry that it needs. */
  readonly fields?: Fields
}

/** A file of providers, each with a stand-in behind it, and a folder to write to. */
export class ProviderMatrix {
  readonly folder: string
  readonly out: string
  readonly #standIns: ReadonlyMap<string, StandIn>
  readonly #entries: Fields[]
  /** Beside the providers. */
  #ofAll: Fields = {}

  constructor(folder: string, standIns: ReadonlyMap<string, StandIn>, entries: Fields[]) {
    this.folder = folder
    this.out = join(folder, 'out')
    this.#standIns = standIns
    this.#entries = entries
  }

  standIn(name: string): StandIn {
    const standIn = this.#standIns.get(name)
    if (standIn === undefined) throw new Error(`There is no stand-in ${name}.`)
    return standIn
  }

  /** Changes fields of an entry. */
  change(name: string, fields: Fields): void {
    const at = this.#entries.findIndex((entry) => entry.name === name)
    this.#entries[at] = { ...this.#entries[at], ...fields }
  }

  /** Changes fields that stand beside the providers. */
  changeOfAll(fields: Fields): void {
    this.#ofAll = { ...this.#ofAll, ...fields }
  }

  get variables(): Variables {
    return Object.assign({}, ...[...this.#standIns].map(([name, each]) => variablesOf(name, each)))
  }

  async start(args: readonly string[] = [], variables: Variables = {}): Promise<Running> {
    return startCommand(await this.#command(args), { ...this.variables, ...variables })
  }

  async verify(args: readonly string[] = [], variables: Variables = {}): Promise<Ended> {
    return (await this.start(args, variables)).ended
  }

  /** As `verify`, in a checkout of its own whose `.env` has all that the providers need, and these lines. */
  async verifyByDotEnv(args: readonly string[], lines: readonly string[]): Promise<Ended> {
    const checkout = join(this.folder, 'checkout')
    await mkdir(checkout)
    for (const name of ['features', 'src', 'cucumber.js', 'package.json'])
      await symlink(join(root, name), join(checkout, name))
    const named = Object.entries(this.variables).map(([name, value]) => `${name}='${value}'`)
    await writeFile(join(checkout, '.env'), `${[...named, ...lines].join('\n')}\n`)
    return startCommand(await this.#command(args), {}, checkout).ended
  }

  async #command(args: readonly string[]): Promise<readonly string[]> {
    const file = join(this.folder, 'providers.yaml')
    await writeFile(file, stringify({ ...this.#ofAll, providers: this.#entries }))
    return ['verify', '--providers', file, '--out', this.out, ...args]
  }

  /** A run of one of them alone, without a file of providers, into a folder `alone`. */
  async alone(name: string, args: readonly string[]): Promise<Ended> {
    const { baseUrl, credentials } = this.standIn(name)
    const config = join(this.folder, 'settings.json')
    await writeFile(config, JSON.stringify(SHORT))
    const out = join(this.folder, 'alone')
    const { ended } = startCommand(
      ['verify', '--target', 'uat', '--out', out, '--config', config, ...args],
      {
        INTEGRAL_BASE_URL: baseUrl,
        INTEGRAL_USER: credentials.user,
        INTEGRAL_PASSWORD: credentials.password,
        INTEGRAL_ORG: credentials.org,
        INTEGRAL_MAX_REQUESTS_PER_SECOND: '1000',
      },
    )
    return ended
  }

  read(...path: readonly string[]): Promise<string> {
    return readFile(join(this.out, ...path), 'utf8')
  }

  has(...path: readonly string[]): boolean {
    return existsSync(join(this.out, ...path))
  }

  /** `providers.json`, by the names of its columns. */
  async overview(): Promise<Overview> {
    const { providers, ...rest } = JSON.parse(await this.read('providers.json'))
    return {
      ...rest,
      byName: new Map(providers.map((each: { readonly name: string }) => [each.name, each])),
    }
  }
}

/**
 * Runs `use` with a stand-in for each provider, of which every login is another. All of it is gone
 * afterwards.
 */
export async function atProviders<T>(
  providers: readonly StoodIn[],
  use: (matrix: ProviderMatrix) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'harness-providers-'))
  const standIns = new Map<string, StandIn>()
  try {
    for (const { name, behaviour = {}, tls = false } of providers) {
      const credentials = { user: `${name}.user`, password: `Pa55-${name}/"&`, org: `${name}-org` }
      const whole = { tokenTtlMs: 4_000, credentials, ...behaviour }
      const tlsFolder = join(folder, `tls-${name}`)
      if (tls) await mkdir(tlsFolder)
      standIns.set(name, await launchStandIn({ behaviour: whole, ...(tls && { tlsFolder }) }))
    }
    const entries = providers.map(({ name, fields, tls }) => ({
      ...entryOf(name, standIns.get(name)?.baseUrl ?? ''),
      // Relative to the file of providers.
      ...(tls && { caFile: `tls-${name}/ca.pem` }),
      ...fields,
    }))
    return await use(new ProviderMatrix(folder, standIns, entries))
  } finally {
    for (const standIn of standIns.values()) standIn.kill()
    await rm(folder, { recursive: true, force: true })
  }
}

/** Where the secrets of a provider are. */
function prefixOf(name: string): string {
  return name.toUpperCase().replaceAll('-', '_')
}

function entryOf(name: string, baseUrl: string): Fields {
  const prefix = prefixOf(name)
  return {
    ...{ name, baseUrl, settings: SHORT, caps: { requestsPerSecond: 1_000 } },
    credentials: {
      ...{ user: `${prefix}_USER`, password: `${prefix}_PASSWORD`, org: `${prefix}_ORG` },
    },
  }
}

function variablesOf(name: string, { credentials }: StandIn): Variables {
  const prefix = prefixOf(name)
  const { user, password, org } = credentials
  return { [`${prefix}_USER`]: user, [`${prefix}_PASSWORD`]: password, [`${prefix}_ORG`]: org }
}
