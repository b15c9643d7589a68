import { isIP } from 'node:net'
import { UsageError } from '../usage-error.ts'
import { defaultConfig, readConfig, type ServeConfig } from './read-config.ts'
import type { TlsOptions } from './tls.ts'

/** As the command line has them. */
export interface RawServeOptions {
  readonly port: string
  readonly host: string
  readonly seed: string
  readonly config?: string
  readonly clock: string
  readonly log?: boolean
  readonly tls?: boolean
  readonly tlsCert?: string
  readonly tlsKey?: string
  readonly endWithStdin?: boolean
  readonly play?: readonly string[]
  readonly replay?: string
  readonly state?: string
}

export interface ServeOptions {
  readonly port: number
  readonly hostname: string
  readonly seed: string
  readonly config: ServeConfig
  readonly clock: 'real' | 'virtual'
  readonly log: boolean
  /** Absent for plain HTTP. */
  readonly tls?: TlsOptions
  /** Whether it ends when its standard input does, as it does when whoever started it dies. */
  readonly endWithStdin: boolean
  /** Feature files to act out. */
  readonly play: readonly string[]
  /** A recording, or the script made of one, to have orders end by. */
  readonly replay: string | undefined
  /** Where to keep state; memory alone where it is absent. */
  readonly state: string | undefined
}

/** @throws {UsageError} One sentence, where an option cannot be. */
export async function parseServeOptions(raw: RawServeOptions): Promise<ServeOptions> {
  const tls = parseTls(raw)
  return {
    port: parsePort(raw.port),
    hostname: parseHost(raw.host),
    seed: parseSeed(raw.seed),
    config: raw.config === undefined ? defaultConfig : await readConfig(raw.config),
    clock: parseClock(raw.clock),
    log: raw.log ?? false,
    ...(tls && { tls }),
    play: raw.play ?? [],
    replay: raw.replay,
    state: raw.state,
    endWithStdin: raw.endWithStdin ?? false,
  }
}

function parsePort(port: string): number {
  if (/^\d{1,5}$/.test(port) && Number(port) < 65_536) return Number(port)
  throw new UsageError(
    `Malformed --port ${JSON.stringify(port)}: use a number up to 65535, or 0 for any that is free.`,
  )
}

function parseHost(host: string): string {
  const bare = host.replace(/^\[(.*)\]$/, '$1')
  if (isIP(bare) !== 0 || /^[A-Za-z0-9]([A-Za-z0-9.-]{0,252})$/.test(bare)) return bare
  throw new UsageError(`Malformed --host ${JSON.stringify(host)}: use a name or an address.`)
}

function parseSeed(seed: string): string {
  if (seed !== '') return seed
  throw new UsageError('Malformed --seed: it is empty; use any text.')
}

function parseClock(clock: string): 'real' | 'virtual' {
  if (clock === 'real' || clock === 'virtual') return clock
  throw new UsageError(`Malformed --clock ${JSON.stringify(clock)}: use real or virtual.`)
}

/** Files mean HTTPS, too. */
function parseTls({ tls, tlsCert: cert, tlsKey: key }: RawServeOptions): TlsOptions | undefined {
  if (cert !== undefined && key !== undefined) return { cert, key }
  if (cert === undefined && key === undefined) return tls ? 'made' : undefined
  const [given, other] = cert === undefined ? ['key', 'cert'] : ['cert', 'key']
  throw new UsageError(`There is a --tls-${given}, but no --tls-${other}: give both.`)
}
