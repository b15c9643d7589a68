import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Verdict } from '../../src/evidence/verdict.ts'
import { runCommand } from '../e2e/run-verify.ts'

const root = join(import.meta.dirname, '..', '..')

/** A directory from which commands run one feature of this project with its own steps. */
export class Project {
  readonly path: string

  private constructor(path: string) {
    this.path = path
  }

  /**
   * @param feature - Below `features/`, without its extension.
   * @param more - Further configuration of Cucumber.
   */
  static of(feature: string, more: Readonly<Record<string, unknown>> = {}): Project {
    return Project.with(join(root, 'features', `${feature}.feature`), more)
  }

  /** A project with a feature of one scenario that says so. */
  static saying(...steps: readonly string[]): Project {
    const path = mkdtempSync(join(tmpdir(), 'prove-'))
    const text = ['Feature: One', '  Scenario: One', ...steps.map((step) => `    ${step}`)]
    writeFileSync(join(path, 'one.feature'), `${text.join('\n')}\n`)
    return Project.in(path, join(path, 'one.feature'), {})
  }

  private static with(feature: string, more: Readonly<Record<string, unknown>>): Project {
    return Project.in(mkdtempSync(join(tmpdir(), 'prove-')), feature, more)
  }

  private static in(
    path: string,
    feature: string,
    more: Readonly<Record<string, unknown>>,
  ): Project {
    const steps = join(root, 'src/steps/**/!(*.test).ts')
    const config = { paths: [feature], import: [steps], ...more }
    writeFileSync(join(path, 'cucumber.mjs'), `export default ${JSON.stringify(config)}\n`)
    return new Project(path)
  }

  read(name: string): string {
    return readFileSync(join(this.path, name), 'utf8')
  }

  async verify(env: Readonly<Record<string, string>> = {}) {
    const ran = await runCommand(['verify'], env, this.path)
    const verdict: Verdict = JSON.parse(this.read('reports/simulation/verdict.json'))
    return { ...ran, verdict }
  }

  remove(): void {
    rmSync(this.path, { recursive: true })
  }
}
