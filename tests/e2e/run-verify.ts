import { spawn } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a run of the command left behind. */
export interface VerifyRun {
  readonly out: string
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

const root = join(import.meta.dirname, '..', '..')

/** Runs `verify` as a user would, as a process of its own, writing into a new folder. */
export async function runVerify(...args: string[]): Promise<VerifyRun> {
  const out = mkdtempSync(join(tmpdir(), 'harness-e2e-'))
  return { out, ...(await runCommand(['verify', '--out', out, ...args])) }
}

/** Runs the command line, as a process of its own, in the project's folder unless told otherwise. */
export function runCommand(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
  cwd: string = root,
): Promise<Omit<VerifyRun, 'out'>> {
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), ...args], {
    cwd,
    env: { ...process.env, NO_COLOR: '1', ...env },
  })
  const printed = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.stderr += text
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...printed }))
  })
}
