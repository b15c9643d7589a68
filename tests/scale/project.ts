import { execFile } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** Enough for a whole run, which logs in, trades and downloads, and more than a shard has machines. */
const FEATURES = ['trade-esp-spot.feature', 'trades/trade-download.feature']

export interface Ran {
  readonly code: number
  readonly output: string
}

/**
 * A project on a machine of its own, in which the program is installed: `npx integral-harness` runs it, and
 * `npm ci` has nothing to do. It stands for what an engine checks out.
 */
export class Project {
  readonly path = mkdtempSync(join(tmpdir(), 'harness-scale-'))
  readonly #bin = join(this.path, '.bin')

  /** @param features - Below `features`. */
  constructor(features: readonly string[] = FEATURES) {
    for (const name of ['src', 'cucumber.js', 'package.json', 'node_modules']) {
      symlinkSync(join(root, name), join(this.path, name))
    }
    mkdirSync(join(this.path, 'features'))
    for (const name of features) {
      symlinkSync(join(root, 'features', name), join(this.path, 'features', basename(name)))
    }
    mkdirSync(this.#bin)
    const program = join(root, 'src/cli/main.ts')
    this.#install(
      'npx',
      `[ "$1" = integral-harness ] || exit 127\nshift\nexec node ${program} "$@"`,
    )
    this.#install('npm', '[ "$*" = ci ]')
  }

  /** Runs shell text as an engine does, in a shell of its own. @param shell - e.g. `['sh', '-c']`. */
  run(text: string, env: Readonly<Record<string, string>>, shell: readonly string[]): Promise<Ran> {
    const [command = 'sh', ...options] = shell
    const path = [this.#bin, dirname(process.execPath), '/usr/bin', '/bin'].join(':')
    const ended = { cwd: this.path, env: { PATH: path, ...env }, timeout: 240_000 }
    return new Promise((resolve) => {
      execFile(command, [...options, text], ended, (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code ?? 1)
        resolve({ code, output: stdout + stderr })
      })
    })
  }

  remove(): void {
    rmSync(this.path, { recursive: true })
  }

  #install(name: string, text: string): void {
    writeFileSync(join(this.#bin, name), `#!/bin/sh\n${text}\n`)
    chmodSync(join(this.#bin, name), 0o755)
  }
}
