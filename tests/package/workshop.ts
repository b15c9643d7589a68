import { spawn } from 'node:child_process'
import {
  existsSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** What npm says where the registry cannot be reached and its cache does not have everything. */
const OFFLINE =
  /\b(?:ENOTCACHED|ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ENETUNREACH|ETIMEDOUT|ERR_SOCKET_TIMEOUT)\b/
/** Longest that one command may take, in milliseconds: a busy machine installs ten times slower than an idle one. */
const WITHIN_MS = 600_000

export interface Packed {
  readonly tarball: string
  /** Paths in it. */
  readonly files: readonly string[]
}

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs a program to its end. @param node - The Node that comes first in its PATH. */
export function run(
  command: string,
  args: readonly string[],
  cwd: string,
  node: string = process.execPath,
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const PATH = `${dirname(node)}${delimiter}${process.env.PATH}`
  const child = spawn(command, args, {
    cwd,
    env: { ...ownEnvironment(), PATH, NO_COLOR: '1', ...env },
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

/** What npm and Node have told this process of itself is none of another project's business; where packages come from is. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(?:npm_(?!config_(?:registry|cache|userconfig|globalconfig|.*proxy|ca|cafile|strict_ssl)$)|NODE_(?!EXTRA_CA_CERTS$))/i
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name)))
}

/** A folder in which the package is packed, with others in it in which it is installed. */
export class Workshop {
  readonly path = mkdtempSync(join(tmpdir(), 'harness-package-'))

  /** An empty folder. */
  folder(name: string): string {
    const path = join(this.path, name)
    mkdirSync(path)
    return path
  }

  /** Packs the project. The test command has built it; alone, the test does where that is due. */
  async pack(): Promise<Packed> {
    if (isStale()) await need(run('npm', ['run', '-s', 'build'], root))
    // Without scripts: packing must not build what other tests are importing.
    const options = ['--ignore-scripts', '--json', '--pack-destination', this.path]
    const { stdout } = await need(run('npm', ['pack', ...options], root))
    const [packed] = Object.values(JSON.parse(stdout)) as {
      readonly filename: string
      readonly files: readonly { readonly path: string }[]
    }[]
    if (!packed) throw new Error(`Failed to pack: ${stdout}`)
    const files = packed.files.map(({ path }) => path)
    return { tarball: join(this.path, packed.filename), files }
  }

  remove(): void {
    rmSync(this.path, { recursive: true, force: true })
  }
}

/** Whether a source is newer than what was built of it. */
function isStale(): boolean {
  const at = (path: string) => statSync(join(root, path), { throwIfNoEntry: false })?.mtimeMs
  const builtAt = at('dist/cli/main.js') ?? 0
  return globSync('src/**/*.ts', { cwd: root }).some((path) => (at(path) ?? 0) > builtAt)
}

/** @throws {Error} The program failed. */
async function need(running: Promise<Ran>): Promise<Ran> {
  const ran = await running
  if (ran.code === 0) return ran
  throw new Error(`Failed with exit code ${ran.code}: ${ran.stdout}${ran.stderr}`)
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
  if (OFFLINE.test(stderr))
    return 'the registry cannot be reached, and npm has not everything in its cache'
  throw new Error(`Failed to install ${packages.join(', ')} (exit code ${code}): ${stderr}`)
}

/** Lets the install script of `node` run, which brings the binary; of nothing else. */
export function allowNode(folder: string): void {
  const manifest = { private: true, allowScripts: { node: true } }
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest))
}

/** Lends an installation those tools of this project that it has not, as links. */
export function lend(folder: string, ...packages: string[]): void {
  for (const name of packages) {
    const place = join(folder, 'node_modules', name)
    mkdirSync(dirname(place), { recursive: true })
    if (!existsSync(place)) symlinkSync(join(root, 'node_modules', name), place)
  }
}
