import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Workplace } from '../workplace.ts'

const MAIN = join(import.meta.dirname, '../../../src/cli/main.ts')

const FEATURES = {
  'trading.feature': `Feature: Trading
  Scenario: Ada trades
    Given Ada is signed in
    And Ada has a rate
    When Ada places a PQ order
    And its status is FILLED
    Then Ada downloads the trade
  Scenario: The order comes back
    Given Ada is signed in
    When Ada places a PQ order
    And its status is FILLED
    And its status is NEW
  Scenario: Ada is refused
    Given Ada is signed in
    When Ada is refused a PQ order
`,
}

/** Runs the command line. */
export function command(args: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    env: { ...process.env, ...env },
    cwd: tmpdir(),
  })
  return { code: status, stdout, stderr }
}

/** A run whose evidence is signed, to be copied and spoilt. */
export class SignedRun {
  readonly folder = mkdtempSync(join(tmpdir(), 'harness-evidence-'))
  readonly key = join(this.folder, 'keys/evidence-key.pem')
  readonly publicKey = join(this.folder, 'keys/evidence-key.pub.pem')
  #workplace: Workplace | undefined

  static async make(): Promise<SignedRun> {
    const run = new SignedRun()
    command(['evidence', 'keys', '--out', join(run.folder, 'keys')])
    run.#workplace = await Workplace.of(FEATURES)
    await run.#workplace.write('.env', `INTEGRAL_EVIDENCE_KEY=${run.key}\n`)
    const { code, stderr } = await run.#workplace.verify('--parallel', '2')
    if (code !== 1) throw new Error(`The run ended with ${code}. ${stderr}`)
    return run
  }

  get out(): string {
    return join(this.#workplace?.path ?? '', 'reports/simulation')
  }

  /** A copy of the evidence, of its own. */
  copy(): Bundle {
    const folder = mkdtempSync(join(this.folder, 'copy-'))
    cpSync(join(this.out, 'evidence'), folder, { recursive: true })
    return new Bundle(folder, this.publicKey)
  }

  async remove(): Promise<void> {
    rmSync(this.folder, { recursive: true })
    await this.#workplace?.remove()
  }
}

/** Evidence that a test may spoil. */
export class Bundle {
  readonly folder: string
  readonly #publicKey: string

  constructor(folder: string, publicKey: string) {
    this.folder = folder
    this.#publicKey = publicKey
  }

  path(name: string): string {
    return join(this.folder, name)
  }

  read(name: string): string {
    return readFileSync(this.path(name), 'utf8')
  }

  write(name: string, text: string | Uint8Array): void {
    writeFileSync(this.path(name), text)
  }

  lines(name: string): string[] {
    return this.read(name).split('\n').slice(0, -1)
  }

  writeLines(name: string, lines: readonly string[]): void {
    this.write(name, lines.map((line) => `${line}\n`).join(''))
  }

  /** What the command says of it. */
  judged(key: string | undefined = this.#publicKey) {
    return command([
      'evidence',
      'verify',
      this.folder,
      ...(key === undefined ? [] : ['--key', key]),
    ])
  }

  judgedWithoutKey() {
    return command(['evidence', 'verify', this.folder])
  }
}
