import { resolve } from 'node:path'
import type { Target } from '../../backends/backend.ts'
import { targetList, targets } from '../../backends/open-backend.ts'
import { parseOut } from '../parse-out.ts'
import { UsageError } from '../usage-error.ts'

/** The options of `certify` as commander hands them over. */
export interface RawCertifyOptions {
  readonly target: string
  readonly provider?: string
  readonly waivers?: string
  readonly key?: string
  readonly from?: string
  readonly out?: string
}

/** The options of `certify`, checked; paths are absolute. */
export interface CertifyOptions {
  readonly target: Target
  readonly provider: string
  /** A file of waivers; absent where nothing is waived. */
  readonly waivers?: string
  /** A public key: by whom the evidence must be signed; absent where any signature, or none, will do. */
  readonly key?: string
  /** Where the run wrote. */
  readonly from: string
  /** Where the certificate goes. */
  readonly out: string
}

/** Longest name of a provider, in characters: it stands at the top of every page. */
const MOST_NAME_CHARACTERS = 100

/** @throws {UsageError} The first option that cannot be used. */
export function parseCertifyOptions(raw: RawCertifyOptions, cwd: string): CertifyOptions {
  const target = targets.find((name) => name === raw.target)
  if (!target) throw new UsageError(`Unknown target "${raw.target}": use --target ${targetList}.`)
  const provider = parseProvider(raw.provider)
  const from = raw.from === undefined ? `reports/${target}` : parsePath('--from', raw.from)
  return {
    target,
    provider,
    ...(raw.waivers !== undefined && {
      waivers: resolve(cwd, parsePath('--waivers', raw.waivers, 'a file')),
    }),
    ...(raw.key !== undefined && { key: parsePath('--key', raw.key, 'a file') }),
    from: resolve(cwd, from),
    out: resolve(cwd, parseOut(raw.out ?? from)),
  }
}

function parseProvider(provider: string | undefined): string {
  const name = provider?.trim() ?? ''
  if (name === '') {
    throw new UsageError(
      'A certificate is about somebody: name whose software was tested, as in --provider "Example Bank".',
    )
  }
  if (name.length > MOST_NAME_CHARACTERS || /\p{C}|\p{Zl}|\p{Zp}/u.test(name)) {
    throw new UsageError(
      `Malformed --provider: use 1 to ${MOST_NAME_CHARACTERS} printable characters on one line.`,
    )
  }
  return name
}

function parsePath(option: string, path: string, what = 'a directory'): string {
  if (path.trim() !== '') return path
  throw new UsageError(`Malformed ${option} ${JSON.stringify(path)}: name ${what}.`)
}
