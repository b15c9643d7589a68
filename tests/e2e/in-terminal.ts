import { spawn, spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

/** Why no terminal can be had here; undefined where one can. */
export const noTerminal =
  spawnSync('script', ['-qec', 'true', '/dev/null'], { stdio: 'ignore' }).status === 0
    ? undefined
    : "this machine has no script(1) of util-linux, which makes a terminal of one's own"

/** What a command wrote to its terminal, escape sequences included. */
export interface TerminalRun {
  readonly code: number | null
  readonly text: string
}

export interface TerminalOptions {
  readonly env?: Readonly<Record<string, string>>
  readonly columns?: number
  /** Presses Ctrl-C once this has been written. */
  readonly interruptAt?: RegExp
}

/** Runs the command line in a terminal, as a process of its own. @param args - Words without quotes. */
export function runInTerminal(
  args: readonly string[],
  { env = {}, columns = 80, interruptAt }: TerminalOptions = {},
): Promise<TerminalRun> {
  const command = [process.execPath, join(root, 'src/cli/main.ts'), ...args].join(' ')
  const { NO_COLOR: _no, FORCE_COLOR: _force, ...inherited } = process.env
  const child = spawn('script', ['-qec', `stty cols ${columns}; exec ${command}`, '/dev/null'], {
    cwd: root,
    env: { ...inherited, TERM: 'xterm-256color', ...env },
  })
  let text = ''
  let isInterrupted = false
  child.stdout.setEncoding('utf8').on('data', (written: string) => {
    text += written
    if (isInterrupted || !interruptAt?.test(text)) return
    isInterrupted = true
    child.stdin.write('\u0003')
  })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, text: text.replaceAll('\r\n', '\n') }))
  })
}
