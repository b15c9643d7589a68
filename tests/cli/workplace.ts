import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Verdict } from '../../src/evidence/verdict.ts'

const MAIN = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url))
const STEPS = fileURLToPath(new URL('./fixtures/tiny-steps.ts', import.meta.url))

export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A directory of its own with a few features, in which the command is run as a child process. */
export class Workplace {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  /** @param features - Text by file name. */
  static async of(features: Readonly<Record<string, string>>): Promise<Workplace> {
    const workplace = new Workplace(await mkdtemp(join(tmpdir(), 'verify-')))
    await mkdir(join(workplace.path, 'features'))
    const config = { paths: ['features/**/*.feature'], import: [STEPS] }
    await workplace.write('cucumber.mjs', `export default ${JSON.stringify(config)}\n`)
    for (const [name, text] of Object.entries(features)) {
      await workplace.write(join('features', name), text)
    }
    return workplace
  }

  write(name: string, text: string): Promise<void> {
    return writeFile(join(this.path, name), text)
  }

  read(name: string): Promise<string> {
    return readFile(join(this.path, name), 'utf8')
  }

  async verdict(out = 'reports/simulation'): Promise<Verdict> {
    return JSON.parse(await this.read(join(out, 'verdict.json')))
  }

  /** Every file below a directory, by its path within it. */
  async files(directory = '.'): Promise<ReadonlyMap<string, string>> {
    const root = join(this.path, directory)
    const entries = await readdir(root, { recursive: true, withFileTypes: true })
    const paths = entries
      .filter((each) => each.isFile())
      .map((each) => join(each.parentPath, each.name))
    const read = async (path: string): Promise<[string, string]> => [
      path.slice(root.length + 1),
      await readFile(path, 'utf8'),
    ]
    return new Map(await Promise.all(paths.map(read)))
  }

  verify(...args: readonly string[]): Promise<Ran> {
    const child = spawn(process.execPath, [MAIN, 'verify', ...args], {
      cwd: this.path,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    return new Promise((resolve, reject) => {
      let stdout = ''
      let stderr = ''
      child.stdout.on('data', (chunk) => {
        stdout += chunk
      })
      child.stderr.on('data', (chunk) => {
        stderr += chunk
      })
      child.on('error', reject)
      child.on('close', (code) => resolve({ code, stdout, stderr }))
    })
  }

  remove(): Promise<void> {
    return rm(this.path, { recursive: true })
  }
}
