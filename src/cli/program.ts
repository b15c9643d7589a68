import { readFileSync } from 'node:fs'
import { styleText } from 'node:util'
import { Command } from 'commander'
import { addHelp } from './commands/add-help.ts'
import { projectCommands } from './commands/project-commands.ts'
import { reportingCommands } from './commands/reporting-commands.ts'
import { runningCommands } from './commands/running-commands.ts'
import { simulatingCommands } from './commands/simulating-commands.ts'
import { hasColour, type Screen } from './progress/terminal.ts'
import type { CommandEnvironment } from './verify.ts'

/** Wider is harder to read, and a log has no width. */
const WIDEST_HELP = 100
const WIDTH_OF_A_LOG = 80

// Each command's modules are imported when it is called: `serve` starts in a fraction of the time that
// Cucumber takes to load.

/** All commands with their options and helps. @param exit - Told the exit code; 0 where it is not. */
export function programFor(environment: CommandEnvironment, exit: (code: number) => void): Command {
  const { stdout, stderr, env } = environment
  const program = new Command('integral-harness')
    .description(
      "Tests and simulates Integral's FX REST API: log in, get a rate, place an order, query it until it is final, download the trade.",
    )
    .usage('<command> [options]')
    .version(ownVersion(), '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this page')
    .commandsGroup('Help:')
    .helpCommand('help [command]', 'the same as --help')
    .exitOverride()
    .configureHelp({ styleTitle: (title) => styleText('bold', title, { validateStream: false }) })
    .configureOutput({
      writeOut: (text) => stdout.write(text),
      writeErr: (text) => stderr.write(text),
      // Whoever calls the program tells of its errors, in one sentence.
      outputError: () => {},
      getOutHelpWidth: () => widthOf(stdout),
      getErrHelpWidth: () => widthOf(stderr),
      getOutHasColors: () => hasColour(stdout, env),
      getErrHasColors: () => hasColour(stderr, env),
    })
  for (const add of [projectCommands, runningCommands, reportingCommands, simulatingCommands])
    add(program, environment, exit)
  addHelp(program)
  return program
}

function widthOf({ isTTY, columns }: Screen): number {
  return isTTY && columns ? Math.min(columns, WIDEST_HELP) : WIDTH_OF_A_LOG
}

function ownVersion(): string {
  const file = new URL('../../package.json', import.meta.url)
  const { version } = Object(JSON.parse(readFileSync(file, 'utf8')))
  return String(version)
}
