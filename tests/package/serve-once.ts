import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { delimiter, dirname } from 'node:path'

/** What became of a server that was started, asked for a login, and told to end. */
export interface Served {
  /** The HTTP status of the login. */
  readonly login: number
  readonly code: number | null
  /** What the process was started with, where the system tells. */
  readonly commandLine: string | undefined
}

/** Serves from the package that is installed in a folder, on any port that is free. */
export async function serveOnce(folder: string, node: string): Promise<Served> {
  const args = ['integral-harness', 'serve', '--port', '0']
  const child = spawn('node_modules/.bin/integral-harness', args.slice(1), {
    cwd: folder,
    env: { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout, 'data')
  const origin = String(line).trim().replace('listening ', '')
  const body = JSON.stringify({ user: 'ada', pass: 'secret', org: 'Acme' })
  const headers = { 'Content-Type': 'application/json' }
  const { status } = await fetch(`${origin}/v2/sso/login`, { method: 'POST', headers, body })
  const told = `/proc/${child.pid}/cmdline`
  const commandLine = existsSync(told) ? readFileSync(told, 'utf8') : undefined
  child.kill('SIGTERM')
  const [code] = await once(child, 'exit')
  return { login: status, code, commandLine }
}
