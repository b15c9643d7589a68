#!/usr/bin/env node
import { type Command, CommanderError } from 'commander'
import { bearClosedPipe } from './closed-pipe.ts'
import { keepCompiled } from './compile-cache.ts'
import { lineToType } from './line-to-type.ts'
import { programFor } from './program.ts'
import { messageOf, UsageError } from './usage-error.ts'
import type { CommandEnvironment } from './verify.ts'

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
  const program = programFor(environment, (given) => {
    code = given
  })
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0
      // The help of a command that needs another word is an answer by itself.
      if (error.code !== 'commander.help') {
        environment.stderr.write(`${usageOf(error, pathOf(program, args))}\n`)
      }
      return 2
    }
    environment.stderr.write(`${error instanceof UsageError ? error.message : unexpected(error)}\n`)
    return 2
  }
}

/** What is wrong with the words that were typed, and what to do: commander guesses at most of them. */
function usageOf(error: CommanderError, path: string): string {
  const [, wrong = '', guess] =
    /^(.*?)\.?(?: \(Did you mean (.*)\?\))?$/.exec(messageOf(error)) ?? []
  return guess === undefined
    ? `${wrong}: see ${lineToType(`${path}--help`)}.`
    : `${wrong}: did you mean ${guess}?`
}

/** The command that was called, e.g. `evidence verify `; nothing where there is none of that name. */
function pathOf(parent: Command, [name, ...rest]: readonly string[]): string {
  const command = parent.commands.find((each) => each.name() === name)
  return command ? `${command.name()} ${pathOf(command, rest)}` : ''
}

/** A mistake of this program: whoever looks for it needs the stack. */
function unexpected(error: unknown): string {
  const stack = error instanceof Error ? error.stack : undefined
  return `It could not be judged, because the command itself failed: ${stack ?? String(error)}`
}

/** Runs the command that this process was started with. */
export async function run(): Promise<void> {
  const { stdout, stderr, env } = process
  keepCompiled(env)
  bearClosedPipe(stdout)
  bearClosedPipe(stderr)
  process.exitCode = await main(process.argv.slice(2), { cwd: process.cwd(), env, stdout, stderr })
}

if (import.meta.main) await run()
