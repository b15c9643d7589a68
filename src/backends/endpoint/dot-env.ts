import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseEnv } from 'node:util'
import { dotEnvFlaws } from './dot-env-flaws.ts'
import { EndpointConfigError } from './endpoint-config-error.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Set to `off`, it keeps `.env` unread: who starts a command for somebody else gives it all that it needs. */
export const DOT_ENV_SWITCH = 'HARNESS_DOT_ENV'

/**
 * The environment, with what the `.env` file of a directory adds to it: the real one wins. A relative
 * INTEGRAL_CA_FILE is taken from that directory too.
 *
 * @param cwd - Where `.env` is looked for; there need not be one.
 * @throws {EndpointConfigError} It cannot be read, or a line of it would not be read as it looks. No
 * line is quoted, as any may hold a secret.
 */
export function readEnvironment(cwd: string, processEnv: Environment): Environment {
  const isOff = processEnv[DOT_ENV_SWITCH] === 'off'
  const env = { ...(isOff ? {} : fileVariables(resolve(cwd, '.env'))), ...processEnv }
  const { INTEGRAL_CA_FILE: caFile } = env
  return caFile ? { ...env, INTEGRAL_CA_FILE: resolve(cwd, caFile) } : env
}

function fileVariables(path: string): Environment {
  const text = readIfThere(path)?.replace(/^\uFEFF/, '')
  if (text === undefined) return {}
  const problems = dotEnvFlaws(text)
  if (problems.length > 0) throw new EndpointConfigError(problems)
  return parseEnv(text)
}

function readIfThere(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    const code = Object(error).code as unknown
    if (code === 'ENOENT') return undefined
    throw new EndpointConfigError([
      `The file .env cannot be read (${String(code)}): make it a readable file, or remove it.`,
    ])
  }
}
