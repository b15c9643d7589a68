#!/usr/bin/env node
import { enableCompileCache } from 'node:module'
import { Command, CommanderError } from 'commander'
import { bearClosedPipe } from './closed-pipe.ts'
import { projectCommands } from './commands/project-commands.ts'
import { reportingCommands } from './commands/reporting-commands.ts'
import { runningCommands } from './commands/running-commands.ts'
import { simulatingCommands } from './commands/simulating-commands.ts'
import { messageOf, UsageError } from './usage-error.ts'
import type { CommandEnvironment } from './verify.ts'

// Each command's modules are imported when it is called: `serve` starts in a fraction of the time that
// Cucumber takes to load.

/**
 * Runs one command.
 *
 * @param args - Without the program's own name.
 * @returns The exit code.
 */
export async function main(
  args: readonly string[],
  environment: CommandEnvironment,
): Promise<number> {
  let code = 0
  const program = new Command('integral-harness')
    .description("Tests and simulates Integral's FX REST API.")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => environment.stdout.write(text),
      writeErr: (text) => environment.stderr.write(text),
      outputError: (text, write) => write(`${messageOf(text)}\n`),
    })
  const exit = (given: number): void => {
    code = given
  }
  for (const add of [projectCommands, runningCommands, reportingCommands, simulatingCommands])
    add(program, environment, exit)
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2
    environment.stderr.write(`${error instanceof UsageError ? error.message : unexpected(error)}\n`)
    return 2
  }
}

/** A mistake of this program: whoever looks for it needs the stack. */
function unexpected(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined
  return `It could not be judged, because the command itself failed: ${stack ?? String(error)}`
}

/** Runs the command that this process was started with. */
export async function run(): Promise<void> {
  const { stdout, stderr, env } = process
  // What `serve` imports is compiled, and stripped of its types, by its first process only. Not for the
  // others: a run writes nowhere but where it is told to.
  if (process.argv[2] === 'serve') enableCompileCache()
  bearClosedPipe(stdout)
  bearClosedPipe(stderr)
  process.exitCode = await main(process.argv.slice(2), { cwd: process.cwd(), env, stdout, stderr })
}

if (import.meta.main) await run()
