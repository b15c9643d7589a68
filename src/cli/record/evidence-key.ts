import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { readEnvironment } from '../../backends/endpoint/dot-env.ts'
import { EndpointConfigError } from '../../backends/endpoint/endpoint-config-error.ts'
import { UsageError } from '../usage-error.ts'

const NAME = 'INTEGRAL_EVIDENCE_KEY'
const HOW = 'make one with "evidence keys --out DIR"'

/**
 * The key that a run signs its evidence with, from the environment or `.env`; nothing where there is
 * none. Nothing of its value is ever told: it may be the key itself.
 *
 * @throws {UsageError} It is not an Ed25519 private key in PEM (PKCS #8), nor the path of such a file.
 */
export function evidenceKey({
  cwd,
  env,
}: {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
}): KeyObject | undefined {
  const value = env[NAME] ?? inDotEnv(cwd, env)
  if (value === undefined || value.trim() === '') return undefined
  return ed25519(createPrivateKey, pemIn(value, cwd), `the key of ${NAME}`, 'private')
}

/**
 * The public key to verify with.
 *
 * @throws {UsageError} It is not an Ed25519 public key in PEM.
 */
export function readPublicKey(file: string, cwd: string): KeyObject {
  const pem = readPem(resolve(cwd, file), `the key of --key ${file}`)
  if (pem.includes('PRIVATE KEY')) {
    throw new UsageError(
      `Failed to use the key of --key ${file}: it is a private key; give the public one, and keep this to yourself.`,
    )
  }
  return ed25519(createPublicKey, pem, `the key of --key ${file}`, 'public')
}

function inDotEnv(cwd: string, env: Readonly<Record<string, string | undefined>>) {
  try {
    return readEnvironment(cwd, env)[NAME]
  } catch (error) {
    if (error instanceof EndpointConfigError) throw new UsageError(error.message)
    throw error
  }
}

/** A key in a variable may have its line ends written as `\n`. */
function pemIn(value: string, cwd: string): string {
  if (value.includes('-----BEGIN')) return value.replaceAll('\\n', '\n')
  return readPem(resolve(cwd, value), `the key of ${NAME}`)
}

function readPem(path: string, what: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new UsageError(
      `Failed to read ${what}: no file can be read there (${String(Object(error).code)}); give the path of a PEM file, or ${HOW}.`,
    )
  }
}

function ed25519(
  parse: (pem: string) => KeyObject,
  pem: string,
  what: string,
  kind: 'private' | 'public',
): KeyObject {
  const key = parsed(parse, pem)
  if (key?.asymmetricKeyType === 'ed25519') return key
  const why =
    key === undefined ? `it holds no ${kind} key in PEM without a passphrase` : 'it is not Ed25519'
  throw new UsageError(`Failed to use ${what}: ${why}; ${HOW}.`)
}

function parsed(parse: (pem: string) => KeyObject, pem: string): KeyObject | undefined {
  try {
    return parse(pem)
  } catch {
    // What the library says may quote the key.
    return undefined
  }
}
