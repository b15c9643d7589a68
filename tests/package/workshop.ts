import { spawn } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** Not packed, or made anew. */
const LEFT_OUT = /^(?:node_modules|dist|reports|\.git)$/
/** What npm says where the registry cannot be reached and its cache does not have everything. */
const OFFLINE = /\b(?:ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/
/** Longest that one command may take, in milliseconds. */
const WITHIN_MS = 240_000

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end; a Node that is named comes first in its PATH. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  node: string = process.execPath,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const path = `${dirname(node)}${delimiter}${process.env.PATH}`
  const child = spawn(command, args, {
    cwd,
    // Whatever npm told this process of itself is none of the other project's business.
    env: { ...ownEnvironment(), PATH: path, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: WITHIN_MS,
  })
  return new Promise((resolve, reject) => {
    const printed = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      printed.stdout += text
    })
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      printed.stderr += text
    })
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...printed }))
  })
}

function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign = /^(?:npm_(?!config_(?:registry|cache|userconfig|globalconfig)$)|NODE_)/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

/** A folder of its own in which the package is packed, and others in which it is installed. */
export class Workshop {
  readonly path = mkdtempSync(join(tmpdir(), 'harness-package-'))

  /** An empty folder. */
  folder(name: string): string {
    const path = join(this.path, name)
    mkdirSync(path)
    return path
  }

  /** Packs a copy of the project, built from its sources as they stand. @returns The tarball. */
  async pack(): Promise<string> {
    const copy = this.folder('checkout')
    for (const name of readdirSync(root).filter((each) => !LEFT_OUT.test(each))) {
      cpSync(join(root, name), join(copy, name), { recursive: true })
    }
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'))
    const { code, stderr } = await run('npm', ['pack', '--pack-destination', this.path], copy)
    const [tarball] = readdirSync(this.path).filter((name) => name.endsWith('.tgz'))
    if (code !== 0 || tarball === undefined) throw new Error(`Failed to pack: ${stderr}`)
    return join(this.path, tarball)
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/**
 * Installs packages into a folder, from npm's cache where it has them.
 *
 * @returns Why they cannot be had here; nothing where they are there.
 * @throws {Error} They cannot be installed although the registry can be reached.
 */
export async function install(folder: string, ...packages: string[]): Promise<string | undefined> {
  const options = ['--prefer-offline', '--no-audit', '--no-fund']
  const { code, stderr } = await run('npm', ['i', ...options, ...packages], folder)
  if (code === 0) return undefined
  if (OFFLINE.test(stderr)) return 'the registry cannot be reached, and npm has not everything in its cache'
  throw new Error(`Failed to install ${packages.join(', ')}: ${stderr}`)
}

/** Lets the install script of `node` run, which brings the binary; of nothing else. */
export function allowNode(folder: string): void {
  const manifest = { private: true, allowScripts: { node: true } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
}

/** The exact version that this project has of a package. */
export function ownVersion(name: string): string {
  const { devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return `${name}@${devDependencies[name]}`
}
